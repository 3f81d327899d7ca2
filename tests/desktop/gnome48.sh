#!/bin/bash
# Owns `make test-gnome48`: lays down a Debian 13 with GNOME Shell 48 and types into editors on it. Needs root,
# debootstrap and a network for Debian's packages: 600 MB, some ten minutes the first time; no part of `make test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$PWD/build/gnome48
root=$work/root
fail() { echo "test-gnome48: $*" >&2; exit 1; }

((EUID == 0)) || fail "only root can enter another system; please run: sudo make test-gnome48"
command -v debootstrap >/dev/null || fail "debootstrap is missing; please run: apt-get install debootstrap"
if [[ ${1:-} != inside ]]; then
    # What is mounted for it is gone with this script, however it ends.
    exec unshare --mount --propagation private "$0" inside
fi

mkdir -p "$work"
if [[ ! -e $root/base ]]; then
    echo "test-gnome48: making a bare Debian 13 in $root"
    rm -rf "$root"
    debootstrap --variant=minbase trixie "$root" >"$work/base.log" 2>&1 || fail "debootstrap failed; see $work/base.log"
    touch "$root/base"
fi
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind /tmp "$root/tmp"
if [[ ! -e $root/complete ]]; then
    echo "test-gnome48: installing GNOME Shell into it"
    chroot "$root" sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get update && apt-get install -y --no-install-recommends \
        gnome-shell xdg-desktop-portal-gnome gnome-control-center dbus-daemon at-spi2-core fonts-dejavu-core' \
        >"$work/packages.log" 2>&1 || fail "apt-get failed; see $work/packages.log"
    touch "$root/complete"
fi
chroot "$root" gnome-shell --version
DICTATION_GNOME48_ROOT=$root .venv/bin/pytest tests/desktop/test_kde_gnome.py -k gnome48
