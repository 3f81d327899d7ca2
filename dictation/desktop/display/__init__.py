"""Connections to the display server: X11 and the Wayland protocol."""
