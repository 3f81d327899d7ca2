"""One model repository on a hub: which files it has, their bytes from anywhere on, and what its failures mean."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dictation import __version__
from dictation.core.errors import ModelError
from dictation.engines.models import catalog

USUAL = "https://huggingface.co"
MIRROR = "https://hf-mirror.com"
"""Serves the same repositories, and can be reached from mainland China, where the usual address cannot."""

MODELSCOPE = "https://modelscope.cn"
"""Has some of the models under names of its own, in mainland China (``modelscope`` in the catalog)."""

_CHINA = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC")
"""Time zones of mainland China."""

METADATA_SECONDS = 10.0
"""Longest wait for the list of files."""

SILENCE_SECONDS = 20.0
"""Longest wait for the next piece of a file."""


def endpoints(setting: str) -> tuple[str, ...]:
    """The hubs' addresses, to be tried in this order.

    ``DICTATION_HUB``, the setting ``models.hub`` or ``HF_ENDPOINT`` is the only one where it is set (several stand
    between commas): whoever chose an address wants no other asked. Else the usual one, its mirror and ModelScope; the
    usual one last where this machine's clock or language is that of mainland China. Raises ModelError when one is no
    http address.
    """
    choices = (os.environ.get("DICTATION_HUB"), setting, os.environ.get("HF_ENDPOINT"))
    chosen = next((each for each in choices if each and each.strip(" ,")), "")
    if not chosen:
        return (MIRROR, MODELSCOPE, USUAL) if in_china() else (USUAL, MIRROR, MODELSCOPE)
    return tuple(_checked(each.strip().rstrip("/")) for each in chosen.split(",") if each.strip())


def in_china() -> bool:
    """Whether the time zone or the language of this machine is that of mainland China. Asks the network nothing."""
    if (zone := os.environ.get("TZ", "").lstrip(":")) or (zone := _zone()):
        return zone.endswith(_CHINA)
    language = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "")
    return language.startswith("zh_CN")


def _zone() -> str:
    try:
        return os.path.realpath("/etc/localtime")
    except OSError:
        return ""


def _checked(chosen: str) -> str:
    try:
        parts = urlsplit(chosen)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        remedy = "Run `dictation config set models.hub URL` (and unset DICTATION_HUB); it looks like " + USUAL + "."
        raise ModelError("hub-address", f"{chosen!r} is not the address of a hub", remedy)
    return chosen


@dataclass(frozen=True, slots=True)
class File:
    """What the hub says of a file. ``digest`` in hex: sha256 of a large one, the git blob's sha1 of a small one."""

    name: str
    size: int
    digest: str

    @property
    def partial(self) -> str:
        """Its name until it is whole and checked: a newer version on the hub is never glued to an older beginning."""
        return f"{self.name}.{self.digest[:16]}"

    def hasher(self) -> Any:
        """A hash that ends in ``digest`` when fed the right bytes."""
        if len(self.digest) == 64:
            return hashlib.sha256()
        return hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False)


class Repository:
    """Asks through huggingface_hub's metadata call and its HTTP client, in plain HTTP: mirrors have no hf_xet.

    Its own ``hf_hub_download`` (2.4) deletes what it has when a download breaks, and cannot be stopped in between.
    ``token`` goes to huggingface.co alone; another endpoint gets neither it nor one stored on this computer.
    """

    def __init__(self, address: str, name: str, token: str | None) -> None:
        from huggingface_hub import HfApi

        self.address, self.name, self._revision = address, name, "main"
        token = token if address == USUAL else None
        # The library's own user-agent tells every endpoint which Python, torch and coding agent run here.
        headers = {"user-agent": f"dictation/{__version__}", "accept-encoding": "identity"}
        # False, not None: None would look for a token on this computer and send it.
        self._api = HfApi(endpoint=address, token=token or False, headers=headers)
        self._headers = {**headers, "authorization": f"Bearer {token}"} if token else headers

    def files(self) -> list[File]:
        """The files that are needed, small ones first. Raises ModelError if they make no complete model."""
        try:
            info = self._api.model_info(
                self.name, revision=self._revision, files_metadata=True, timeout=METADATA_SECONDS
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            if isinstance(error, OSError):  # a child of both: an HTTP status, told below
                raise
            raise strange(self.address) from error
        self._revision = info.sha or self._revision
        found = []
        for each in info.siblings or ():
            digest = each.lfs.sha256 if each.lfs else each.blob_id
            if each.size is not None and digest:
                found.append(File(each.rfilename, each.size, digest))
        return complete(self.address, self.name, found)

    def where(self, file: File) -> str:
        """The address of a file."""
        from huggingface_hub import hf_hub_url

        return hf_hub_url(self.name, file.name, revision=self._revision, endpoint=self.address)

    def record(self, files: list[File]) -> dict[str, Any]:
        """What was downloaded and from where, for the user's own records."""
        return {
            "address": self.address,
            "repository": self.name,
            "revision": self._revision,
            "files": {file.name: {"size": file.size, "digest": file.digest} for file in files},
        }

    @contextlib.contextmanager
    def stream(self, file: File, start: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The file's bytes from ``start`` on, and where they really begin: at 0 if the hub knows no ranges."""
        from huggingface_hub import get_session
        from huggingface_hub.utils import hf_raise_for_status  # type: ignore[attr-defined]

        headers = {**self._headers, "range": f"bytes={start}-"} if start else self._headers
        with get_session().stream("GET", self.where(file), headers=headers, timeout=SILENCE_SECONDS) as answer:
            hf_raise_for_status(answer)
            yield (start if answer.status_code == 206 else 0), answer.iter_bytes()


def complete(address: str, name: str, found: list[File]) -> list[File]:
    """Those of the files that are needed, small ones first. Raises ModelError if they make no complete model."""
    needed = [file for file in found if file.name in catalog.FILES]
    names = {file.name for file in needed}
    lacking = sorted({"config.json", "model.bin", "tokenizer.json"} - names)
    if not names & {"vocabulary.json", "vocabulary.txt"}:
        lacking.append("vocabulary.json")
    if lacking:
        raise ModelError(
            "hub-incomplete",
            f"{address} has {name}, but not (with size and checksum) {', '.join(lacking)}",
            "Use another address with `dictation config set models.hub URL`.",
        )
    return sorted(needed, key=lambda file: file.size)


def strange(address: str) -> ModelError:
    """What to raise where the answer is none of a hub."""
    return ModelError(
        "hub-strange",
        f"What answers at {address} is no hub",
        "Check the address with `dictation config get models.hub`, and whether this network asks for a login.",
    )


def network_errors() -> type[Exception]:
    """HTTPError of httpx or httpx2, whichever this huggingface_hub speaks: the base of its own HfHubHTTPError."""
    from huggingface_hub.errors import HfHubHTTPError

    base: type[Exception] = HfHubHTTPError.__bases__[0]
    return base


@contextlib.contextmanager
def told(address: str, place: Path) -> Iterator[None]:
    """Turn what the hub and the network raise into ModelError. ``place``: where the model would be put by hand."""
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    elsewhere = (
        f"use another address with `dictation config set models.hub URL`, or copy a folder with the model to {place}."
    )
    try:
        yield
    except OfflineModeIsEnabled as error:
        raise ModelError(
            "hub-offline", "Downloads are switched off by HF_HUB_OFFLINE", f"Unset it, or {elsewhere}"
        ) from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        code, what, first = {
            401: ("hub-refused", "asks for an account for the model", "Wait for the model to be open again"),
            403: ("hub-refused", "does not hand out the model", "Check whether this network filters downloads"),
            404: ("hub-lacks-model", "does not have the model", "Check `dictation config get models.hub`"),
            429: ("hub-busy", "is asked too often for the model", "Try again later"),
        }.get(status, ("hub-error", "failed to send the model", "Try again later"))
        raise ModelError(code, f"{address} {what} {place.name} (HTTP {status})", f"{first}, or {elsewhere}") from error
    except (network_errors(), ConnectionError) as error:
        slow = "Timeout" in type(error).__name__
        what = "does not answer" if slow else f"cannot be reached ({error or type(error).__name__})"
        raise ModelError(
            "hub-unreachable",
            f"{address} {what}",
            f"Try again when the network is back: it goes on from there. Or {elsewhere}",
        ) from error
