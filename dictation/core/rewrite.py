"""What the language model may be asked to mend, and which of its edits are accepted."""
