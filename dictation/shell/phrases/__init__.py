"""Common requests in many wordings, matched to commands."""
