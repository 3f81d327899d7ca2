"""Which window has the cursor, what runs in it, and whether it is a field for a password."""
