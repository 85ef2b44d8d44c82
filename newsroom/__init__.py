"""The walk from a link to a comparison, shared by bot, page and command line. No I/O of its own."""
