"""The microphone: devices, streams, and the thread that talks to PortAudio."""
