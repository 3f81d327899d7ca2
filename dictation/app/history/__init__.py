"""What the running app keeps of what was said, and what is heard again later."""
