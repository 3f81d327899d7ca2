"""Owns one life of the engine process: its pipes, its end, and the reason for its end."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, cast

from dictation.core.errors import DictationError
from dictation.engines.wire import Header, WireError, read_frame, unpack_error, write_frame
from dictation.own_call import module_command

# CTranslate2's attention on 30 s is larger than glibc lets its heap hand out: each layer is mapped, and its pages
# faulted in, anew. With these the encoder is a fifth to a quarter faster; other C libraries do not read them.
MALLOC = (
    "glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=4294967296:"
    "glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=268435456"
)


CHILD = "dictation.engines.engine_main"  # the module that is run


class Gone(Exception):
    """The process ended, or was ended because it hung, before it answered. The text says why."""


class Lifeline:
    """A running engine process and the threads that listen to it.

    ``about`` is what it last said of itself, empty until it has loaded; ``reason`` why it ended.
    """

    def __init__(self, config: Header, hear: Callable[[Lifeline], None]) -> None:
        """Start the process and return while it loads ``config``. ``hear`` is told from a thread when it has loaded,
        when its note changes, and when it has ended. Raises OSError."""
        self.about: Header = {}
        self.reason = ""
        self._hear = hear
        self._failure: DictationError | None = None
        self._loaded, self._over = threading.Event(), threading.Event()
        self._answers: queue.SimpleQueue[tuple[Header, bytes] | None] = queue.SimpleQueue()
        self._number = 0
        self._last_words: deque[str] = deque(maxlen=20)
        self._process = subprocess.Popen(
            module_command(CHILD),  # a json.py in the folder where the app was started must not become part of it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(config["threads"]),
            start_new_session=True,  # a terminal's Ctrl-C and Ctrl-Z are for the app
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._stdin = cast(BinaryIO, self._process.stdin)
        self._complaints = threading.Thread(target=self._keep_last_words, name="engine-stderr", daemon=True)
        self._complaints.start()
        self._reader = threading.Thread(target=self._read, name="engine-reader", daemon=True)
        self._reader.start()
        self._send(config)

    @property
    def state(self) -> str:
        """``loading``, ``ready`` or ``dead``."""
        if self._over.is_set() or self._failure:
            return "dead"
        return "ready" if self._loaded.is_set() else "loading"

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def died_loading(self) -> bool:
        """Whether it ended before it was ready, without telling of an error."""
        return self._over.is_set() and not self.about and not self._failure

    def wait_until_loaded(self, patience: float) -> Header:
        """``about``, once it is known. Raises Gone, or the error that loading ended with."""
        if not self._loaded.wait(patience):
            self._give_up(f"it had not loaded within {patience:.0f} s")
            self._loaded.wait()
        if self._failure:
            raise self._failure
        if not self.about:
            raise Gone(self.reason)
        return self.about

    def ask(self, header: Header, payload: bytes, patience: float) -> tuple[Header, bytes]:
        """Send a request and wait for its answer; one thread at a time. Raises Gone, or the error in the answer."""
        # Ending the process also frees a write into a pipe that a stopped process does not empty.
        watchdog = threading.Timer(patience, self._give_up, (f"it did not answer within {patience:.0f} s",))
        watchdog.daemon = True
        watchdog.start()
        try:
            self.post(header, payload)
            while (answer := self._answers.get()) and answer[0]["id"] != self._number:
                pass  # of something that was posted, and nobody waits for
        finally:
            watchdog.cancel()
        if answer is None:
            raise Gone(self.reason)
        if "error" in answer[0]:
            raise unpack_error(answer[0]["error"])
        return answer

    def post(self, header: Header, payload: bytes = b"") -> None:
        """Send a request without waiting for its answer."""
        self._number += 1
        self._send({**header, "id": self._number}, payload)

    def cut(self) -> None:
        """End the process and wait for its end. It owns nothing that a sudden end could hurt."""
        self._give_up("it was told to end")
        if threading.current_thread() is not self._reader:
            self._reader.join(5)

    def _send(self, header: Header, payload: bytes = b"") -> None:
        # When it is gone, or the pipe was closed a moment ago (ValueError), the reader says so to whoever waits.
        with contextlib.suppress(OSError, ValueError):
            write_frame(self._stdin, header, payload)

    def _give_up(self, reason: str) -> None:
        self.reason = self.reason or reason
        self._process.kill()

    def _read(self) -> None:
        stdout = cast(BinaryIO, self._process.stdout)
        try:
            while frame := read_frame(stdout):
                if not self._loaded.is_set():
                    self._take_load_report(frame[0])
                    continue
                if "about" in frame[0]:
                    self._take_news(frame[0]["about"])
                if "id" in frame[0]:
                    self._answers.put(frame)
        except (OSError, WireError) as error:
            self._give_up(str(error))
        self._process.wait()
        self._complaints.join(1)
        self.reason = self.reason or self._end()
        for pipe in (self._stdin, stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        self._over.set()
        self._loaded.set()
        self._answers.put(None)
        self._hear(self)

    def _take_load_report(self, header: Header) -> None:
        if "failed" in header:
            self._failure = unpack_error(header["failed"])
            self.reason = self._failure.message
            self._loaded.set()  # what waits need not wait for the end; the end is told of
            return
        self.about = {"seconds": header["seconds"], **header["about"]}
        self._loaded.set()
        self._hear(self)

    def _take_news(self, about: Header) -> None:
        before, self.about = self.about, {**self.about, **about}
        if before["note"] != about["note"]:
            self._hear(self)

    def _keep_last_words(self) -> None:
        stderr = cast(IO[bytes], self._process.stderr)
        while line := stderr.readline(1000):
            if text := line.decode("utf-8", "replace").strip():
                self._last_words.append(text)
        stderr.close()

    def _end(self) -> str:
        code = self._process.returncode
        try:
            how = f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            how = f"it ended with code {code}"
        return f"{how}; its last words: {self._last_words[-1]}" if self._last_words else how


def _environment(threads: int) -> dict[str, str]:
    """The app's own environment, and what must be known before libraries are loaded."""
    ours = os.environ
    here = str(Path(__file__).parents[2])  # the same code as ours, installed or not
    return {
        **ours,
        "PYTHONPATH": os.pathsep.join(filter(None, (here, ours.get("PYTHONPATH")))),
        "GLIBC_TUNABLES": ":".join(filter(None, (MALLOC, ours.get("GLIBC_TUNABLES")))),
        "OMP_NUM_THREADS": str(threads),
        "HF_HUB_OFFLINE": "1",
        "ORT_DISABLE_TELEMETRY": "1",
    }
