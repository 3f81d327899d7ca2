"""What it means to the user when a language model's server refuses, cannot be reached, or is too slow."""

from __future__ import annotations

import re
import urllib.request

from dictation.core.errors import RewriteError
from dictation.engines.chat.providers import Endpoint

_NO_SUCH_MODEL = re.compile(
    r"model\b[^.]{0,60}\b(?:not exist|not found|doesn't exist|does not exist)|"
    r"(?:no such|unknown|invalid) model|模型[^。]{0,20}不存在",
    re.I,
)
"""What servers say with 400 of a model that they do not have (DeepSeek, Zhipu's code 1211, vLLM)."""

_OF_THE_KEY = re.compile(r"key|auth|token|credential|permission", re.I)

_UNTRUSTED = re.compile("certificate[ _]verify[ _]failed", re.I)


def lacks_model(said: str) -> bool:
    """Whether ``said`` means that the server has no model of this name, whatever its status was."""
    return bool(_NO_SUCH_MODEL.search(said))


def refused(where: str, status: int, said: str) -> RewriteError:
    """The server ``where`` answered with ``status``; ``said`` is its own reason, without the key."""
    if status == 402:
        return RewriteError("llm-no-credit", f"{where} wants to be paid first: {said}", "Check your account there.")
    if status == 403 and not _OF_THE_KEY.search(said):
        remedy = "Choose another provider or address."
        return RewriteError("llm-forbidden", f"{where} refuses (403): {said}", remedy)
    if status in (401, 403):
        return RewriteError(
            "llm-key", f"{where} does not accept the key ({status})", "Set the key again, or another address."
        )
    if status == 404:
        remedy = "Check llm.url (it must end before /chat/completions) and llm.model."
        return RewriteError("llm-not-found", f"{where} does not know this address or model (404)", remedy)
    if status == 429:
        return RewriteError(
            "llm-busy", f"{where} has had enough of requests for now ({status})", "Wait a little, or check your quota."
        )
    if status >= 500:
        return RewriteError("llm-broken", f"{where} failed ({status})", "Try again, or look at its log.")
    return RewriteError("llm-refused", f"{where} refused ({status}): {said}", "Check the settings under llm.")


def unreachable(where: str, why: str, endpoint: Endpoint) -> RewriteError:
    """There was no connection to the server ``where``."""
    if _UNTRUSTED.search(why):
        return RewriteError(
            "llm-certificate", f"{where} shows a certificate that is not trusted here",
            "Set the environment variable SSL_CERT_FILE to a file with the certificate of whoever signed it.",
        )  # fmt: skip
    if proxy := _proxy(endpoint):
        return RewriteError(
            "llm-unreachable", f"{where} cannot be reached through the proxy {proxy}: {why}",
            "Check that the proxy runs, or unset its environment variable.",
        )  # fmt: skip
    remedy = "Check that it runs and that llm.url is right."
    return RewriteError("llm-unreachable", f"{where} cannot be reached: {why}", remedy)


def too_slow(where: str, seconds: float) -> RewriteError:
    """There was no answer within ``seconds``."""
    return RewriteError(
        "llm-timeout",
        f"{where} did not answer within {seconds:.1f} s",
        "Raise the longest wait, or choose a faster model.",
    )


def _proxy(endpoint: Endpoint) -> str:
    """The proxy of the environment that is used for ``endpoint``, without a password in it; empty: none is."""
    if endpoint.local:
        return ""
    known = urllib.request.getproxies()
    return re.sub("//[^/@]*@", "//", known.get(endpoint.url.partition(":")[0]) or known.get("all") or "")
