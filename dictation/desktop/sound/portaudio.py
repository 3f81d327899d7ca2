"""The one thread that talks to PortAudio, and what PortAudio's errors mean to the user."""

from __future__ import annotations

import importlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from dictation.core.errors import MicrophoneError

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds an answer may take. A Bluetooth headset needs up to two to switch to its microphone."""

IDLE = 3.0
"""Seconds without a job after which there is time for what can wait."""

# PortAudio's codes: portaudio.h, enum PaErrorCode.
BUSY, REFUSED_SHAPES, HOST_ERROR = -9985, (-9998, -9997, -9994), -9999


class PortAudio:
    """The library, used from one thread only.

    PortAudio is not thread-safe, on some systems wants a stream closed by the thread that opened it, and may hang
    when the sound server does. So every call is a job for one thread, and nobody waits for it without a limit.
    """

    def __init__(
        self,
        load: Callable[[], Any] = lambda: importlib.import_module("sounddevice"),
        patience: float = PATIENCE,
        idle: float = IDLE,
    ) -> None:
        """Nothing is loaded yet; ``load`` returns the ``sounddevice`` module, times are in seconds."""
        self._load = load
        self._patience = patience
        self._idle = idle
        self._library: Any = None
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[Any], Any]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self.streams = 0
        """Open streams. Touched by jobs only."""
        self.scans = 0
        """How often the devices were looked for again; an index is good only for the scan it came from."""
        self.later: Callable[[Any], object] | None = None
        """Done once when nothing was asked for a while; its errors are nobody's. Set by jobs only."""

    def post(self, job: Callable[[Any], T]) -> Future[T]:
        """Have ``job(sounddevice)`` done later; its error, if any, stays in the future."""
        future: Future[T] = Future()
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="portaudio", daemon=True)
                self._thread.start()
            self._jobs.put((future, job))
        return future

    def wait(self, future: Future[T], undo: Callable[[T], object] | None = None) -> T:
        """The answer. When it comes too late, ``undo(answer)`` is called with it. Raises MicrophoneError."""
        try:
            return future.result(self._patience)
        except TimeoutError:
            self.discard(future, undo)
            raise MicrophoneError(
                "sound-system-hangs",
                f"The sound system did not answer within {self._patience:g} seconds",
                "Restart the sound server, or unplug the microphone and plug it in again.",
            ) from None

    def ask(self, job: Callable[[Any], T], undo: Callable[[T], object] | None = None) -> T:
        """``job(sounddevice)``, done now. Raises MicrophoneError."""
        return self.wait(self.post(job), undo)

    def discard(self, future: Future[T], undo: Callable[[T], object] | None) -> None:
        """Nobody waits for this answer any more: the job is not begun, or what it did is undone when it is done."""

        def late(done: Future[T]) -> None:
            if undo is not None and done.exception() is None:
                undo(done.result())

        if not future.cancel():
            future.add_done_callback(late)

    def rescan(self, sounddevice: Any) -> bool:
        """Look for devices again, if no stream is open (it would be closed). A job's part, not a caller's.

        PortAudio reads the list of devices only when it is initialised: what was plugged in later does not exist
        for it, and after the sound server was restarted nothing opens.
        """
        if self.streams:
            return False
        self.scans += 1
        try:
            while sounddevice._initialized:
                sounddevice._terminate()
            sounddevice._initialize()
        except sounddevice.PortAudioError as error:
            raise explain(error, "") from error
        return True

    def close(self, patience: float = 1.0) -> None:
        """End the thread when its jobs are done; it is started again when asked again. Never raises."""
        with self._starting:
            thread, self._thread = self._thread, None
            if thread is None:
                return
            jobs, self._jobs = self._jobs, queue.SimpleQueue()
            jobs.put(None)
        if thread is not threading.current_thread():
            thread.join(patience)

    def _work(self) -> None:
        jobs = self._jobs
        while True:
            try:
                task = jobs.get(timeout=self._idle if self.later else None)
            except queue.Empty:
                later, self.later = self.later, None
                task = Future(), later or (lambda _: None)
            if task is None:
                return
            future, job = task
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(job(self._loaded()))
                except BaseException as error:  # noqa: BLE001  (handed over: the one who asked raises it)
                    future.set_exception(self._plain(error))
            del task, future, job  # or the last answer would live until the next job

    def _plain(self, error: BaseException) -> BaseException:
        """PortAudio's own errors in our words; all others as they are."""
        if self._library is not None and isinstance(error, self._library.PortAudioError):
            return explain(error, "")
        return error

    def _loaded(self) -> Any:
        if self._library is None:
            try:
                self._library = self._load()
            except (OSError, ImportError) as error:
                raise MicrophoneError(
                    "portaudio-missing",
                    f"The PortAudio library cannot be loaded ({error})",
                    "Install it: apt install libportaudio2 (or your system's package of PortAudio).",
                ) from error
            except Exception as error:  # PortAudioError, which cannot be named before the import worked
                raise explain(error, "") from error
        return self._library


def explain(error: Exception, device: str) -> MicrophoneError:
    """What PortAudio's ``error`` on opening ``device`` means and what to do."""
    code = error.args[1] if len(error.args) > 1 else None
    host = str(error.args[2][2]) if len(error.args) > 2 else ""
    name = f"The microphone {device!r}" if device else "The microphone"
    words = f"{error} {host}".lower()
    if "denied" in words or "permission" in words or "not permitted" in words:
        return MicrophoneError(
            "microphone-refused",
            f"{name} may not be used by this program ({error})",
            "Allow microphone access in the system's privacy settings; on Linux the user must be in the group audio.",
        )
    if code == BUSY or "busy" in words:
        return MicrophoneError(
            "microphone-busy",
            f"{name} is in use by another program, or was just unplugged",
            "Close the program that records, or choose another device from `dictation devices`.",
        )
    if code in REFUSED_SHAPES:
        return MicrophoneError(
            "microphone-format",
            f"{name} offers no sample rate and channels that can be used ({error})",
            "Choose another device from `dictation devices`.",
        )
    return MicrophoneError(
        "microphone-failed",
        f"{name} cannot be opened ({error})",
        "Check that the sound server runs and that `dictation devices` lists a microphone.",
    )
