"""From sound to what is put in: the gate, what was said in each piece, and the pipeline of an utterance."""
