#!/bin/bash
# Owns `make test-dist`: installs build/dist/*.deb into a bare Debian 12, where nothing but its dependencies is, and
# uses it there as an ordinary user without a network. Needs root and debootstrap, and a network for Debian's packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$PWD/build/dist
bare=$work/bare room=$work/room
deb=$(ls "$work"/*.deb)
fail() { echo "test-dist: $*" >&2; exit 1; }

((EUID == 0)) || fail "only root can enter another system; please run: sudo make test-dist"
for tool in debootstrap espeak-ng; do
    command -v $tool >/dev/null || fail "$tool is missing; please run: apt-get install $tool"
done
if [[ ${1:-} != inside ]]; then
    # What is mounted for the room is gone with this script, however it ends.
    exec unshare --mount --pid --fork --kill-child --propagation private "$0" inside
fi

if [[ ! -e $bare/complete ]]; then
    echo "test-dist: making a bare Debian 12 in $bare"
    rm -rf "$bare"
    debootstrap --variant=minbase bookworm "$bare" >"$work/bare.log" 2>&1 || fail "debootstrap failed; see $work/bare.log"
    touch "$bare/complete"
fi
rm -rf "$room"
cp -a "$bare" "$room"
mount -t proc proc "$room/proc"
mount --bind /dev "$room/dev"
cp "$deb" "$room/dictation.deb"

echo "test-dist: installing $(basename "$deb") and what it depends on"
chroot "$room" sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get update && apt-get install -y --no-install-recommends /dictation.deb' \
    >"$work/room.log" 2>&1 || { tail -n 20 "$work/room.log" >&2; fail "apt-get failed; see $work/room.log"; }
for tool in python3 gcc pip; do
    chroot "$room" sh -c "command -v $tool" && fail "$tool is there, so nothing is proved"
done
chroot "$room" useradd --create-home someone
espeak-ng -v en-us -w "$room/home/someone/说话.wav" "restart the server and check the module"

# As a user without a network, whose locale is none and whose folder holds a trap.
inside=(unshare --net chroot --userspec=someone:someone "$room" env -i HOME=/home/someone PATH=/usr/bin:/bin)
run() { "${inside[@]}" "$@"; }
say() { printf '%-12s %s\n' "$1" "$2"; }
expect() { # NAME, PATTERN, WORDS of the call
    local name=$1 pattern=$2 out
    shift 2
    out=$(run sh -c 'cd /home/someone && exec "$@"' sh "$@" 2>&1) || [[ $name == doctor ]] || fail "$name failed: $out"
    grep -qP -- "$pattern" <<<"$out" || fail "$name said: $out"
    say "$name" "$(grep -m 1 -P -- "$pattern" <<<"$out" | cut -c -160)"
}
printf '#!/bin/sh\necho trap\n' >"$room/home/someone/dictation"
chmod +x "$room/home/someone/dictation"

missing=$(run sh -c 'cd /usr/lib/dictation/_internal && find . -name "*.so*" -type f | while read -r each; do
    LD_LIBRARY_PATH=$PWD ldd "$each" 2>/dev/null | grep "not found" | sed "s|^|$each:|"; done' | grep -v libqgtk3 || true)
[[ -z $missing ]] || fail "libraries are missing: $missing"
say libraries "all that the package loads are found"

expect version '^dictation [0-9]' dictation --version
expect correct 'README\.md' dictation correct "open the read me dot m d file"
expect command '"command": "git status"' dictation command --json "show git status"
expect check '^danger' dictation check "rm -rf /"
expect transcribe '"text": "restart the server' dictation transcribe --model mini --json 说话.wav
# No microphone and no downloaded model are there, so it exits with 1; what it says of itself is what counts.
expect doctor 'libraries: faster-whisper [0-9].*numpy [0-9]' dictation doctor
expect "menu entry" 'Exec="/usr/lib/dictation/dictation" run' sh -c 'dictation install >/dev/null; cat .local/share/applications/*.desktop'
expect "shell key" '/usr/lib/dictation/dictation' dictation shell-widget bash

# The window: on a screen of the machine outside, which is reached by its socket file.
if command -v Xvfb >/dev/null; then
    exec 8<><(:)
    Xvfb -displayfd 8 -nolisten tcp -screen 0 1280x800x24 8>"$work/display" >/dev/null 2>&1 &
    screen=$!
    until [[ -s $work/display ]]; do kill -0 $screen || fail "Xvfb ended"; read -rt 0.1 <> <(:) || true; done
    mkdir -p "$room/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$room/tmp/.X11-unix"
    inside+=("DISPLAY=:$(cat "$work/display")" XDG_RUNTIME_DIR=/home/someone/.cache)
    run dictation run >"$work/run.log" 2>&1 &
    app=$!
    for _ in $(seq 100); do
        status=$(run dictation status --json 2>&1) && break
        kill -0 $app || { cat "$work/run.log" >&2; fail "the app ended"; }
        read -rt 0.3 <> <(:) || true
    done
    grep -q '"state"' <<<"$status" || { cat "$work/run.log" >&2; fail "the app said: $status"; }
    say run "$(cut -c -160 <<<"$status")"
    run dictation quit || fail "quit failed"
    wait $app || { cat "$work/run.log" >&2; fail "the app ended with $?"; }
    kill $screen
fi

echo "test-dist: start-up of \`dictation --version\`, warm: $(TIMEFORMAT=%R && { time run dictation --version >/dev/null; } 2>&1) s"
chroot "$room" sh -c 'apt-get remove -y dictation' >>"$work/room.log" 2>&1 || fail "it cannot be removed; see $work/room.log"
[[ ! -e $room/usr/lib/dictation && ! -L $room/usr/bin/dictation ]] || fail "removing it left files behind"
echo "test-dist: all of it works, and nothing is left after apt-get remove"
