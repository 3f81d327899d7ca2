"""Lends the clipboard to a text and gives back what was there, one adapter for each kind of display."""
