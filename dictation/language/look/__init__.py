"""The look of a line: spacing, Chinese script, fillers."""
