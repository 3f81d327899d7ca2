"""Reads bash, zsh and fish for the guard."""
