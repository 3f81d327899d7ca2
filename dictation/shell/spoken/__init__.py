"""Accepts a request that spells out one whole command."""
