"""Owns `make demo`: the whole app at work on a desktop nobody sees, sentence by sentence, with pictures."""

# ruff: noqa: T201 - it is a show; the table is its purpose

from __future__ import annotations

import sys
import time
import unicodedata
import wave
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dictation.language.correct import Corrector
from tests.desktop.bench import RIGHT_CTRL, ROOT, Desk, DeskError
from tests.desktop.editors import Editor
from tests.desktop.film import Film, Part
from tests.desktop.running import App, AppError
from tests.real_speech import BASE, apart, shipped, units, weights

SHOWCASE = ROOT / "models" / "train" / "showcase.tsv"
PICTURES = ROOT / "build" / "demo"
FILMED = ("component.flac", "lambda.flac")
"""What is dictated in the film: both languages in one sentence, and English with names in it."""

PATIENCE_SECONDS = 30
RATE = 16_000


@dataclass(frozen=True)
class Sentence:
    """One line of the showcase; ``speed`` is words per minute."""

    language: str
    voice: str
    speed: int
    text: str

    @property
    def written(self) -> str:
        """How a developer writes it: "thirty seconds" as "30 seconds"."""
        return Corrector().apply(self.text).text


@dataclass(frozen=True)
class Press:
    """What one press of the key led to. ``wait_ms`` runs from the release until the text stood in the window."""

    wanted: str
    typed: str
    where: str
    wait_ms: float
    reason: str = ""

    @property
    def wrong(self) -> float:
        """Characters of Chinese and words of English to mend, as a share of those wanted."""
        wanted = units(self.wanted)
        return apart(wanted, units(self.typed)) / max(1, len(wanted))

    @property
    def right(self) -> bool:
        """Whether exactly what was said was typed."""
        return self.typed == self.wanted


def showcase(lines: Iterable[str]) -> list[Sentence]:
    """The sentences of a table with the columns language, voice, speed, text. Raises ValueError."""
    sentences = []
    for line in lines:
        if line.strip() and not line.startswith(("#", "language\t")):
            language, voice, speed, text = line.rstrip("\n").split("\t")
            sentences.append(Sentence(language, voice, int(speed), text))
    return sentences


def a_dozen(sentences: list[Sentence]) -> list[Sentence]:
    """Four of each language, taken in turns."""
    kinds = [[each for each in sentences if each.language == kind][:4] for kind in ("en", "zh", "mixed")]
    return [each for turn in zip(*kinds, strict=False) for each in turn]


def cells(text: str) -> int:
    """Columns of a terminal that ``text`` takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else not unicodedata.combining(each) for each in text)


def column(text: str, width: int) -> str:
    """``text`` filled up to ``width`` columns of a terminal, and by one space at least."""
    return text + " " * max(1, width - cells(text))


def keyboard_noise(path: Path, seconds: float = 2.0) -> Path:
    """A sound file of somebody typing next to the microphone: ten short, dull clicks a second."""
    random = np.random.default_rng(7)
    samples = random.normal(0, 0.001, int(seconds * RATE))
    decay = np.exp(-np.arange(RATE // 50) / 40)
    for start in random.integers(0, len(samples) - len(decay), int(seconds * 10)):
        samples[start : start + len(decay)] += random.normal(0, random.uniform(0.05, 0.25), len(decay)) * decay
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return path


def hold(desk: Desk, app: App, editor: Editor, sound: Path | None, wanted: str, picture: str = "") -> Press:
    """Hold the key while ``sound`` plays (or while nothing is said), and see what comes of it."""
    earlier, before = app.last_id(), editor.text()
    desk.key_down(RIGHT_CTRL)
    if sound is None:
        time.sleep(2)  # this is the silence
    else:
        player = desk.start_playing(sound)
        if picture:
            time.sleep(1)  # in the middle of the sentence
            desk.screenshot(PICTURES / picture)
        player.wait()
    released = time.monotonic()
    desk.key_up(RIGHT_CTRL)
    arrived = 0.0
    if wanted:
        try:
            editor.wait_for(lambda text: text != before, PATIENCE_SECONDS)
            arrived = time.monotonic()
        except TimeoutError:
            pass  # the outcome says why
    outcome = app.outcome_after(earlier)
    typed = editor.text().removeprefix(before)
    where = type(editor).__name__.lower()
    return Press(wanted, typed, where, (arrived - released) * 1000 if arrived else 0.0, str(outcome["reason"] or ""))


def speak_all(
    desk: Desk,
    app: App,
    editors: list[Editor],
    said: list[tuple[str, str, Path]],
    mark: Callable[[Press], str],
    picture: str = "",
) -> list[Press]:
    """Say everything (spoken, wanted, sound), into one editor after the other, and print a line for each."""
    presses = []
    width = max(cells(spoken) for spoken, _, _ in said) + 2
    print(f"{column('spoken', width)}{column('typed', width)}{'where':10}wait after release")
    for number, (spoken, wanted, sound) in enumerate(said):
        editor = editors[number % len(editors)]
        editor.focus()
        press = hold(desk, app, editor, sound, wanted, "" if number else picture)
        desk.tap("Return")
        presses.append(press)
        typed = press.typed or f"nothing ({press.reason})"
        line = f"{column(spoken, width)}{column(typed, width)}{press.where:10}{press.wait_ms:5.0f} ms   {mark(press)}"
        print(line.rstrip(), flush=True)
    return presses


def say_nothing(desk: Desk, app: App, editor: Editor) -> list[Press]:
    """Hold the key in silence and next to a noisy keyboard; nothing may be typed."""
    presses = []
    noise = keyboard_noise(desk.dir / "keyboard.wav")
    editor.focus()
    for what, sound in (("silence", None), ("keyboard noise", noise)):
        press = hold(desk, app, editor, sound, "")
        presses.append(press)
        verdict = "nothing was typed" if press.right else f"DIFFERS: {press.typed!r} was typed"
        print(f"{what:16}{verdict} (reason: {press.reason or 'none'})", flush=True)
    return presses


def demonstrate(desk: Desk) -> list[Press]:
    """Everything, on a desktop that is up. Raises AppError and TimeoutError."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    sentences = a_dozen(showcase(SHOWCASE.read_text(encoding="utf-8").splitlines()))
    home = desk.dir / "home"
    home.mkdir()
    (home / "config.toml").touch()  # else it is the first start, whose window would stand in the pictures
    with App(home) as app:
        status = app.status()
        print(f"The app is ready: model {status['model']}, microphone {status['microphone']}.\n")
        desk.screenshot(PICTURES / "1-ready.png")
        editors = [desk.open("gtk"), desk.open("xterm")]
        for place, editor in enumerate(editors):
            editor.place(20 + 620 * place, 60, 600, 480)
        said = [(s.text, s.written, desk.say(s.text, s.language, s.voice, s.speed)) for s in sentences]
        presses = speak_all(desk, app, editors, said, lambda press: "" if press.right else "DIFFERS", "2-listening.png")
        desk.screenshot(PICTURES / "3-dictated.png")
        print()
        presses += say_nothing(desk, app, editors[0])
        desk.screenshot(PICTURES / "4-nothing-said.png")
        for editor in editors:
            editor.close()
    return presses


def speak_for_real(desk: Desk) -> list[Press]:
    """Recordings of people and neural speech, heard by Whisper base. Raises AppError and TimeoutError."""
    home = desk.dir / "real-home"
    home.mkdir()
    (home / "config.toml").touch()
    with App(home, environment={"DICTATION_MODEL": str(BASE)}) as app:
        print("\nReal speech with Whisper base, the least of the models people use (assets/speech says whose it is).\n")
        editors = [desk.open("gtk"), desk.open("xterm")]
        for place, editor in enumerate(editors):
            editor.place(20 + 620 * place, 60, 600, 480)
        said = [(clip.written, clip.written, clip.path) for clip in shipped()]
        presses = speak_all(desk, app, editors, said, lambda press: f"{press.wrong:4.0%} wrong" if press.wrong else "")
        desk.screenshot(PICTURES / "5-real-speech.png")
        for editor in editors:
            editor.close()
    return presses


def film(desk: Desk) -> Path:
    """Two recordings dictated into one editor, with the pill, as a film. Raises AppError and TimeoutError."""
    home = desk.dir / "film-home"
    home.mkdir()
    (home / "config.toml").touch()
    clips = {clip.path.name: clip for clip in shipped()}
    with App(home, environment={"DICTATION_MODEL": str(BASE)}) as app:
        editor = desk.open("gtk")
        editor.place(320, 480, 640, 200)  # over the pill, which stands in the middle of the lower edge
        editor.focus()
        with Film(Part(310, 450, 660, 350)) as film:
            for name in FILMED:
                hold(desk, app, editor, clips[name].path, clips[name].written)
                desk.tap("Return")
                time.sleep(1)  # somebody who looks reads what was typed
        editor.close()
    return film.save(PICTURES / "dictation.gif")


def understood(presses: list[Press]) -> str:
    """Why real speech was not understood well enough for a demo; empty when it was.

    Base on hard neural accents is far from perfect: a third of all words is what tells a broken program from a weak
    model (measured: a twentieth), and no clip may come to nothing.
    """
    silent = [press for press in presses if not press.typed]
    if silent:
        return f"{len(silent)} of {len(presses)} recordings came to nothing; the first: {silent[0].wanted!r}"
    share = sum(apart(units(press.wanted), units(press.typed)) for press in presses) / sum(
        len(units(press.wanted)) for press in presses
    )
    return f"{share:.0%} of the real words are wrong" if share > 1 / 3 else ""


def main() -> int:
    """Run the demo; the exit code is 1 if a made sentence is not typed as said, or real speech is not understood."""
    print("A virtual desktop of its own, the real app, spoken sentences, the real hotkey (right Ctrl).")
    try:
        with Desk() as desk:
            presses = demonstrate(desk)
            real = speak_for_real(desk) if weights() else []
            made = film(desk) if weights() else None
    except (AppError, DeskError, TimeoutError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    print(f"\nPictures: {', '.join(str(each.relative_to(ROOT)) for each in sorted(PICTURES.glob('*.png')))}")
    if made:
        print(f"A film of two dictations with the pill: {made.relative_to(ROOT)}")
    wrong = [each for each in presses if not each.right]
    if wrong:
        first = wrong[0]
        print(
            f"demo: {len(wrong)} of {len(presses)} differ; the first: {first.wanted!r} became {first.typed!r}",
            file=sys.stderr,
        )
        return 1
    waits = sorted(each.wait_ms for each in presses if each.wanted)
    print(f"All {len(presses)} right. Median wait after release: {waits[len(waits) // 2]:.0f} ms.")
    if not real:
        print("Real speech was left out: `make real-model` fetches the weights for it.")
        return 0
    waits = sorted(each.wait_ms for each in real)
    exact = sum(not each.wrong for each in real)
    print(f"Real speech: {exact} of {len(real)} word for word; median wait {waits[len(waits) // 2]:.0f} ms.")
    if problem := understood(real):
        print(f"demo: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
