"""Dictation: hold a key, speak, release; the words are at the cursor."""

__version__ = "0.1.0"
