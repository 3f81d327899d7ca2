"""The app's place in the session: one instance for each user, and the menu entry."""
