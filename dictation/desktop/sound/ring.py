"""A ring buffer between one thread that writes sound and one that reads it, without a lock."""

from __future__ import annotations


class Ring:
    """Bytes in order from one writer to one reader.

    Each side moves only its own count, and moves it after the copy, so neither ever waits. A block that does not
    fit is dropped whole (frames stay aligned) and counted: the writer is a device's callback and must not block.
    """

    def __init__(self, capacity: int) -> None:
        """Room for ``capacity`` bytes, allocated now."""
        if capacity < 1:
            raise ValueError("a ring needs room for at least one byte")
        self._capacity = capacity
        self._store = memoryview(bytearray(capacity))
        self._written = 0
        self._taken = 0
        self._lost = 0

    @property
    def lost(self) -> int:
        """Bytes dropped so far because the reader was too slow."""
        return self._lost

    def write(self, block: bytes | bytearray | memoryview) -> None:
        """Copy ``block`` (any buffer of bytes) in, or count it as lost. Writer's side; never blocks."""
        size = len(block)
        written = self._written
        if size > self._capacity - (written - self._taken):
            self._lost += size
            return
        start = written % self._capacity
        end = start + size
        if end <= self._capacity:
            self._store[start:end] = block
        else:
            whole = memoryview(block)
            first = self._capacity - start
            self._store[start:] = whole[:first]
            self._store[: size - first] = whole[first:]
        self._written = written + size

    def read(self) -> bytes:
        """All that was written and not yet read. Reader's side; never blocks."""
        taken, written = self._taken, self._written
        start = taken % self._capacity
        end = start + (written - taken)
        if end <= self._capacity:
            block = bytes(self._store[start:end])
        else:
            block = b"".join((self._store[start:], self._store[: end - self._capacity]))
        self._taken = written
        return block
