"""Training of the attribution model: word pieces to roles, and pointers from content to cue to source."""
