"""A sound server that dies or freezes while it is recorded from."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictation.core.errors import MicrophoneError
from dictation.core.sections import MicrophoneSettings as Settings
from dictation.desktop.sound.microphone import SoundDeviceMicrophone
from dictation.desktop.sound.reopening import ReopeningMicrophone
from tests.desktop.bench import Desk
from tests.desktop.recording import Ear, record_some, until
from tests.patience import SOON

pytestmark = pytest.mark.desktop


class Server:
    """A sound server of the test's own, to be killed and frozen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "native"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        script = self.folder / "server.pa"
        script.write_text(
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={self.socket}\n"
            "load-module module-null-sink sink_name=feed rate=48000 channels=1 norewinds=1\n"
            "set-default-source feed.monitor\n"
        )
        options = ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--high-priority=no", "--realtime=no"]
        # Without the desk's session bus, where another server has the name that only one may have.
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PULSE_RUNTIME_PATH": str(self.folder)}
        self._process = subprocess.Popen(
            ["pulseaudio", "-n", *options, "-F", str(script)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while subprocess.run(
            ["pactl", "-s", f"unix:{self.socket}", "info"], capture_output=True, timeout=10
        ).returncode:
            assert time.monotonic() < end, "the sound server did not start"
            time.sleep(0.05)

    def signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def server(desk: Desk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("p")
    server = Server(folder)
    server.start()
    monkeypatch.setenv("PULSE_SERVER", f"unix:{server.socket}")
    yield server
    server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_sound_server_that_is_restarted_while_the_key_is_down_ends_no_recording(server: Server) -> None:
    microphone, ear = ReopeningMicrophone(SoundDeviceMicrophone(Settings()), patience=60), Ear()
    try:
        microphone.devices()
        take = microphone.begin(ear.sink, ear.trouble)
        assert ear.came.wait(30)
        server.kill()
        # The last sound of the dead server is read some time after it: only its reader's end says that all is here.
        until(lambda: not any(each.name == "microphone" for each in threading.enumerate()), 30)
        kept = len(ear.samples)
        ear.came.clear()
        server.start()
        assert ear.came.wait(60), "sound again, of the same recording"
        take.finish()
        assert len(ear.samples) > kept and ear.troubles == []
        remark = microphone.remark()
        assert remark and remark.code == "microphone-gap"
    finally:
        microphone.close()


def test_a_sound_server_that_dies_is_told_and_the_next_key_works_after_its_restart(server: Server) -> None:
    microphone, ear = SoundDeviceMicrophone(Settings()), Ear()
    try:
        microphone.devices()
        take = microphone.begin(ear.sink, ear.trouble)
        assert ear.came.wait(5)
        server.kill()
        assert ear.troubled.wait(5)
        kept = len(ear.samples)
        take.finish()
        assert len(ear.samples) == kept > 0
        assert [type(each) for each in ear.troubles] == [MicrophoneError]
        with pytest.raises(MicrophoneError) as caught:
            microphone.begin(ear.sink, ear.trouble)
        assert caught.value.remedy
        server.start()
        record_some(microphone, 0.3)
    finally:
        microphone.close()


def test_a_frozen_sound_server_freezes_nobody(server: Server) -> None:
    microphone, ear = SoundDeviceMicrophone(Settings()), Ear()
    try:
        microphone.devices()
        take = microphone.begin(ear.sink, ear.trouble)
        assert ear.came.wait(5)
        server.signal(signal.SIGSTOP)
        assert ear.troubled.wait(5)
        began = time.monotonic()
        take.finish()
        assert time.monotonic() - began < SOON
        with pytest.raises(MicrophoneError):
            microphone.begin(ear.sink, ear.trouble)
        assert time.monotonic() - began < 3 * SOON
        server.signal(signal.SIGCONT)
        microphone.devices()
        record_some(microphone, 0.3)
    finally:
        server.signal(signal.SIGCONT)
        microphone.close()
