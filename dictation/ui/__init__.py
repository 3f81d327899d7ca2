"""Shows: tray and windows; the only room that imports Qt."""
