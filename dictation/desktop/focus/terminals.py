"""Which programs are terminals, and which are shells, by name: a new line that reaches them may run a command."""

from __future__ import annotations

# X11 WM_CLASS classes and Wayland app ids.
_LINUX = """
alacritty aterm blackbox com.mitchellh.ghostty com.raggesilver.blackbox com.system76.cosmicterm contour cool-retro-term
deepin-terminal dev.warp.warp eterm foot footclient ghostty gnome-terminal gnome-terminal-server guake havoc hyper
io.elementary.terminal kgx kitty konsole koi8rxterm lilyterm lxterminal mate-terminal mlterm org.codeberg.dnkl.foot
org.contourterminal.contour org.gnome.console org.gnome.ptyxis org.gnome.terminal org.kde.konsole org.kde.yakuake
org.wezfurlong.wezterm pantheon-terminal ptyxis qterminal rio roxterm rxvt sakura st st-256color stterm tabby temu
terminal terminator terminology termit termite tilda tilix urxvt uxterm warp wayst wezterm x-terminal-emulator
xfce4-terminal xiterm+thai xterm xterm-256color yakuake zutty
"""

# macOS bundle ids.
_MAC = """
co.zeit.hyper com.apple.terminal com.github.wez.wezterm com.googlecode.iterm2 com.mitchellh.ghostty dev.warp.warp-stable
io.alacritty io.rio.terminal net.kovidgoyal.kitty org.alacritty org.tabby
"""

# Windows image names.
_WINDOWS = """
alacritty.exe bash.exe cmd.exe conemu.exe conemu64.exe conhost.exe fluentterminal.app.exe hyper.exe kitty.exe mintty.exe
mobaxterm.exe openconsole.exe powershell.exe putty.exe pwsh.exe rio.exe securecrt.exe tabby.exe warp.exe
wezterm-gui.exe windowsterminal.exe windowsterminalpreview.exe wsl.exe xshell.exe
"""

TERMINALS = frozenset(f"{_LINUX} {_MAC} {_WINDOWS}".split())

_SHELLS = "ash bash csh dash elvish fish ion ksh mksh nu oksh osh powershell pwsh sh tcsh xonsh yash zsh"
SHELLS = frozenset(_SHELLS.split())


def is_terminal(app: str) -> bool:
    """Whether the program called ``app`` (WM_CLASS class, app id, bundle id or image name; any case) is a terminal."""
    return app.lower() in TERMINALS


def shell_name(program: str) -> str | None:
    """``zsh`` for ``-zsh``, ``/bin/zsh`` or ``zsh.exe``; None for what is not a shell."""
    name = program.replace("\\", "/").rsplit("/", 1)[-1].lstrip("-").lower().removesuffix(".exe")
    return name if name in SHELLS else None
