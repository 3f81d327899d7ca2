"""Grades a command: what it does, how much harm that may do, and what may stand at a prompt."""
