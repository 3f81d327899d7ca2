"""What terms and words sound like, and how far two sounds are apart."""
