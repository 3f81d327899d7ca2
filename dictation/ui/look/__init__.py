"""Colours, icons, sounds and words of the windows."""
