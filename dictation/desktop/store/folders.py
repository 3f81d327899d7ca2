"""Where our files stand, for this user alone."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from dictation.core.errors import StorageError


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of one user. ``key`` tells apart apps that run on different folders, for names of sockets and locks."""

    config: Path
    data: Path
    state: Path
    runtime: Path

    @property
    def settings(self) -> Path:
        """The configuration file."""
        return self.config / "config.toml"

    @property
    def glossary(self) -> Path:
        """The user's own terms."""
        return self.config / "glossary.tsv"

    @property
    def snippets(self) -> Path:
        """The user's own commands."""
        return self.config / "snippets.toml"

    @property
    def models(self) -> Path:
        """Downloaded models, one folder each."""
        return self.data / "models"

    @property
    def spool(self) -> Path:
        """Recordings whose outcome is not known yet."""
        return self.state / "spool"

    @property
    def history(self) -> Path:
        """What was said, if that is kept."""
        return self.state / "history.sqlite"

    @property
    def history_audio(self) -> Path:
        """The sound of it, if that is kept."""
        return self.state / "history"

    @property
    def log(self) -> Path:
        """What went wrong, for a bug report; no text that was said, no keys."""
        return self.state / "log.txt"

    @property
    def lock(self) -> Path:
        """Held by the running app."""
        return self.runtime / "app.lock"

    @property
    def socket(self) -> Path:
        """Where the running app answers. A socket's path has 107 bytes at most (103 on macOS), so a deep one is
        shortened: to a folder of the user's own, whatever the folder above it is open to."""
        plain = self.runtime / "app.sock"
        if len(os.fsencode(plain)) < 100:
            return plain
        name = hashlib.sha256(os.fsencode(plain)).hexdigest()[:16]
        return Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp") / f"dictation-{os.getuid()}" / f"{name}.sock"


def places() -> Places:
    """The folders in force; ``DICTATION_HOME`` puts all of them under one. Creates nothing."""
    if home := os.environ.get("DICTATION_HOME"):
        root = Path(home).expanduser().absolute()
        return Places(root, root, root, root / "run")
    import platformdirs

    dirs = platformdirs.PlatformDirs("dictation", appauthor=False)
    session = os.environ.get("XDG_RUNTIME_DIR")
    runtime = Path(session) / "dictation" if session else dirs.user_state_path / "run"
    return Places(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, runtime)


def first_there(folder: Path) -> Path:
    """``folder``, or the nearest above it that is there."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def private_folder(folder: Path) -> Path:
    """``folder``, made if need be, open to its user alone. Raises StorageError."""
    remedy = "Free the path, or set DICTATION_HOME to another folder."
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = folder.stat().st_mode
    except OSError as error:
        raise StorageError("folder", f"{folder} cannot be made: {error.strerror or error}", remedy) from error
    # A folder that is everybody's by design, such as /tmp, is not ours to close, whatever DICTATION_HOME says.
    if mode & 0o077 and not mode & stat.S_ISVTX:
        try:
            folder.chmod(0o700)
        except OSError as error:
            why = f"{folder} cannot be closed to other users: {error.strerror or error}"
            raise StorageError("folder", why, remedy) from error
    return folder


def not_ours(folder: Path) -> str:
    """Why somebody else may put files into ``folder`` (a sentence without its end); empty where nobody can."""
    if not hasattr(os, "getuid"):  # Windows: rights do not stand in the mode
        return ""
    try:
        about = folder.lstat()
    except OSError:
        return ""  # what is not there has nothing in it
    if stat.S_ISLNK(about.st_mode) or not stat.S_ISDIR(about.st_mode):
        return f"{folder} is not a folder"
    if about.st_uid != os.getuid():
        return f"{folder} belongs to another user"
    return f"Other users may write into {folder}" if about.st_mode & 0o022 else ""


def write_whole(path: Path, text: str, private: bool = True) -> None:
    """Make ``path`` hold ``text``: always the old or the new, never half of one; mode 0600. Raises StorageError.

    Its folder is made, and kept for this user alone, unless it is not ``private``: one that the user named.
    """
    import tempfile

    if private:
        private_folder(path.parent)
    half = None
    try:
        # mkstemp makes the file readable by its user alone from its first moment.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        half = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        if half is not None:
            half.unlink(missing_ok=True)
        raise StorageError(
            "write",
            f"{path} cannot be written: {error.strerror or error}",
            "Free space on the disk, or make the file writable.",
        ) from error
