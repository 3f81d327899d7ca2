"""Knows places: what is lost, leaked or planted when a command touches a path."""

from __future__ import annotations

import posixpath
import re

from dictation.shell.guard.inspection import UNKNOWN
from dictation.spelled.lazy_regex import late

HOME = "/home/me"
"""Where ``~`` is thought to be; any folder of a user counts as one."""

TOPS = frozenset(
    "bin boot dev etc lib lib32 lib64 libx32 lost+found mnt media opt proc root run sbin srv sys usr var"
    " Library System Applications Volumes private Users home cores nix snap".split()
)
INERT = frozenset(
    "/dev/null /dev/stdout /dev/stderr /dev/stdin /dev/tty /dev/zero /dev/full /dev/random /dev/urandom".split()
)
HOMES = late(r"/(?:home|Users)/[^/]+|/root")
SECRETS = late(
    r"(?:^|/)(?:\.ssh(?:/(?!.*\.pub$|known_hosts|config$|authorized_keys)[^/]+)?|\.aws(?:/credentials)?|"
    r"\.gnupg(?:/.*)?|\.netrc|_netrc"
    r"|\.pgpass|\.my\.cnf|\.kube/config|\.docker/config\.json|\.git-credentials|\.npmrc|\.pypirc|\.vault-token"
    r"|\.password-store(?:/.*)?|\.config/(?:gcloud|gh/hosts\.yml|op|rclone/rclone\.conf|google-chrome|"
    r"chromium)(?:/.*)?|\.azure(?:/.*)?"
    r"|\.mozilla(?:/.*)?|\.(?:bash|zsh|python|mysql|psql)_history|fish_history|\.env(?:\.(?!example|sample|template|"
    r"dist)\w+)?"
    r"|id_(?:rsa|dsa|ecdsa|ed25519)|Login Data|Cookies|logins\.json|key4\.db|[^/]*keychain(?:-db)?|Keychains(?:/.*)?"
    r"|credentials(?:\.json|\.ya?ml)?|secrets?\.(?:json|ya?ml|toml|env|txt)|service-account[^/]*\.json|wallet\.dat"
    r"|terraform\.tfstate|[^/]+\.(?:pem|key|p12|pfx|kdbx|keystore|jks|ppk))$"
    r"|^/etc/(?:g?shadow-?|sudoers|ssl/private|ssh/ssh_host_\w+_key|master\.passwd)|^/proc/(?:self|\d+|\0)/environ|"
    r"^/etc/passwd$"
    r"|^/run/secrets|^/var/run/secrets"
)
PERSISTENT = late(
    r"(?:^|/)\.(?:bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|"
    r"zlogout|cshrc|tcshrc"
    r"|kshrc|inputrc|xinitrc|xprofile|xsession(?:rc)?|pam_environment|vimrc|tmux\.conf|gitconfig|pythonrc|screenrc|"
    r"exrc|envrc|login"
    r"|ssh(?:/(?:authorized_keys2?|config|rc|environment))?|gdbinit|Rprofile|irbrc|pryrc|psqlrc|wgetrc|curlrc|"
    r"lldbinit|emacs)$"
    r"|\.config/(?:fish(?:/.*)?|autostart(?:/.*)?|systemd(?:/.*)?|environment\.d/.*|git/config|nvim/init\.\w+|"
    r"Code/User/.*)$"
    r"|\.local/(?:bin/[^/]+|share/systemd/.*|share/applications/[^/]+)$|/?\.git/(?:hooks(?:/.*)?|config)$|"
    r"Library/Launch(?:Agents|Daemons)"
    r"|site-packages/.*\.(?:pth|py)$|sitecustomize\.py$|usercustomize\.py$|\.vim/(?:plugin|autoload)|"
    r"\.emacs\.d/init\.el$|\.oh-my-zsh/"
    r"|\.github/workflows/|^/etc/|^/var/spool/(?:cron|at)|^/usr/lib/systemd|^/lib/systemd|^/usr/local/(?:bin|sbin|lib)/"
)
POWER = late(
    r"^/etc/(?:sudoers|passwd|shadow|gshadow|group|pam\.d|polkit|doas\.conf|ld\.so|security|ssh/sshd_config|cron)|"
    r"authorized_keys|^/var/spool/cron|/\.git/hooks|^\.git/hooks|\.ssh/rc"
)
HUGE = ("root", "system", "home", "above", "device", "unset")
"""Places whose loss is a catastrophe."""


def tidy(path: str) -> str:
    """A path with the home folder and dots worked out; globs at the end stay."""
    text = path.replace("\\", "/") if re.match(r"^[A-Za-z]:", path) else path
    if text in ("~", "~/") or text.startswith("~/"):
        text = HOME + text[1:]
    elif re.match(r"^~[\w.-]+", text):
        text = re.sub(r"^~([\w.-]+)", r"/home/\1", text)
    elif text in ("~+", "~-"):
        text = "."
    if not text:
        return text
    done = posixpath.normpath(text)
    return "/" + done.lstrip("/") if done.startswith("/") else done


_KINDS = tuple(
    (where, late(pattern, re.DOTALL))
    for where, pattern in (
        ("root", r"/(?:\*|\.\.?)?\Z"),
        ("device", rf"/dev/(?!(?:fd|shm|tcp|udp)/)(?!(?:{'|'.join(each[5:] for each in sorted(INERT))})\Z)"),
        ("home", rf"(?:{HOMES.pattern}|/home|/Users)\Z"),
        ("git", rf"(?:{HOMES.pattern}).*/\.git\Z"),
        ("inside", HOMES.pattern),
        ("temp", r"/(?:tmp|var/tmp|dev/shm|private/tmp|var/folders)(?:/|$)|/dev/"),
        ("outside", r"(?!/mnt/[a-z](?:/|$))/(?:mnt|media|Volumes)/[^\n]"),  # /mnt/c is a drive of Windows
        ("above", r"\.\.(?:/|\Z)"),
        ("here", r"(?:\.|\*|\.\*|\*\*|\./\*|\*\*/\*)\Z"),
        ("git", r"\.git(?:/|\Z)|[^/].*/\.git\Z"),
    )
)
"""Kinds of places by how a tidy path begins; the first that fits."""

_GLOBS = late(r"(?:/(?:\*+|\.\*|\.\[\^?!?\.\]\*|\{,?\.?\*?,?\}|\?\*?|\[[^]]*\]\*?))+$")
"""Globs at the end of a path that mean all that is there."""

_DEEP = frozenset("bin boot etc lib usr sbin sys proc".split())
"""Top folders that belong to the system all the way down."""


def kind(path: str, guarded: bool = False) -> str:
    """What lies at ``path``.

    root, system, home (a user's whole folder), device, unset (the root, if a variable is empty), above (the folder
    over this one), here (all of this folder), git, inside (something in a home folder), outside (an absolute path
    elsewhere), temp, project, unknown.
    """
    if not guarded and _from_the_root(path):
        return "unset"
    text = tidy(path)
    base = _GLOBS.sub("", text) or ("/" if text.startswith("/") else ".")
    if where := next((where for where, pattern in _KINDS if pattern.match(base)), ""):
        return where
    if base.startswith("/"):
        return _absolute(base)
    return "unknown" if base.startswith(UNKNOWN) else "project"


def _from_the_root(path: str) -> bool:
    """Whether ``$NAME/x`` is a place to fear for when the variable is empty."""
    rest = path.lstrip(UNKNOWN)
    if not path.startswith(UNKNOWN) or not rest.startswith("/"):
        return False
    return kind(posixpath.normpath("/" + rest.lstrip("/"))) in ("root", "system", "home")


def _absolute(base: str) -> str:
    """A top folder, or something close under one of the system's, is the system; the rest is outside of it."""
    top = base.split("/")[1]
    known = top in TOPS or any(each in top for each in "*?[")
    return "system" if top in _DEEP or base.count("/") <= (3 if known else 1) else "outside"


def secret(path: str) -> bool:
    """Whether reading ``path`` reads keys, passwords or tokens."""
    return bool(SECRETS.search(tidy(path)))


def private(path: str) -> bool:
    """Whether ``path`` holds what nobody should see: the private keys, or the passwords of the machine."""
    return bool(re.search(r"/\.ssh/id_\w+$|/\.gnupg/private|^/etc/g?shadow|_key$|wallet\.dat$", tidy(path)))


def persistent(path: str) -> bool:
    """Whether what is written to ``path`` is run later by itself, or changes how the machine or a tool starts."""
    return bool(PERSISTENT.search(tidy(path)))


def power(path: str) -> bool:
    """Whether what is written to ``path`` decides who may do what."""
    return bool(POWER.search(tidy(path)))
