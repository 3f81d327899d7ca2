"""Stretches of a sentence that are code: addresses, commands, expressions, links and names."""
