"""Owns the proof that everything the windows say is translated, and that the language can be changed while they run."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.errors import MicrophoneError
from dictation.core.types import Held
from dictation.ui.look import sentences, translation
from dictation.ui.look.translation import Language, wanted
from dictation.ui.main import Interface
from dictation.ui.overlay import outcome_words
from tests.ui.fake_controls import FakeControls

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted((ROOT / "dictation" / "ui").rglob("*.py"))

SHOWN = re.compile(
    r"^(set(Text|Title|ToolTip|WindowTitle|PlaceholderText|Accessible\w+|StatusTip|WhatsThis|Header\w*)"
    r"|add(Tab|Action|Menu|Item|Row|Section)|insert(Item|Tab)|showMessage|say|Q(Label|PushButton|CheckBox|Action"
    r"|GroupBox|RadioButton|ToolButton|Menu)|Words|Muted|Trouble)$"
)
"""Calls whose words are seen."""


@pytest.fixture(scope="module")
def maker() -> Iterator[ModuleType]:
    """The script that collects and compiles; it stands outside every package."""
    spec = importlib.util.spec_from_file_location("make_translations", ROOT / "assets" / "make_translations.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def chinese(qtbot: QtBot) -> Iterator[Language]:
    """The application speaking Chinese, and English again afterwards."""
    app = QApplication.instance()
    assert app is not None
    speaking = Language(app)
    speaking.use("zh")
    yield speaking
    speaking.use("en")


def test_every_sentence_of_the_interface_is_in_chinese(maker: ModuleType) -> None:
    known = maker.read()
    assert [key for key in maker.wanted() if not known.get(key)] == [], "run assets/make_translations.py"
    assert set(known) == set(maker.wanted()), "sentences that nobody says any more"


def test_a_translation_keeps_the_gaps_and_the_commands_of_its_sentence(maker: ModuleType) -> None:
    for (_, source), done in maker.read().items():
        for kept in (r"\{\w*\}", r"`[^`]+`"):
            assert sorted(re.findall(kept, source)) == sorted(re.findall(kept, done)), source
        assert source.count("&") == done.count("&"), f"one key for {source!r} and {done!r}"


def test_what_is_compiled_is_what_is_translated(maker: ModuleType, qtbot: QtBot) -> None:
    compiled = QTranslator()
    assert compiled.load("dictation_zh", str(translation.folder()))
    for (context, source), done in maker.read().items():
        assert compiled.translate(context, source) == done, "run assets/make_translations.py"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_words_are_shown_that_were_not_looked_up(room: Path) -> None:
    found = []
    for call in ast.walk(ast.parse(room.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if not SHOWN.match(name):
            continue
        found += [
            f"{call.lineno}: {each.value!r}"
            for each in call.args
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and re.search("[A-Za-z]{2}", each.value)
        ]
    assert found == []


@pytest.mark.parametrize(
    "choice, desktop, spoken",
    [
        ("auto", ["zh-Hans-CN", "zh-CN", "zh"], "zh"),
        ("auto", ["zh_TW"], "zh"),
        ("auto", ["de-DE", "zh-CN", "en"], "zh"),
        ("auto", ["en-US", "zh-CN"], "en"),
        ("auto", ["C"], "en"),
        ("auto", [], "en"),
        ("en", ["zh-CN"], "en"),
        ("zh", ["en-US"], "zh"),
    ],
)
def test_auto_takes_the_first_language_of_the_desktop_that_is_there(
    choice: str, desktop: list[str], spoken: str
) -> None:
    assert wanted(choice, desktop) == spoken


def test_the_settings_and_qt_itself_speak_chinese(chinese: Language) -> None:
    assert QCoreApplication.translate("settings", "Noise sensitivity") == "防误触发"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("overlay", "Nothing heard: no voice") == "没听到人声"


def test_what_the_app_says_is_said_in_chinese_with_what_is_put_in(chinese: Language) -> None:
    assert sentences.sentence("Another window has the cursor now") == "光标已在另一个窗口"
    assert sentences.sentence("The microphone 'USB' is gone") == "麦克风 'USB' 不见了"
    assert (
        sentences.sentence("There is no cursor to type at: There is no last text")
        == "没有可以输入的光标：还没有上次的文字"
    )
    assert sentences.sentence("Something that nobody has translated") == "Something that nobody has translated"
    gone = MicrophoneError("gone", "The microphone 'USB' is gone", "What was said up to now is kept; try again.")
    assert sentences.line(gone) == "麦克风 'USB' 不见了。到目前为止说的已保留，请再试一次。"
    assert sentences.lines(gone.line()) == "麦克风 'USB' 不见了。到目前为止说的已保留，请再试一次。"
    outcome = Held("好", "Another window has the cursor now")
    assert outcome_words.outcome(outcome) == "已保留，未输入：光标已在另一个窗口"


def test_no_pattern_of_the_table_is_made_of_gaps_alone() -> None:
    table = (sentences.folder() / "app_zh.tsv").read_text(encoding="utf-8")
    sources = [row.partition("\t")[0] for row in table.splitlines() if "\t" in row]
    assert all(sentences.GAP.sub("", each).strip(". ") for each in sources)


def test_in_english_the_app_is_quoted() -> None:
    odd = MicrophoneError("gone", "It is gone", "Plug it in.")
    assert (sentences.line(odd), sentences.sentence("It is gone")) == ("It is gone. Plug it in.", "It is gone")


def test_the_table_of_the_apps_sentences_is_whole() -> None:
    rows = [row.split("\t") for row in (translation.folder() / "app_zh.tsv").read_text(encoding="utf-8").splitlines()]
    assert all(len(row) == 2 and all(row) for row in rows)
    sources = [source for source, _ in rows]
    assert len(set(sources)) == len(sources)
    for source, done in rows:
        assert sorted(re.findall(r"\{\d\}|`[^`]+`", source)) == sorted(re.findall(r"\{\d\}|`[^`]+`", done)), source


def test_every_sentence_of_an_error_or_a_finding_is_in_the_table(maker: ModuleType) -> None:
    there = maker.known_to_the_app()
    lacking = [each for each in maker.said() if each.rstrip(".") not in there]
    assert lacking == [], "say them in assets/translations/app_zh.tsv"


def test_sentences_are_collected_from_wherever_an_error_or_a_finding_gets_them(maker: ModuleType) -> None:
    code = """
FIRST = "This is first"
def look(x):
    remedy = "Do this now." if x else f"Do {x} instead."
    raise OddError("odd", f"It is {x} and {y}", remedy)
def other():
    raise _wrong("so-so", FIRST, "See below now.")
    return _note("model", "not so good", "")
def describe():
    return f"ours: {keys} here" if keys else "not listening"
def print_it():
    print("nobody translates this")
"""
    tree = ast.parse(code)
    found = [s for scope in ast.walk(tree) if isinstance(scope, ast.FunctionDef) for s in maker._in(scope, tree)]
    assert set(filter(None, found)) == {
        "It is {0} and {1}", "Do this now.", "Do {0} instead.", "This is first", "See below now.", "not so good",
        "ours: {0} here", "not listening",
    }  # fmt: skip


def test_a_finding_is_said_in_chinese_to_its_last_piece(chinese: Language) -> None:
    keys = "X11 (RECORD, XGrabKey): dictate = ctrl_r (seen by programs), command = f9 (hidden from programs)"
    assert sentences.sentence(keys) == "X11（RECORD、XGrabKey）：听写 = ctrl_r（程序看得见），命令 = f9（对程序隐藏）"
    kept = "12 texts in ~/history.sqlite, for 90 days"
    assert sentences.sentence(kept) == "12 段文字，存于 ~/history.sqlite，保留 90 天"


def test_another_language_is_spoken_at_once(qtbot: QtBot, controls: FakeControls) -> None:
    shown = Interface(controls)
    menu = shown.tray.menu
    assert menu.toggle.text() == "&Dictate now"
    shown.show()
    first = shown.window
    controls.change(declared.put(controls.settings(), "look.language", "zh"))
    qtbot.waitUntil(lambda: menu.quit.text() == "退出(&Q)")
    assert menu.toggle.text() == "开始听写(&D)"
    assert [each.text() for each in menu.languages.actions()] == ["自动", "中文", "英文"]
    qtbot.waitUntil(lambda: shown.window is not first)
    assert shown.window.isVisible() and shown.window.windowTitle() == "听写"
    controls.change(declared.put(controls.settings(), "look.language", "en"))
    qtbot.waitUntil(lambda: menu.quit.text() == "&Quit")
    shown.close()


def test_the_first_steps_are_said_anew_in_another_language(qtbot: QtBot, controls: FakeControls) -> None:
    shown = Interface(controls)
    shown.begin(first=True)
    controls.change(declared.put(controls.settings(), "look.language", "zh"))
    qtbot.waitUntil(lambda: shown._first is not None and shown._first.next.text() == "下一步")
    controls.change(declared.put(controls.settings(), "look.language", "en"))
    qtbot.waitUntil(lambda: shown._first is not None and shown._first.next.text() == "Next")
    shown.close()


SPEAKING = (
    "app/command_mode", "desktop/prompt", "desktop/focus", "desktop/nothing.py", "shell/guard", "core/methods.py",
    "core/hearing/gate.py",
)  # fmt: skip
"""Where reasons are made that the windows show: why a command is risky, why it waits, why nothing is put in."""


def _reasons(room: Path) -> Iterator[str]:
    """What reads like a sentence in a file, and is neither its documentation nor a part of a longer text."""
    tree = ast.parse(room.read_text(encoding="utf-8"))
    apart = {id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in node.values}
    apart |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in apart else None
        if isinstance(text, str) and re.fullmatch(r"[A-Z][a-z]*('s)? [a-z][^\n]{6,120}", text):
            yield text


def test_every_reason_is_said_in_chinese(chinese: Language) -> None:
    rooms = [ROOT / "dictation" / each for each in SPEAKING]
    files = [file for room in rooms for file in ([room] if room.suffix else sorted(room.rglob("*.py")))]
    english = {each for file in files for each in _reasons(file) if sentences.sentence(each) == each}
    assert english == set(), "say them in assets/translations/app_zh.tsv"
