"""The data of the language rules: how it is built and fitted."""
