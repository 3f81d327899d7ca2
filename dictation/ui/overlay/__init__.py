"""What shows while one dictates: the pill, and the panel for a command."""
