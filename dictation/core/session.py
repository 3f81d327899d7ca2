"""When to listen: from keys, calls and the clock to begin, submit and discard."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from dictation.core.settings import Settings
from dictation.core.types import Purpose

REPEAT_SECONDS = 0.05
"""A release and a press of one key closer than this are one long press: X11 sends such pairs while a key repeats."""

SHORTCUT_SECONDS = 1.0
"""Another key so soon after a bare modifier makes a shortcut of it: nothing can have been said. Later it ends the
recording too, and nothing is typed, but what was said by then is kept, as after Esc."""


class Phase(enum.Enum):
    """What the session is doing."""

    IDLE = "idle"
    HELD = "held"
    LATCHED = "latched"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Session:
    """Where we are. ``since``: when recording began; ``up``: when our key last came up; in seconds of any clock."""

    phase: Phase = Phase.IDLE
    purpose: Purpose = Purpose.DICTATE
    since: float = 0.0
    up: float = float("-inf")


@dataclass(frozen=True, slots=True)
class Habits:
    """The user's settings that matter here, in seconds."""

    mode: str = "both"
    tap: float = 0.4
    tail: float = 0.2
    limit: float = 1800.0


def habits(settings: Settings) -> Habits:
    """The habits in these settings."""
    return Habits(
        settings.keys.mode,
        settings.keys.tap_ms / 1000,
        settings.microphone.tail_ms / 1000,
        settings.microphone.limit_minutes * 60,
    )


class Kind(enum.Enum):
    """What happened."""

    PRESS = "press"
    RELEASE = "release"
    OTHER = "other"
    ESCAPE = "escape"
    START = "start"
    STOP = "stop"
    TOGGLE = "toggle"
    CANCEL = "cancel"
    BROKEN = "broken"
    STILL = "still"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that happened; ``purpose`` matters for PRESS, RELEASE, START and TOGGLE.

    STILL: the key is up and nobody speaks, so that no more need be recorded.
    """

    kind: Kind
    purpose: Purpose = Purpose.DICTATE


class Effect(enum.Enum):
    """What the recorder has to do, in order. DISCARD throws the running recording away. PARK: what is still being
    thought about is kept and not typed; a second one throws that away."""

    BEGIN = "begin"
    SUBMIT = "submit"
    DISCARD = "discard"
    PARK = "park"


Step = tuple[Session, tuple[Effect, ...]]


def step(session: Session, signal: Signal, now: float, habits: Habits) -> Step:
    """The next session and what to do. Pure: the same arguments always give the same answer."""
    if signal.kind in (Kind.ESCAPE, Kind.CANCEL):
        return _escape(session)
    if signal.kind is Kind.TICK:
        return _tick(session, now, habits)
    if session.phase is Phase.IDLE:
        return _idle(session, signal, now, habits)
    if signal.kind is Kind.BROKEN:
        return replace(session, phase=Phase.IDLE), (Effect.SUBMIT,)
    if session.phase is Phase.ENDING:
        return _ending(session, signal, now, habits)
    if signal.kind in (Kind.STOP, Kind.TOGGLE):
        return replace(session, phase=Phase.ENDING, up=now), ()
    if session.phase is Phase.HELD:
        return _held(session, signal, now, habits)
    return _latched(session, signal, now, habits)


def deadline(session: Session, habits: Habits) -> float | None:
    """When a TICK is due, or None."""
    if session.phase is Phase.IDLE:
        return None
    if session.phase is Phase.ENDING:
        return session.up + max(habits.tail, REPEAT_SECONDS)
    return session.since + habits.limit


def _begin(session: Session, signal: Signal, now: float, phase: Phase) -> Step:
    return replace(session, phase=phase, purpose=signal.purpose, since=now), (Effect.BEGIN,)


def _escape(session: Session) -> Step:
    """Esc takes back what is being said; what was said to its end is only kept from the cursor."""
    stopped = replace(session, phase=Phase.IDLE)
    if session.phase is Phase.IDLE:
        return stopped, (Effect.PARK,)
    # Parked first: what is decoded already would be at the cursor at once.
    return stopped, (Effect.PARK, Effect.SUBMIT) if session.phase is Phase.ENDING else (Effect.DISCARD, Effect.PARK)


def _tick(session: Session, now: float, habits: Habits) -> Step:
    due = deadline(session, habits)
    if due is None or now < due:
        return session, ()
    return replace(session, phase=Phase.IDLE), (Effect.SUBMIT,)


def _idle(session: Session, signal: Signal, now: float, habits: Habits) -> Step:
    if signal.kind is Kind.PRESS:
        if habits.mode == "toggle" and _repeats(session, signal, now):
            return session, ()
        return _begin(session, signal, now, Phase.LATCHED if habits.mode == "toggle" else Phase.HELD)
    if signal.kind in (Kind.START, Kind.TOGGLE):
        return _begin(session, signal, now, Phase.LATCHED)
    if signal.kind is Kind.RELEASE:
        return replace(session, up=now), ()
    return session, ()


def _held(session: Session, signal: Signal, now: float, habits: Habits) -> Step:
    if signal.kind is Kind.OTHER:
        stopped = replace(session, phase=Phase.IDLE)
        early = now - session.since < SHORTCUT_SECONDS
        return stopped, (Effect.DISCARD,) if early else (Effect.PARK, Effect.SUBMIT)
    if signal.kind is Kind.RELEASE and signal.purpose is session.purpose:
        tapped = habits.mode == "both" and now - session.since < habits.tap
        return replace(session, phase=Phase.LATCHED if tapped else Phase.ENDING, up=now), ()
    return session, ()


def _latched(session: Session, signal: Signal, now: float, habits: Habits) -> Step:
    if signal.kind is Kind.RELEASE:
        return replace(session, up=now), ()
    if signal.kind is not Kind.PRESS:
        return session, ()
    if _repeats(session, signal, now):
        # The tap was half of a repeating long press after all.
        return (session if habits.mode == "toggle" else replace(session, phase=Phase.HELD)), ()
    return replace(session, phase=Phase.ENDING, up=now), ()


def _ending(session: Session, signal: Signal, now: float, habits: Habits) -> Step:
    if signal.kind is Kind.PRESS and _repeats(session, signal, now):
        return (session if habits.mode == "toggle" else replace(session, phase=Phase.HELD)), ()
    if signal.kind in (Kind.PRESS, Kind.START, Kind.TOGGLE):
        phase = Phase.HELD if signal.kind is Kind.PRESS and habits.mode != "toggle" else Phase.LATCHED
        again, begin = _begin(session, signal, now, phase)
        return again, (Effect.SUBMIT, *begin)
    if signal.kind is Kind.STILL and now - session.up >= REPEAT_SECONDS:
        return replace(session, phase=Phase.IDLE), (Effect.SUBMIT,)
    return session, ()


def _repeats(session: Session, signal: Signal, now: float) -> bool:
    return signal.purpose is session.purpose and now - session.up < REPEAT_SECONDS
