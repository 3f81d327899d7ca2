"""Dictation: hold a key, speak, release; the words are at the cursor."""

__version__ = "0.2.0"

APP_ID = "io.github.dictation.Dictation"
"""The name of our .desktop file. GNOME takes no shortcuts from a program whose id has no dot, nor without that file."""
