"""The way of an utterance in the running app, from the key going down to the text at the cursor."""
