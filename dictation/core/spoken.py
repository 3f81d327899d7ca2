"""Phrases that mean keys: a new line, a paragraph, taking the last sentence back."""
