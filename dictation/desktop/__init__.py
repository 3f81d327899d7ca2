"""Touches: keys, microphone, clipboard, windows, files; one file per capability and platform."""
