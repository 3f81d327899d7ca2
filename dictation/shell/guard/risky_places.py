"""Knows places: what is lost, leaked or planted when a command touches a path."""

from __future__ import annotations

import posixpath
import re

from dictation.shell.guard.inspection import UNKNOWN

HOME = "/home/me"
"""Where ``~`` is thought to be; any folder of a user counts as one."""

TOPS = frozenset(
    "bin boot dev etc lib lib32 lib64 libx32 lost+found mnt media opt proc root run sbin srv sys usr var"
    " Library System Applications Volumes private Users home cores nix snap".split()
)
INERT = frozenset(
    "/dev/null /dev/stdout /dev/stderr /dev/stdin /dev/tty /dev/zero /dev/full /dev/random /dev/urandom".split()
)
HOMES = re.compile(r"/(?:home|Users)/[^/]+|/root")
SECRETS = re.compile(
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
PERSISTENT = re.compile(
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
POWER = re.compile(
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


def kind(path: str, guarded: bool = False) -> str:
    """What lies at ``path``.

    root, system, home (a user's whole folder), device, unset (the root, if a variable is empty), above (the folder
    over this one), here (all of this folder), git, inside (something in a home folder), outside (an absolute path
    elsewhere), temp, project, unknown.
    """
    if path.startswith(UNKNOWN) and "/" in path:
        rest = posixpath.normpath("/" + path.lstrip(UNKNOWN).lstrip("/"))
        if not guarded and path.lstrip(UNKNOWN).startswith("/") and kind(rest) in ("root", "system", "home"):
            return "unset"
    text = tidy(path)
    base = re.sub(r"(?:/(?:\*+|\.\*|\.\[\^?!?\.\]\*|\{,?\.?\*?,?\}|\?\*?|\[[^]]*\]\*?))+$", "", text) or (
        "/" if text.startswith("/") else "."
    )
    if base == "/" or base in ("/*", "/.", "/.."):
        return "root"
    if (
        base.startswith("/dev/")
        and base not in INERT
        and not base.startswith(("/dev/fd/", "/dev/shm/", "/dev/tcp/", "/dev/udp/"))
    ):
        return "device"
    if HOMES.fullmatch(base) or base in ("/home", "/Users"):
        return "home"
    if HOMES.match(base):
        return "git" if base.endswith("/.git") else "inside"
    if re.match(r"^/(?:tmp|var/tmp|dev/shm|private/tmp|var/folders)(?:/|$)", base) or base.startswith("/dev/"):
        return "temp"
    if re.match(r"^/(?:mnt|media|Volumes)/.", base) and not re.match(r"^/mnt/[a-z](?:/|$)", base):
        return "outside"
    top = base.split("/")[1] if base.startswith("/") else ""
    if top in TOPS or (top and any(each in top for each in "*?[")):
        return (
            "system"
            if base.count("/") <= 3 or top in ("bin", "boot", "etc", "lib", "usr", "sbin", "sys", "proc")
            else "outside"
        )
    if base.startswith("/"):
        return "system" if base.count("/") == 1 else "outside"
    if base == ".." or base.startswith("../"):
        return "above"
    if base in (".", "*", ".*", "**", "./*", "**/*"):
        return "here"
    if base == ".git" or base.endswith("/.git") or base.startswith(".git/"):
        return "git"
    return "unknown" if base.startswith(UNKNOWN) else "project"


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
