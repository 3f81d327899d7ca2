"""The room around the microphone: how loud it is, and what the microphone hears now."""
