"""A small model hub on loopback, with faults to order: ``python -m tests.engines.hub OWNER/NAME=DIRECTORY ...``."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

LARGE = 1_000_000
"""From this size on a file is kept as the real hub keeps large ones: by sha256, behind a redirect to a store."""

PIECE = 1 << 16


@dataclass
class Faults:
    """What goes wrong from now on. All off by default; set the fields at any time."""

    break_at: int | None = None
    """The connection drops where a large file's byte of this number would come."""
    wrong: bool = False
    """One byte of every large file is another one."""
    status: int | None = None
    """Every request is answered with this HTTP status."""
    store_status: int | None = None
    """Only requests for the bytes of large files are."""
    no_ranges: bool = False
    """A request for a part gets the whole."""
    silent: bool = False
    """Requests are taken and never answered."""
    page: bool = False
    """Every request is answered with a web page, as a network does that wants a login first."""
    body: bytes | None = None
    """Every request is answered with this as JSON."""
    bytes_per_second: int | None = None


@dataclass(frozen=True)
class Asked:
    """One request: ``begin`` is the first byte wanted."""

    method: str
    path: str
    begin: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


class Hub:
    """Serves directories as model repositories, as huggingface_hub asks: list, tree, resolve, ranges.

    ``repositories`` maps ``owner/name`` to a directory. ``with Hub({...}) as hub: hub.url``; ``asked`` is the record.
    After ``stop`` the address refuses connections; ``start`` opens the same one again.
    """

    def __init__(self, repositories: Mapping[str, Path]) -> None:
        self.repositories = dict(repositories)
        self.faults = Faults()
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._port = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> Hub:
        """Listen on a free port of loopback."""
        hub = self

        class Bound(_Handler):
            pass

        Bound.hub = hub
        self.closing.clear()
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Bound)
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Close; requests under way are dropped. Stopping twice is fine."""
        self.closing.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Hub:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """The record is ``Hub.asked``."""

    def do_HEAD(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def _serve(self) -> None:
        path = unquote(urlsplit(self.path).path)
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        self.hub.asked.append(Asked(self.command, path, begin, {k.lower(): v for k, v in self.headers.items()}))
        faults = self.hub.faults
        if faults.silent:
            self.hub.closing.wait(60)
            self.close_connection = True
        elif faults.status:
            self._answer(faults.status)
        elif faults.page:
            self._answer(200, b"<html>Please log in</html>", {"Content-Type": "text/html"})
        elif faults.body is not None:
            self._answer(200, faults.body, {"Content-Type": "application/json"})
        else:
            self._find(path, begin)

    def _find(self, path: str, begin: int) -> None:
        for name, directory in self.hub.repositories.items():
            commit = hashlib.sha1(name.encode()).hexdigest()
            if path == f"/api/v1/models/{name}/repo/files":  # ModelScope's list
                self._json({"Code": 200, "Data": {"Files": _scope(directory)}}, commit)
                return
            path = path.removeprefix("/models") if path.startswith(f"/models/{name}/resolve/master/") else path
            for prefix in (f"/api/models/{name}", f"/{name}/resolve/", f"/store/{name}/"):
                if not (path + "/").startswith(prefix):
                    continue
                rest = path.removeprefix(prefix)
                if prefix.startswith("/api"):
                    tree = "/tree/" in rest
                    self._json(_tree(directory) if tree else _info(name, commit, directory), commit)
                else:
                    stored = prefix.startswith("/store")
                    self._resolve(name, directory / (rest if stored else rest.partition("/")[2]), begin, commit, stored)
                return
        self._answer(404, headers={"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"})

    def _resolve(self, name: str, file: Path, begin: int, commit: str, stored: bool) -> None:
        if not file.is_file():
            self._answer(404, headers={"X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"})
            return
        size, large = file.stat().st_size, file.stat().st_size >= LARGE
        headers = {"X-Repo-Commit": commit, "ETag": f'"{_sha256(file) if large else _blob(file)}"'}
        if large and not stored:
            headers |= {"X-Linked-Size": str(size), "X-Linked-ETag": headers["ETag"]}
            self._answer(302, headers=headers | {"Location": f"/store/{name}/{file.name}"})
        else:
            self._bytes(file, begin, headers)

    def _bytes(self, file: Path, begin: int, headers: dict[str, str]) -> None:
        faults, large = self.hub.faults, file.stat().st_size >= LARGE
        if large and faults.store_status:
            self._answer(faults.store_status)
            return
        content = bytearray(file.read_bytes())
        size = len(content)
        if large and faults.wrong:
            content[size // 3] ^= 1
        if faults.no_ranges:
            begin = 0
        self.send_response(206 if begin else 200)
        ranged = {"Content-Range": f"bytes {begin}-{size - 1}/{size}"} if begin else {}
        self._headers({"Accept-Ranges": "bytes", "Content-Length": str(size - begin)} | ranged | headers)
        if self.command == "HEAD":
            return
        end = min(size, faults.break_at) if large and faults.break_at is not None else size
        for at in range(begin, end, PIECE):
            piece = content[at : min(at + PIECE, end)]
            try:
                self.wfile.write(piece)
            except OSError:  # the other side wants no more
                self.close_connection = True
                return
            if faults.bytes_per_second and self.hub.closing.wait(len(piece) / faults.bytes_per_second):
                break
        if end < size or self.hub.closing.is_set():
            self.close_connection = True

    def _json(self, value: object, commit: str) -> None:
        self._answer(200, json.dumps(value).encode(), {"Content-Type": "application/json", "X-Repo-Commit": commit})

    def _answer(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status, HTTPStatus(status).phrase)
        self._headers({"Content-Length": str(len(body)), **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _headers(self, headers: Mapping[str, str]) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _files(directory: Path) -> list[Path]:
    return sorted(each for each in directory.iterdir() if each.is_file())


def _info(name: str, commit: str, directory: Path) -> dict[str, object]:
    siblings = []
    for file in _files(directory):
        size = file.stat().st_size
        entry: dict[str, object] = {"rfilename": file.name, "size": size, "blobId": _blob(file)}
        if size >= LARGE:
            entry["lfs"] = {"sha256": _sha256(file), "size": size, "pointerSize": 135}
        siblings.append(entry)
    return {"_id": commit[:24], "id": name, "modelId": name, "sha": commit, "private": False, "siblings": siblings}


def _tree(directory: Path) -> list[dict[str, object]]:
    entries = []
    for file in _files(directory):
        size = file.stat().st_size
        entry: dict[str, object] = {"type": "file", "path": file.name, "size": size, "oid": _blob(file)}
        if size >= LARGE:
            entry["lfs"] = {"oid": _sha256(file), "size": size, "pointerSize": 135}
        entries.append(entry)
    return entries


def _scope(directory: Path) -> list[dict[str, object]]:
    files: list[dict[str, object]] = [
        {"Type": "blob", "Name": each.name, "Path": each.name, "Size": each.stat().st_size, "Sha256": _sha256(each)}
        for each in _files(directory)
    ]
    return [{"Type": "tree", "Name": "more", "Path": "more", "Size": 0, "Sha256": ""}, *files]


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _blob(file: Path) -> str:
    content = file.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


if __name__ == "__main__":
    pairs = (each.partition("=") for each in sys.argv[1:])
    with Hub({name: Path(directory) for name, _, directory in pairs}) as served:
        print(served.url, flush=True)  # noqa: T201
        while True:
            time.sleep(3600)
