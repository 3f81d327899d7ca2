"""A picture of ours above all windows, where the desktop has a layer for such."""
