#!/bin/bash
# Owns the list of Debian packages, and installs those that are missing (as root, or through sudo without a password).
#
#   setup.sh app        what the app needs
#   setup.sh desk       that, and what the virtual desktop of the tests and the demo needs
#                       and, where Debian has them, KDE and GNOME on Wayland; without them their tests are skipped
#   setup.sh missing    print what "desk" would install, and do nothing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Sound, windows, tray.
packages=(
    libportaudio2 libasound2-plugins libegl1 libgl1 libopengl0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
    libxcb-xinerama0 libxcb-xkb1
)
if [[ ${1:?app, desk or missing} != app ]]; then
    # Screen, keys, window manager, tray, bus, microphone; a speaker; apps, terminals and shells to type into; fonts.
    packages+=(
        xvfb x11-utils x11-xserver-utils x11-xkb-utils xdotool xclip imagemagick openbox tint2 dbus at-spi2-core
        pulseaudio pulseaudio-utils espeak-ng xterm mousepad chromium fonts-dejavu-core fonts-wqy-microhei
        zsh fish tmux vim-tiny nano less xfce4-terminal qterminal zenity
        sway foot wtype wl-clipboard grim
    )
fi
# KDE and GNOME on Wayland, without a screen, and what their tests type into.
extra=(
    kwin-wayland libkf5screen-bin xdg-desktop-portal xdg-desktop-portal-kde qtwayland5
    gnome-shell gjs xdg-desktop-portal-gnome python3-gi gir1.2-gtk-3.0 gir1.2-gtk-4.0
)
if ! .venv/bin/python -c "import ctranslate2" 2>/dev/null; then
    # Until our own Python is set up.
    python=${PYTHON:-python3}
    has() { "$python" -c "$1" 2>/dev/null; }
    has "import sys; assert sys.version_info >= (3, 11)" || packages+=(python3)
    has "import ensurepip, venv" || packages+=(python3-venv)
fi

if ! command -v dpkg-query >/dev/null; then
    case $1 in
        missing) ;;
        app) echo "setup: not a Debian system; if sound or windows fail, install what corresponds to ${packages[*]}" ;;
        desk)
            echo "setup: the virtual desktop is built from Debian's packages, which this system has not: ${packages[*]}" >&2
            exit 1
            ;;
    esac
    exit 0
fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
mapfile -t missing < <(printf '%s\n' "${packages[@]}" | grep -vxF "$installed")
if [[ $1 == missing ]]; then
    echo "${missing[*]}"
    exit 0
fi
more=()
if [[ $1 == desk ]]; then
    mapfile -t more < <(printf '%s\n' "${extra[@]}" | grep -vxF "$installed")
fi
((${#missing[@]} + ${#more[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    as_root=(sudo -n)
    if ! sudo -n true 2>/dev/null; then
        if ((!${#missing[@]})); then
            echo "setup: the tests of KDE and GNOME are left out; they need: sudo apt-get install --no-install-recommends ${more[*]}"
            exit 0
        fi
        echo "setup: some Debian packages are missing, and only root can install them. Please run this, then try again:" >&2
        echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
fi
echo "setup: installing $((${#missing[@]} + ${#more[@]})) Debian packages: ${missing[*]} ${more[*]}"
mkdir -p build
log=build/apt.log
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
if ! "${apt[@]}" update </dev/null >$log 2>&1 ||
    { ((${#missing[@]})) && ! "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >>$log 2>&1; }; then
    if ((${#missing[@]})); then
        tail -n 20 $log >&2
        echo "setup: apt-get failed; everything it said is in $log" >&2
        exit 1
    fi
fi
if ((${#more[@]})) && ! "${apt[@]}" install --no-install-recommends "${more[@]}" </dev/null >>$log 2>&1; then
    echo "setup: KDE and GNOME cannot be had here (see $log): their tests are left out"
fi
