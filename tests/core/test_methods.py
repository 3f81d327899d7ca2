"""Which way text goes into which program."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core import settings
from dictation.core.errors import SECRET, InsertError, SettingError
from dictation.core.insertion import plan
from dictation.core.methods import KINDS, OTHERS, PASTE_KEYS, check_wishes, kind_of, way
from dictation.core.sections import InsertSettings
from dictation.core.settings import Settings
from dictation.core.types import NOWHERE, Target


@pytest.mark.parametrize(
    ("target", "kind", "method"),
    [
        (Target(app="xterm", terminal=True), "terminal", "paste"),
        (Target(app="Remmina"), "remote", "type"),
        (Target(app="VirtualBox Machine"), "remote", "type"),
        (Target(app="mstsc.exe"), "remote", "type"),
        (Target(app="pinentry-gnome3"), "password", "never"),
        (Target(app="Chromium"), "browser", "paste"),
        (Target(app="mousepad"), "other", "paste"),
        (NOWHERE, "other", "paste"),
    ],
)
def test_every_program_has_a_kind_a_method_and_a_sentence(target: Target, kind: str, method: str) -> None:
    found = way(target)
    assert (found.kind.name, found.method) == (kind, method)
    assert found.why[:1].isupper() and not found.why.endswith(".")


def test_no_program_is_of_two_kinds_and_all_names_are_lower_case() -> None:
    names = [app for kind in KINDS for app in kind.apps]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


def test_what_the_user_said_of_a_program_counts_first() -> None:
    assert way(Target(app="Remmina"), "auto", "remmina=paste").method == "paste"
    assert way(Target(app="mstsc.exe"), "auto", "MSTSC.exe = paste").method == "paste"
    assert way(Target(app="mousepad"), "type", "mousepad=paste, other=type").method == "paste"
    assert way(Target(app="xterm", terminal=True), "auto", "xterm=ctrl+shift+v").key == "ctrl+shift+v"
    assert way(Target(app="keepassxc"), "auto", "keepassxc=never").method == "never"
    assert "xfreerdp" in way(Target(app="xfreerdp"), "auto", "xfreerdp=paste").why


def test_the_method_for_all_does_not_open_a_password_prompt() -> None:
    assert way(Target(app="pinentry"), "paste").method == "never"
    assert way(Target(app="pinentry"), "auto", "pinentry=paste").method == "paste"


@pytest.mark.parametrize("text", ["emacs", "emacs=", "=paste", "emacs=yank", "a=paste, b"])
def test_a_list_that_cannot_be_read_is_refused_with_what_it_may_hold(text: str) -> None:
    with pytest.raises(SettingError, match="paste, type, never"):
        settings.put(settings.Settings(), "insert.methods", text)


@pytest.mark.parametrize("text", ["", "emacs=ctrl+v", "emacs=ctrl+v, xfreerdp = PASTE,", "virtualbox machine=type"])
def test_a_good_list_is_kept(text: str) -> None:
    assert settings.put(settings.Settings(), "insert.methods", text).insert.methods == text.strip()


@given(st.text(max_size=40), st.text(st.sampled_from("ab=, paste"), max_size=30))
def test_whatever_the_setting_holds_there_is_a_way(app: str, named: str) -> None:
    found = way(Target(app=app), "auto", named)
    assert found.method in ("paste", "type", "never")
    assert found.key in ("", *PASTE_KEYS)
    assert found.kind is kind_of(Target(app=app))


@given(st.text(st.sampled_from("ab=, pasteyn"), max_size=30))
def test_a_list_that_passes_the_check_is_obeyed(named: str) -> None:
    try:
        check_wishes(named)
    except SettingError:
        return
    for part in filter(str.strip, named.split(",")):
        assert way(Target(app=part.partition("=")[0].strip()), "auto", named).asked


@pytest.mark.parametrize(
    "title",
    [
        "Sign in to GitHub · GitHub - Chromium", "Log in | Bank - Mozilla Firefox", "Login — Keycloak", "登录 - 知乎",
        "用户登录 - Google Chrome", "输入密码 - Edge", "Sign in - Google Accounts - Chromium",
        "统一身份认证平台 - Chromium", "Bitwarden Web Vault — Firefox", "Reset your password · Site",
    ],
)  # fmt: skip
def test_a_page_to_sign_in_at_is_known_by_its_title_in_a_browser_only(title: str) -> None:
    assert kind_of(Target(app="chromium", title=title)).secret
    assert not kind_of(Target(app="gedit", title=title)).secret
    with pytest.raises(InsertError) as refused:
        plan("hunter2", Target(app="chromium", title=title), Settings())
    assert refused.value.code == SECRET
    asked = dataclasses.replace(Settings(), insert=InsertSettings(methods="chromium=paste"))
    assert plan("words", Target(app="chromium", title=title), asked)


@pytest.mark.parametrize(
    "title",
    [
        "How to log in with ssh keys - Stack Overflow", "Fix the login bug by ann · Pull Request #12 · shop",
        "登录功能设计文档 - 语雀", "Password hashing in Go - Chromium", "Inbox - Mail", "", "GitHub",
        "实现用户登录接口 - 掘金",
        "Unlocking the potential of Rust - Blog",
    ],
)  # fmt: skip
def test_a_page_about_signing_in_is_one_like_any_other(title: str) -> None:
    assert not kind_of(Target(app="firefox", title=title)).secret


def test_what_a_program_wants_otherwise_counts_in_that_program_alone() -> None:
    named = "code=type language:en llm:off, SLACK.exe=spacing:never"
    everywhere = settings.put(settings.Settings(), "insert.methods", named)
    code = settings.in_program(everywhere, "Code")
    assert (code.hearing.language, code.llm.when, code.insert.spacing) == ("en", "off", "auto")
    assert way(Target(app="code"), "auto", named).method == "type"
    assert settings.in_program(everywhere, "slack").insert.spacing == "never"
    assert settings.in_program(everywhere, "kate") == settings.in_program(everywhere, "") == everywhere


@pytest.mark.parametrize("what", OTHERS)
def test_every_value_that_may_differ_is_one_of_its_setting(what: str) -> None:
    key, values = OTHERS[what]
    assert settings.find(key).choices == values
