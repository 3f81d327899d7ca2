"""How code is said aloud, in English and Chinese."""
