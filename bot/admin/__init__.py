"""Commands and buttons of those who administer, in the private chat. In English only."""
