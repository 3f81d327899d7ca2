"""Accepts spoken code inside a sentence: paths, options, names in a case, file names."""
