"""Recordings on disk while their outcome is not known, so that a crash loses no word."""

from __future__ import annotations

import importlib
import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dictation.core.errors import StorageError
from dictation.core.types import RATE, SAMPLE_BYTES, Purpose

_NAME = re.compile(r"(?P<day>\d{8}T\d{6}\.\d{6})Z-(?P<pid>\d+)-(?P<id>\d+)-(?P<purpose>[a-z]+)\.f32")
_DAY = "%Y%m%dT%H%M%S.%f"
_FRESH_SECONDS = 10.0
"""An empty file younger than this may belong to an instance that is about to claim it."""


class SpoolFile:
    """One recording: float32 little endian mono at 16 kHz, no header; its name says when it began and for what.

    What is on disk is read back from there. From the first failure on, what the disk does not take stays in memory,
    behind it. May be appended to by one thread and read by another.
    """

    def __init__(
        self,
        purpose: Purpose,
        started: datetime,
        path: Path | None = None,
        descriptor: int | None = None,
        trouble: Callable[[StorageError], None] = lambda _: None,
        name: str = "",
    ) -> None:
        """``descriptor`` is open for reading and appending, and claimed; None keeps everything in memory."""
        self.purpose = purpose
        self.started = started
        """When recording began, in UTC."""
        self.path = path
        self.name = path.stem if path else name
        """Tells this recording from any other."""
        self.error: StorageError | None = None
        """Why a part is in memory only; told once to ``trouble``."""
        self.home: Path | None = None
        """Where it would be, had the disk taken it from the beginning."""
        self._descriptor = descriptor
        self._trouble = trouble
        self._memory: list[bytes] = []
        self._lock = threading.Lock()
        self._ended = False

    def append(self, samples: bytes) -> None:
        """Add ``samples`` at the end. Never raises; nothing after ``done``."""
        with self._lock:
            if self._ended:
                return
            problem = self._write(samples)
        self._tell(problem)

    def sync(self) -> None:
        """Have the system put everything on the medium itself. Never raises."""
        with self._lock:
            problem = None
            if self._descriptor is not None and not self._ended:
                try:
                    os.fsync(self._descriptor)
                except OSError as error:
                    problem = self._failed(error)
        self._tell(problem)

    def samples(self) -> bytes:
        """All samples so far; half a sample at the end, from a crash, is left out. Raises StorageError."""
        with self._lock:
            try:
                everything = b"".join((self._read(), *self._memory))
            except OSError as error:
                raise StorageError(
                    "recording-unreadable",
                    f"The recording {self.path} cannot be read back ({error.strerror})",
                    "Check the disk; the file is kept.",
                ) from error
        return everything[: len(everything) // SAMPLE_BYTES * SAMPLE_BYTES]

    @property
    def seconds(self) -> float:
        """Length of the recording."""
        with self._lock:
            size = sum(map(len, self._memory))
            if self._descriptor is not None and not self._ended:
                size += os.fstat(self._descriptor).st_size
        return size // SAMPLE_BYTES / RATE

    def done(self) -> None:
        """The outcome is known: delete the recording. Never raises."""
        with self._lock:
            self._delete()

    def leave(self) -> None:
        """Let go without deleting: it will be among the leftovers again. Never raises."""
        self.rescue()
        with self._lock:
            self._close()

    def rescue(self) -> bool:
        """Write what is in memory only, if there is room by now; whether all of it is on disk. Never raises."""
        with self._lock:
            if self._ended or not self._memory:
                return not self._ended
            try:
                if self._descriptor is None:
                    if self.home is None:
                        return False
                    self._descriptor = os.open(self.home, _NEW, 0o600)
                    _claim(self._descriptor)
                    self.path = self.home
                while self._memory:
                    rest = memoryview(self._memory[0])
                    while rest:
                        rest = rest[os.write(self._descriptor, rest) :]
                        self._memory[0] = bytes(rest)
                    del self._memory[0]
                os.fsync(self._descriptor)
            except OSError:
                return False
            self.error = None
            return True

    def _write(self, samples: bytes) -> StorageError | None:
        rest = memoryview(samples)
        problem = None
        if self._descriptor is not None and self.error is None:
            try:
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
            except OSError as error:
                problem = self._failed(error)
        if rest:  # also the rest of a block of which the disk took a part: the order stays
            self._memory.append(bytes(rest))
        return problem

    def _read(self) -> bytes:
        if self._descriptor is None or self._ended:
            return b""
        os.lseek(self._descriptor, 0, os.SEEK_SET)  # writing goes to the end whatever the position
        blocks = []
        while block := os.read(self._descriptor, 1 << 20):
            blocks.append(block)
        return b"".join(blocks)

    def _failed(self, error: OSError) -> StorageError | None:
        if self.error is not None:
            return None
        self.error = _unwritable(self.path.parent if self.path else None, error)
        return self.error

    def _tell(self, problem: StorageError | None) -> None:
        if problem is not None:  # not under the lock: the listener may look at this file
            with suppress(Exception):
                self._trouble(problem)

    def _delete(self) -> None:
        path = None if self._ended else self.path
        if path is not None:
            with suppress(OSError):  # while it is claimed: afterwards it could be taken for a leftover
                path.unlink()
        self._close()
        if path is not None:
            with suppress(OSError):  # some systems delete no open file
                path.unlink(missing_ok=True)

    def _close(self) -> None:
        self._ended = True
        self._memory.clear()
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


class Spool:
    """The folder of recordings, for its user alone."""

    def __init__(self, folder: Path, trouble: Callable[[StorageError], None] = lambda _: None) -> None:
        """``trouble`` is told, once per recording, that it is kept in memory because the disk refuses it."""
        self._folder = folder
        self._trouble = trouble

    def begin(self, id: int, purpose: Purpose) -> SpoolFile:
        """A new recording of utterance ``id``. Never raises: without a disk it is kept in memory."""
        while True:
            started = datetime.now(UTC)
            path = self._folder / f"{started.strftime(_DAY)}Z-{os.getpid()}-{id}-{purpose.value}.f32"
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if self._folder.stat().st_mode & 0o077:
                    self._folder.chmod(0o700)
                descriptor = os.open(path, _NEW, 0o600)
            except FileExistsError as error:
                if self._folder.is_dir():
                    continue  # the clock stood still: another name
                return self._without_disk(started, purpose, path.stem, error)
            except OSError as error:
                return self._without_disk(started, purpose, path.stem, error)
            _claim(descriptor)
            return SpoolFile(purpose, started, path, descriptor, self._trouble)

    def leftovers(self) -> list[SpoolFile]:
        """Recordings of runs that ended without knowing their outcome, oldest first, claimed for this process.

        Each is to be ended with ``done`` or ``leave``. Files of running instances are not touched. Never raises.
        """
        try:
            names = sorted(each.name for each in self._folder.iterdir())
        except OSError:
            return []
        found = (self._take(self._folder / name) for name in names)
        return [each for each in found if each is not None]

    def _take(self, path: Path) -> SpoolFile | None:
        match = _NAME.fullmatch(path.name)
        if match is None:
            return None
        try:
            purpose = Purpose(match["purpose"])
            started = datetime.strptime(match["day"], _DAY).replace(tzinfo=UTC)
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY | getattr(os, "O_NOFOLLOW", 0))
        except (OSError, ValueError):
            return None
        about = os.fstat(descriptor)
        fresh = about.st_size == 0 and time.time() - about.st_mtime < _FRESH_SECONDS
        if fresh or not _claim(descriptor):
            os.close(descriptor)
            return None
        found = SpoolFile(purpose, started, path, descriptor, self._trouble)
        if (
            os.fstat(descriptor).st_nlink == 0 or about.st_size < SAMPLE_BYTES
        ):  # just done by its owner; or nothing in it
            found.done()
            return None
        return found

    def _without_disk(self, started: datetime, purpose: Purpose, name: str, error: OSError) -> SpoolFile:
        kept = SpoolFile(purpose, started, name=name)
        kept.home = self._folder / f"{name}.f32"
        kept.error = _unwritable(self._folder, error)
        with suppress(Exception):
            self._trouble(kept.error)
        return kept


def _unwritable(folder: Path | None, error: OSError) -> StorageError:
    """What it means that recordings cannot be written."""
    return StorageError(
        "recording-in-memory",
        f"Recordings cannot be written to {folder} ({error.strerror or error}), so this one is kept in memory only",
        "Free some space or make the folder writable; a crash before then would lose what is being said.",
    )


_BINARY: int = getattr(os, "O_BINARY", 0)
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | _BINARY


def _claim(descriptor: int) -> bool:
    """Mark an open file as in use until it is closed or this process ends, however it ends. False: it is in use.

    Where there is no ``flock`` a byte far behind the end is locked instead; that half was never run on such a system.
    """
    try:
        fcntl = importlib.import_module("fcntl")
    except ImportError:
        msvcrt = importlib.import_module("msvcrt")
        os.lseek(descriptor, 0x7FFF_0000, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
