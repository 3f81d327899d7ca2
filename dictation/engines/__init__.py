"""Thinks: voice activity, Whisper, the engine's own process, remote recognisers, model catalog and downloads."""
