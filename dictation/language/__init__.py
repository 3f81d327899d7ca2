"""Knows words: turns what was heard into what a developer would have written."""
