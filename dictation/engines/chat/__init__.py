"""Language models on a server: the conversation, the providers, and what may be in a log."""
