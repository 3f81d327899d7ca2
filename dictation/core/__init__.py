"""Decides: the rules of Dictation as pure functions and values, standard library only."""
