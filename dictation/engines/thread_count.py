"""Owns how many threads the recogniser computes with."""

from __future__ import annotations

import os


def thread_count(asked: int) -> int:
    """Threads to compute with; 0 asked means up to four, with one core left free where there are more than two.

    All cores of a laptop with fast and slow ones can be ten times slower than half of them.
    """
    if asked > 0:
        return asked
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, cores - 1 if cores > 2 else cores)
