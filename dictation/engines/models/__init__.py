"""Speech models on disk: the catalog, model hubs, and downloads."""
