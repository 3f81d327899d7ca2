"""Asks a language model for a command, and reads its answer."""
