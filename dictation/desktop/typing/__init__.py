"""Puts text at the cursor: keystrokes and the typists of each platform."""
