"""Global hotkeys: one adapter for each platform, and what they share."""
