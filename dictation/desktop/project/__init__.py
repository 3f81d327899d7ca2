"""The names of the project in front, read from plain files."""
