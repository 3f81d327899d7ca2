"""Files of this user alone: settings, history, recordings that still wait, secrets."""
