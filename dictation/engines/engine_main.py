"""Owns the engine process' own loop: load once, then answer one request after the other until the app is gone."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from dictation.core.errors import DictationError, EngineError
from dictation.core.types import Evidence
from dictation.engines.wire import (
    Header,
    WireError,
    pack_error,
    pack_evidence,
    pack_transcript,
    pack_weights,
    read_frame,
    write_frame,
)

if TYPE_CHECKING:
    from dictation.engines.voice import Follower
    from dictation.engines.whisper import Whisper

Requests = queue.SimpleQueue[tuple[Header, bytes]]

LEISURE = 4.0  # seconds without a request, after which the user is likely to do something else


def main() -> None:
    """Run as ``python -m dictation.engines.engine_main``; the first frame on standard input says what to load."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the app's terminal is for the app
    requests, answers = _take_the_line()
    config, _ = requests.get()
    try:
        start = time.monotonic()
        whisper = _load(config)
        ready: Header = {"ready": True, "seconds": time.monotonic() - start}
        write_frame(answers, ready | {"about": _about(whisper)})
    except DictationError as error:
        write_frame(answers, {"failed": pack_error(error)})
        os._exit(1)  # a usual exit would wait for the reading thread's lock, and may abort
    _serve(whisper, requests, answers)


def _serve(whisper: Whisper | None, requests: Requests, answers: BinaryIO) -> NoReturn:
    """Answer requests in order; when nobody asks for a while, compare a piece of speech."""
    while True:
        try:
            header, payload = requests.get(timeout=LEISURE if whisper and whisper.proof.waiting else None)
        except queue.Empty:
            # One at a time: a request that comes meanwhile waits for no more than this one.
            _prove(whisper)
            write_frame(answers, {"about": _about(whisper)})
            continue
        write_frame(answers, *_answer(whisper, header, payload))


def _take_the_line() -> tuple[Requests, BinaryIO]:
    """Requests as they come, and where answers go; afterwards a library's print goes to standard error."""
    line_in, line_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - no path, a device
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    requests: Requests = queue.SimpleQueue()
    threading.Thread(target=_read, args=(line_in, requests), daemon=True).start()
    return requests, line_out


def _read(line: BinaryIO, requests: Requests) -> None:
    try:
        while frame := read_frame(line):
            requests.put(frame)
    except (OSError, WireError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - kept by the app for its own message
    # The app is gone: leave at once, even in the middle of a decode, which cannot be stopped otherwise.
    os._exit(0)


def _load(config: Header) -> Whisper | None:
    """Load the model (none for voice activity alone) and use both once. Raises DictationError."""
    # Set before NumPy and CTranslate2 are imported, which read it then.
    os.environ["OMP_NUM_THREADS"] = str(config["threads"])
    try:
        from dictation.engines.voice import measure

        measure(b"\0" * 4096)
        if config["directory"] is None:
            return None
        from dictation.engines.encoder_context import Proof
        from dictation.engines.whisper import Whisper

        return Whisper(
            config["directory"], config["device"], config["precision"], config["threads"], config["context"],
            Proof.resume(config["proof"]),
        )  # fmt: skip
    except DictationError:
        raise
    except Exception as error:
        raise _unexpected(error) from error


def _about(whisper: Whisper | None) -> Header:
    """What the app may want to know of the recogniser, which changes with what it is asked."""
    if whisper is None:
        return {"note": "", "encode": 0.0, "proof": {}}
    return {
        "device": whisper.device, "precision": whisper.precision, "note": whisper.note,
        "encode": whisper.encode_seconds, "proof": whisper.proof.counts(), "weighs": whisper.weighs,
    }  # fmt: skip


def _prove(whisper: Whisper | None) -> None:
    try:
        if whisper:
            whisper.prove()
    except Exception as error:  # noqa: BLE001 - nobody asked for it, so nobody need hear of it; the piece is forgotten
        print(error, file=sys.stderr)  # noqa: T201 - kept by the app for its own message


def _answer(whisper: Whisper | None, header: Header, payload: bytes) -> tuple[Header, bytes]:
    from dictation.engines.voice import measure

    number = {"id": header["id"]}
    try:
        if header["do"] == "measure":
            about, voice = pack_evidence(measure(payload))
            return number | about, voice
        if header["do"] == "follow":
            return _follow(number, header, payload)
        if whisper is None:
            raise EngineError("no-model", "No model is loaded", "Choose a model: `dictation models list`.")
        if header["do"] == "warm":
            whisper.warm()
            return number, b""
        if header["do"] == "weigh":
            return number | pack_weights(whisper.weigh(header["piece"], header["texts"], header["language"])), b""
        if header["do"] == "again":
            once_more = whisper.again(header["piece"], header["language"], header["hints"], header["style"])
            return number | (pack_transcript(once_more) if once_more else {"known": False}), b""
        if header["do"] == "transcribe whole":
            heard = whisper.transcribe_whole(payload, header["language"], header["hints"], header["styled"])
        elif header["do"] == "transcribe short":
            heard = whisper.transcribe_short(payload, header["language"], header["hints"])
        else:
            heard = whisper.transcribe(payload, header["language"], header["hints"])
        return number | pack_transcript(heard) | {"about": _about(whisper)}, b""
    except DictationError as error:
        return number | {"error": pack_error(error)}, b""
    except Exception as error:  # noqa: BLE001 - whatever it is, the app must hear of it
        return number | {"error": pack_error(_unexpected(error))}, b""


_following: dict[int, Follower] = {}
"""The follower of the utterance under way, by its number; never more than one."""


def _follow(number: Header, header: Header, payload: bytes) -> tuple[Header, bytes]:
    from dictation.engines.voice import Follower

    utterance = header["utterance"]
    if header["first"]:
        _following.clear()
        _following[utterance] = Follower()
    if utterance not in _following:
        return number | {"known": False}, b""
    about, voice = pack_evidence(Evidence(0.0, 0.0, _following[utterance].hear(payload)))
    return number | about | {"known": True}, voice


def _unexpected(error: Exception) -> EngineError:
    what = f"{type(error).__name__}: {error}"
    return EngineError("engine-failed", f"The recogniser failed: {what}", "Try again, or see `dictation doctor`.")


if __name__ == "__main__":
    main()
