"""Which way text goes into which program, and why: a table by kind of program, and the user's word over it.

That word is the setting insert.methods: ``code=type language:en llm:off, slack=spacing:never``. After a program's name
and = stand a way to put text in and other settings as they count there, in any order; of two lines the last counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dictation.core.errors import SettingError
from dictation.core.types import Target

PASTE, TYPE, NEVER = "paste", "type", "never"
PASTE_KEYS = ("shift+insert", "ctrl+v", "ctrl+shift+v", "super+v")
"""What a user may name in place of ``paste``, for a program that pastes with a key of its own."""

WAYS = (PASTE, TYPE, NEVER, *PASTE_KEYS)
"""The ways to put text in that a user may name."""

WAY = "way"
"""The name of the way among the wishes, where it needs none."""

OTHERS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType({
    "spacing": ("insert.spacing", ("auto", "always", "never")),
    "language": ("hearing.language", ("auto", "zh", "en")),
    "llm": ("llm.when", ("off", "doubtful", "always")),
})  # fmt: skip
"""What else may differ: the setting it stands for, and the values it can have."""

Wishes = dict[str, str]
"""What is wanted for one program: ``way`` and the names in ``OTHERS``, each with its value."""


@dataclass(frozen=True, slots=True)
class ProgramKind:
    """Programs that take text alike. ``blind``: what is in the window, a shell perhaps, cannot be seen from here;
    ``secret``: what is said there is not shown and not kept."""

    name: str
    method: str
    why: str
    apps: frozenset[str] = frozenset()
    blind: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How text goes into one window. ``key`` is the chord that pastes, empty: the platform's usual one.

    ``asked``: the user named this program, so nothing else is tried there.
    """

    kind: ProgramKind
    method: str
    why: str
    key: str = ""
    asked: bool = False


TERMINAL = ProgramKind(
    "terminal", PASTE, "A terminal takes a paste in one piece, and is never sent a new line or a tab", blind=True
)

OTHER = ProgramKind("other", PASTE, "A paste is exact whatever the length, the language and the input method")

# Names as windows give them: X11 classes, Wayland app ids, macOS bundle ids, Windows image names; all lower case.
KINDS = (
    ProgramKind(
        "password",
        NEVER,
        "It asks for a password, and those are not dictated",
        frozenset(
            """
            pinentry pinentry-gtk pinentry-gtk-2 pinentry-gnome3 pinentry-qt pinentry-qt5 pinentry-qt6 pinentry-x11
            gcr-prompter ksshaskpass ssh-askpass x11-ssh-askpass gnome-ssh-askpass lxqt-openssh-askpass lxqt-sudo
            polkit-gnome-authentication-agent-1 polkit-kde-authentication-agent-1 polkit-mate-authentication-agent-1
            lxqt-policykit-agent lxpolkit xfce-polkit kdesu kdesudo gksu gksudo zenity-password
            org.kde.polkit-kde-authentication-agent-1 org.kde.ksshaskpass org.gnupg.pinentry-qt org.gnupg.pinentry-qt5
            com.apple.securityagent org.gpgtools.pinentry-mac consent.exe credentialuibroker.exe logonui.exe
            """.split()
        ),
        secret=True,
    ),
    ProgramKind(
        "remote",
        TYPE,
        "It shows another machine, whose clipboard may not be this one's; it is sent keys, and no new line",
        frozenset(
            """
            remmina org.remmina.remmina xfreerdp xfreerdp3 wlfreerdp sdl-freerdp rdesktop krdc org.kde.krdc vinagre
            gnome-connections org.gnome.connections vncviewer tigervnc tigervnc-viewer vncviewer-real ssvnc gvncviewer
            virt-manager virt-viewer remote-viewer org.virt_manager.virt-manager org.virt-manager.virt-viewer spicy
            gnome-boxes org.gnome.boxes virtualboxvm vmware vmplayer vmware-view qemu
            qemu-system-x86_64 qemu-system-aarch64 looking-glass-client wfica citrix anydesk teamviewer rustdesk
            nxplayer.bin x2goclient moonlight com.moonlight_stream.moonlight parsecd scrcpy xephyr xnest
            com.microsoft.rdc.macos com.vmware.fusion com.parallels.desktop.console com.utmapp.utm com.realvnc.vncviewer
            mstsc.exe msrdc.exe vmware.exe vmplayer.exe virtualboxvm.exe vmconnect.exe wfica32.exe anydesk.exe
            teamviewer.exe rustdesk.exe vncviewer.exe tvnviewer.exe qemu-system-x86_64.exe parsecd.exe
            """.split()
        )
        | {"virtualbox machine"},
        blind=True,
    ),
    ProgramKind(
        "browser",
        PASTE,
        "A paste is exact, and a Tab pressed as a key would leave the field",
        frozenset(
            """
            chromium chromium-browser google-chrome google-chrome-beta google-chrome-unstable brave-browser
            microsoft-edge microsoft-edge-dev vivaldi-stable opera firefox firefox-esr firefoxdeveloperedition navigator
            librewolf waterfox org.mozilla.firefox com.google.chrome com.brave.browser org.chromium.chromium
            com.microsoft.edge com.vivaldi.vivaldi epiphany org.gnome.epiphany falkon org.kde.falkon qutebrowser
            org.qutebrowser.qutebrowser com.apple.safari com.google.chrome.canary company.thebrowser.browser
            chrome.exe msedge.exe firefox.exe brave.exe vivaldi.exe opera.exe
            """.split()
        ),
    ),
)


SIGN_IN = ProgramKind(
    "sign-in",
    NEVER,
    "By its title this page asks for a password, and those are not dictated",
    secret=True,
)

_PARTS = re.compile(r"\s+[-–—|·•:]\s+|\s*[|·•—_]\s*|：|_")
"""Between the parts of a page's title: what it is, whose it is, the browser's own name."""

_SIGNS_IN = re.compile(
    r"(?:please )?(?:sign|log)[ -]?(?:in|on)(?: (?:to|with|into|page|required)\b.{0,40})?|"
    r"(?:account |user )?login(?: page)?|"
    r"(?:enter|confirm|change|reset|create|choose|forgot)(?: (?:your|a|the|new))* password|password|two-factor "
    r"authentication|(?:unlock|master password)(?: .{0,20})?|sign in ?- ?google accounts|google accounts|"
    r"(?:bitwarden|vaultwarden)(?: web)? vault|1password|lastpass|keycloak|"
    r"(?:请|用户|账号|账户|帐号|密码|扫码|统一|会员|系统|安全)*(?:登录|登入|登陆|登錄)(?:页面?|界面|中心|到.{1,20}|.{0,4}账号)?|"
    r"(?:输入|修改|重置|找回|设置|忘记)密码|统一身份认证(?:平台|系统)?|身份验证",
    re.IGNORECASE,
)
"""A whole part of the title of a page that asks for a password. A page about signing in says more: a sentence."""


def kind_of(target: Target) -> ProgramKind:
    """What kind of program ``target`` is. In a browser, what it shows: a page to sign in at is known by its title."""
    if target.terminal:
        return TERMINAL
    kind = next((each for each in KINDS if target.app.lower() in each.apps), OTHER)
    if kind.name == "browser" and any(_SIGNS_IN.fullmatch(part.strip()) for part in _PARTS.split(target.title)):
        return SIGN_IN
    return kind


def way(target: Target, method: str = "auto", named: str = "") -> Way:
    """How text goes into ``target``.

    ``method`` and ``named`` are the settings insert.method and insert.methods; what cannot be read in ``named`` is
    left out. What the user said of this program counts first, then what the table says, then the method for all.
    """
    kind = kind_of(target)
    wish, name = wishes_for(target.app, named).get(WAY), program_name(target.app)
    if wish in PASTE_KEYS:
        return Way(kind, PASTE, f"insert.methods says {wish} for {name}", wish, asked=True)
    if wish:
        return Way(kind, wish, f"insert.methods says {wish} for {name}", asked=True)
    if method in (PASTE, TYPE) and kind.method != NEVER:
        return Way(kind, method, f"insert.method says {method} for every program")
    return Way(kind, kind.method, kind.why)


def read_wishes(text: str) -> list[tuple[str, Wishes]]:
    """The programs in the setting, each with its wishes, in order; what cannot be read is left out."""
    return [(name, wishes) for name, words in _programs(text) if name and (wishes := _read(words))]


def write_wishes(programs: list[tuple[str, Wishes]]) -> str:
    """The setting's value for these programs; one without a name or a wish is left out."""
    named = [
        (name, [value if what == WAY else f"{what}:{value}" for what, value in wishes.items() if value])
        for name, wishes in programs
    ]
    return ", ".join(f"{name}={' '.join(words)}" for name, words in named if name and words)


def wishes_for(app: str, text: str) -> Wishes:
    """What the setting says of one program; empty where it says nothing."""
    return dict(read_wishes(text)).get(program_name(app), {})


def check_wishes(text: str) -> None:
    """Raises SettingError when ``text`` is no list such as ``emacs=ctrl+v, slack=type language:zh``."""
    for name, words in _programs(text):
        if not name or not words or len(_read(words)) < len(words):
            wrong = f"{name}={' '.join(words)}".strip("=")
            others = "; ".join(f"{what}:{'|'.join(values)}" for what, (_, values) in OTHERS.items())
            raise SettingError(
                "bad-value",
                f"insert.methods cannot hold {wrong!r}: a program's name, =, then one "
                f"of {', '.join(WAYS)}, and also {others}",
                "`dictation doctor --insertion` tells the name of the program in front.",
            )


def program_name(app: str) -> str:
    """A program's name as the setting has it."""
    return app.lower().removesuffix(".exe")


def _programs(text: str) -> Iterator[tuple[str, list[str]]]:
    for part in text.split(","):
        if part.strip():
            name, _, words = part.partition("=")
            yield program_name(name.strip()), words.lower().split()


def _read(words: list[str]) -> Wishes:
    found: Wishes = {}
    for word in words:
        what, colon, value = word.partition(":")
        if word in WAYS:
            found[WAY] = word
        elif colon and what in OTHERS and value in OTHERS[what][1]:
            found[what] = value
    return found
