"""Spoken numbers in a sentence become digits where something shows that digits are meant."""
