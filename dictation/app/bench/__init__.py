"""The user's own recorded sentences, and how well each installed model hears them."""
