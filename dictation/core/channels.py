"""Which channels of a recording are the voice, and how they become one."""

from __future__ import annotations

from typing import Any

QUIET = 0.1
"""Share of the loudest channel's energy (-10 dB) below which a channel is left out: the empty inputs of an interface
with one microphone would only make it quieter and add their noise. The two sides of stereo speech differ by less."""

OPPOSED = -0.5
"""Correlation with the loudest channel below which a channel is taken to be wired the other way round. Two microphones
in one room are above 0, the two wires of one microphone near -1."""


class Mix:
    """Makes one channel of several, block by block, by all that was heard of them so far."""

    def __init__(self) -> None:
        """Nothing is heard yet."""
        self._together: Any = None

    def mono(self, frames: Any) -> Any:
        """``frames`` (a NumPy array of floats, samples by channels) as one channel, of the same type and level.

        The mean of the channels that carry sound; one that is upside down is turned first, as their sum would be
        silence.
        """
        if frames.shape[1] == 1 or not frames.shape[0]:
            return frames.mean(axis=1, dtype=frames.dtype) if frames.shape[0] else frames[:, 0]
        products = frames.T @ frames
        self._together = products if self._together is None else self._together + products
        energy = self._together.diagonal()
        loudest = int(energy.argmax())
        carries = energy >= QUIET * energy[loudest]
        turned = self._together[loudest] < OPPOSED * (energy * energy[loudest]) ** 0.5
        weights = (carries * (1 - 2 * turned)).astype(frames.dtype)
        return frames @ weights / abs(weights).sum()
