"""Knows shells: from a request to one command, how risky it is, and what may stand at a prompt."""
