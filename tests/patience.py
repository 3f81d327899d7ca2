"""How long a test waits before it says that something hangs."""

SOON = 10.0
"""Seconds: far more than a busy machine takes for what is done at once, far less than a hang lasts in the tests (30 s,
or for ever). How fast it really is belongs in benchmarks/, as a ratio."""
