"""Requests about files, and the commands that find them."""
