"""The prompt of the terminal in front: whether it waits for a command, and how a line gets there."""
