"""Terms: the glossary, candidates for them in a sentence, and the decision."""
