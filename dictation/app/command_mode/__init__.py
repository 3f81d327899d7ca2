"""Command mode in the running app: a request becomes a command, and the command waits for the user."""
