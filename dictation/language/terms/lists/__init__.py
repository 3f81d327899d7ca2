"""The terms and the words of both languages, as they are kept and looked up."""
