"""What a language model may change in a text, and where the rules are unsure."""
