"""How one command line is read from what was said."""
