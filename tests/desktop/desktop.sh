#!/bin/bash
# Owns the virtual desktop: an X screen nobody sees, a window manager, a tray, a message bus, and a microphone that
# hears whatever is played into the sink "mic_feed". It lives as long as this script and leaves nothing behind.
#
#   desktop.sh COMMAND...   run a command there; its exit code is ours
#   desktop.sh              print the environment, one NAME=VALUE a line, then "ready"; live until standard input ends
#
# A parent that holds our standard input therefore takes the desktop with it, even if it is killed.
set -euo pipefail
shopt -s inherit_errexit

# Sockets live in here, and the path of a socket may not be longer than 107 bytes.
dir=$(mktemp -d /tmp/dictation-desk-XXXXXX)
pids=()

fail() {
    echo "desktop.sh: $1" >&2
    tail -n 5 "$dir"/*.log >&2 || true
    exit 1
}

start() { # NAME COMMAND...: in the background, with a log
    local name=$1
    shift
    "$@" >"$dir/$name.log" 2>&1 </dev/null &
    pids+=($!)
}

end() {
    local code=$? pid
    trap - EXIT
    set +e
    for pid in $(printf '%s\n' "${pids[@]}" | tac); do
        kill -TERM "$pid" 2>/dev/null
        for _ in {1..60}; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.05
        done
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    rm -rf "$dir"
    exit $code
}
trap end EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

await() { # WHAT COMMAND...: until the command succeeds, at most 20 seconds
    local what=$1 deadline=$((SECONDS + 20))
    shift
    until timeout 5 "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || fail "timed out waiting for $what"
        sleep 0.02
    done
}

mkdir -p "$dir"/{runtime/pulse,config/tint2,cache,data}
chmod 700 "$dir" "$dir/runtime"

# The server picks a free display itself. Without -noreset it starts afresh whenever its last client leaves.
mkfifo "$dir/display"
start xvfb bash -c 'exec 3>"$0"; exec Xvfb -displayfd 3 -screen 0 1280x800x24 -dpi 96 -nolisten tcp -noreset' \
    "$dir/display"
read -r -t 20 display <"$dir/display" || fail "Xvfb did not start"

environment=(
    "DISPLAY=:$display"
    "DBUS_SESSION_BUS_ADDRESS=unix:path=$dir/bus"
    "XDG_RUNTIME_DIR=$dir/runtime"
    "XDG_CONFIG_HOME=$dir/config"
    "XDG_CACHE_HOME=$dir/cache"
    "XDG_DATA_HOME=$dir/data"
    "XDG_SESSION_TYPE=x11"
    "XDG_CURRENT_DESKTOP=openbox"
    "PULSE_SERVER=unix:$dir/runtime/pulse/native"
    "QT_QPA_PLATFORM=xcb"
    "GDK_BACKEND=x11"
    "LANG=C.UTF-8"
    "LC_ALL=C.UTF-8"
    "NO_AT_BRIDGE=1"
    "DESK_DIR=$dir"
)
export "${environment[@]}"
unset WAYLAND_DISPLAY XAUTHORITY PULSE_COOKIE

start bus dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS"

# Speakers, and a microphone which is the echo of a silent sink. A null sink hands on what was played every two seconds;
# with norewinds=1 it does so every 50 ms, as a sound card would. "-n": the machine's own sound settings are not read.
cat >"$dir/pulse.pa" <<END
load-module module-native-protocol-unix auth-anonymous=1 socket=$dir/runtime/pulse/native
load-module module-null-sink sink_name=speakers rate=48000 channels=2 sink_properties=device.description=Speakers
load-module module-null-sink sink_name=mic_feed rate=48000 channels=1 norewinds=1 sink_properties=device.description=MicFeed
load-module module-remap-source master=mic_feed.monitor source_name=mic source_properties=device.description=Microphone
set-default-sink speakers
set-default-source mic
END
start pulse pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --disallow-exit \
    --disable-shm=no --high-priority=no --realtime=no --log-target=stderr -F "$dir/pulse.pa"

await "the X server" xdpyinfo
setxkbmap -layout us
xset r rate 500 30
xset s off
xsetroot -solid '#406080'
start openbox openbox

cat >"$dir/config/tint2/tint2rc" <<'END'
rounded = 0
background_color = #303030 100
panel_items = LTSC
panel_position = bottom center horizontal
panel_size = 100% 32
panel_background_id = 1
strut_policy = follow_size
wm_menu = 0
task_maximum_size = 200 28
task_font_color = #ffffff 100
systray_padding = 4 2 4
systray_icon_size = 24
time1_format = %H:%M:%S
clock_font_color = #ffffff 100
END
await "the window manager" bash -c 'xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 0x'
start tray tint2 -c "$dir/config/tint2/tint2rc"
await "the message bus" dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ListNames
await "the tray" xdotool search --onlyvisible --class tint2
await "the microphone" bash -c 'test "$(pactl get-default-source)" = mic'

if (($#)); then
    "$@"
else
    printf '%s\n' "${environment[@]}" ready
    # Ends when the other end of standard input is closed, by whatever means.
    cat >/dev/null
fi
