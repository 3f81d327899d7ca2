"""The sections of the settings: every setting with its type, default, bounds, label and one sentence of help."""

from __future__ import annotations

from dataclasses import dataclass

from dictation.core.options import option

INSERT_LAST, LATER = "ctrl+alt+v", "later"
"""What ``auto`` is for keys.insert_last, and the value in force while nothing is offered: editors use that chord."""


@dataclass(frozen=True, slots=True)
class KeySettings:
    """Hotkeys."""

    dictate: str = option(
        "auto", "Dictation key", "Hold to speak. auto: the key that collides least on this platform.", editor="keys"
    )
    command: str = option(
        "auto", "Command key", "Hold to say what you want done: a shell command appears, never run.", editor="keys"
    )
    mode: str = option(
        "both", "Key behaviour", "hold: speak while down. toggle: press to start, press to stop. both: a tap toggles.",
        choices={"both": "Hold, or tap to start and stop", "hold": "Hold to speak", "toggle": "Tap to start and stop"},
    )  # fmt: skip
    cancel: str = option(
        "esc", "Cancel key", "Throws the running recording away; right after it, the text is kept and not typed.",
        editor="keys",
    )  # fmt: skip
    insert_last: str = option(
        "auto", "Insert the last text",
        "Puts the last text in again, or does what the pill offers. auto: Ctrl+Alt+V, only while it offers something.",
        editor="keys",
    )  # fmt: skip
    undo: str = option("off", "Undo", "Takes the last text back.", editor="keys")
    raw: str = option("off", "As heard", "Swaps the last text for what was heard, and back.", editor="keys")
    teach: str = option("off", "Teach", "Learns from the corrected words that are selected.", editor="keys")
    history: str = option("off", "History", "Opens what was said.", editor="keys")
    pause: str = option("off", "Pause", "Does not listen for the other keys until it is pressed again.", editor="keys")
    tap_ms: int = option(
        400, "Tap", "A press shorter than this toggles, in milliseconds.", low=100, high=1000, unit="ms"
    )


@dataclass(frozen=True, slots=True)
class MicrophoneSettings:
    """Microphone."""

    device: str = option(
        "", "Device", "Name or part of it, as in `dictation devices`; empty: the system's default.", editor="device"
    )
    channel: int = option(
        0, "Input channel",
        "The input of an interface with several that the microphone is on; 0: whichever carries sound.", low=0, high=32,
    )  # fmt: skip
    warm: bool = option(
        False, "Keep the microphone open",
        "Also records the moment before the key; the system shows the microphone in use.",
    )  # fmt: skip
    pre_roll_ms: int = option(
        300, "Before the key", "What is kept from before the key while warm, in ms.", low=0, high=1000, unit="ms"
    )
    tail_ms: int = option(
        200, "After release", "Recording goes on for so many ms at most.", low=0, high=1000, unit="ms"
    )
    limit_minutes: int = option(
        30, "Longest recording", "A recording is ended and used after so many minutes.", low=1, high=120, unit="min"
    )


@dataclass(frozen=True, slots=True)
class HearingSettings:
    """How you are heard."""

    language: str = option(
        "auto", "Language", "auto chooses between zh and en for each utterance.",
        choices={"auto": "Chinese and English", "zh": "Chinese", "en": "English"}, page="recognition",
    )  # fmt: skip
    gate: float = option(
        0.5, "Noise sensitivity", "Speech probability that counts as speech; higher is stricter.", low=0.2, high=0.9,
        editor="gate",
    )  # fmt: skip
    quiet_voice: bool = option(
        False, "Whisper mode", "Lets whispers through; more noises get as far as the recogniser."
    )


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Recognition."""

    kind: str = option(
        "local", "Engine", "local Whisper, or a remote server.",
        choices={"local": "On this machine", "remote": "A remote server"},
    )  # fmt: skip
    model: str = option(
        "auto", "Model", "A name from `dictation models list`, or a folder. auto: the best one installed.",
        editor="model",
    )  # fmt: skip
    device: str = option(
        "auto", "Compute on", "auto takes a CUDA GPU if there is one.",
        choices={"auto": "Automatic", "cpu": "CPU", "cuda": "GPU (CUDA)"},
    )  # fmt: skip
    precision: str = option(
        "auto", "Precision", "auto: int8 on the CPU, float16 on the GPU.",
        choices={
            "auto": "Automatic", "int8": "int8", "int8_float16": "int8 and float16", "float16": "float16",
            "float32": "float32",
        },
    )  # fmt: skip
    context: str = option(
        "auto", "Speed-up for short speech (may lose words)",
        "auto: short for short speech, checked against full (30 s) on your own speech.",
        choices={"auto": "As long as the speech", "full": "Always 30 s"},
    )  # fmt: skip
    threads: int = option(0, "Threads", "0: chosen for this machine.", low=0, high=64, unit="", zero="automatic")
    unload_minutes: int = option(
        0,
        "Unload when idle",
        "Frees the model's memory after so many minutes; 0: never.",
        low=0,
        high=1440,
        unit="min",
        zero="never",
    )


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """Remote recogniser (OpenAI-compatible)."""

    url: str = option("", "Address", "Base address of a server with /audio/transcriptions, such as http://gpu:8000/v1.")
    model: str = option("whisper-1", "Model", "The model's name on that server.")
    timeout_seconds: float = option(
        30.0, "Patience", "Longest wait for the server, in seconds.", low=1, high=600, unit="s"
    )


@dataclass(frozen=True, slots=True)
class WordSettings:
    """Words."""

    correct: bool = option(
        True, "Language rules", "Mends technical terms, spoken code, numbers and spacing; off: as heard."
    )
    code: bool = option(True, "Spoken code", "Turns spoken paths, symbols and letters into written ones.")
    numbers: bool = option(True, "Numbers", "Writes digits where there is a reason, as in versions and ports.")
    fillers: bool = option(True, "Leave out fillers", "Leaves out um and 嗯.")
    spacing: bool = option(True, "Spacing", "Puts a space between Chinese and Latin words.")
    punctuation: str = option(
        "full", "Punctuation", "Next to Chinese: full width, half width, or keep what was heard.",
        choices={"full": "Full width（，。）", "half": "Half width (,.)", "keep": "As heard"},
    )  # fmt: skip
    marks: str = option(
        "off", "Punctuation said aloud", "comma, period, 逗号, 句号 become marks; alone: only between two pauses.",
        choices={"off": "Off", "on": "On", "alone": "Between pauses"},
    )  # fmt: skip
    script: str = option(
        "simplified", "Chinese script", "simplified turns traditional characters into simplified ones.",
        choices={"simplified": "Simplified", "keep": "As heard"},
    )  # fmt: skip
    project: bool = option(True, "Project names", "Knows the names of files and code in the project in front.")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """AI."""

    when: str = option(
        "off", "Mend with a language model", "off; doubtful: only where the rules are unsure; always.",
        choices={"off": "Never", "doubtful": "When in doubt", "always": "Always"},
    )  # fmt: skip
    provider: str = option(
        "none", "Provider", "Whose address is used. none: nothing is ever sent.",
        choices={
            "none": "None", "openai": "OpenAI", "deepseek": "DeepSeek", "zhipu": "Zhipu GLM",
            "zai": "Z.ai (GLM)", "moonshot": "Moonshot Kimi (commands only)", "ark": "Volcengine Ark",
            "qwen": "Qwen (DashScope)", "qwen-intl": "Qwen (international)", "siliconflow": "SiliconFlow",
            "openrouter": "OpenRouter", "ollama": "Ollama (here)", "llamacpp": "llama.cpp (here)",
            "lmstudio": "LM Studio (here)", "custom": "Another server",
        },
    )  # fmt: skip
    url: str = option(
        "", "Address", "Base address of an OpenAI-compatible server; empty: the provider's.", editor="address"
    )
    model: str = option(
        "", "Model", "The model's name there; empty: the provider's usual one. Below 4B parameters it mends nothing.",
        editor="served",
    )  # fmt: skip
    deadline_seconds: float = option(
        2.5, "Longest wait", "After so many seconds the text goes in without it.", low=0.3, high=30, unit="s"
    )


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """Commands."""

    ask: bool = option(True, "Ask a language model", "Where no phrase or snippet fits and a provider is set.")
    model: str = option("", "Model", "For commands; empty: the same as for text.", editor="served")
    timeout_seconds: float = option(
        8.0, "Longest wait", "For the model's answer, in seconds.", low=1, high=60, unit="s"
    )
    names: bool = option(True, "Send names", "Lets the model see names of files and branches here.")


@dataclass(frozen=True, slots=True)
class InsertSettings:
    """Inserting text."""

    method: str = option(
        "auto", "Method", "auto pastes and gives the clipboard back.",
        choices={"auto": "Automatic", "paste": "Paste", "type": "Type"},
    )  # fmt: skip
    when: str = option(
        "release", "Put text in",
        "release: all of it at the end. pause: also at pauses. With Ctrl, Alt or Shift held, it waits for the end.",
        choices={"release": "When you have finished", "pause": "Also at pauses"},
    )  # fmt: skip
    methods: str = option(
        "", "Programs that differ",
        "Such as `emacs=ctrl+v, code=type language:en llm:off, slack=spacing:never`; also paste and never.",
        editor="methods",
    )  # fmt: skip
    spacing: str = option(
        "auto", "Space between texts",
        "auto: after your last text, where nothing was typed since. always: also where that is not known.",
        choices={"auto": "Automatic", "always": "Always", "never": "Never"},
    )  # fmt: skip
    bring_back: bool = option(False, "Bring the window back", "off: the text waits when another window has the cursor.")


@dataclass(frozen=True, slots=True)
class LookSettings:
    """Look and sound."""

    language: str = option(
        "auto", "Interface language", "auto: the desktop's language.",
        choices={"auto": "As the desktop", "zh": "中文", "en": "English"},
    )  # fmt: skip
    overlay: str = option(
        "bottom", "Overlay", "Where the pill appears that shows you are heard.",
        choices={"bottom": "At the bottom", "top": "At the top", "off": "Nowhere"},
    )  # fmt: skip
    motion: bool = option(True, "Motion", "off: the pill does not move with your voice.")
    sounds: bool = option(False, "Sounds", "A short, soft sound when listening begins and ends.")


@dataclass(frozen=True, slots=True)
class HistorySettings:
    """History."""

    keep: bool = option(True, "Keep texts", "What was said stays on this machine, readable by you alone.")
    days: int = option(
        90, "For days", "Older texts are deleted; 0: never.", low=0, high=3650, unit="days", zero="for ever"
    )
    audio: bool = option(False, "Keep recordings", "Also keeps the sound, to hear it or transcribe it again.")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Model downloads."""

    hub: str = option("", "Download from", "Another address that serves the same models; empty: the usual one.")
    folder: str = option("", "Folder", "Where models are kept; empty: the platform's place for data.", editor="folder")
