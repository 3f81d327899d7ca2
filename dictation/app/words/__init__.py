"""The language rules of the running app: the user's glossary, what is learned, and the pass of the language model."""
