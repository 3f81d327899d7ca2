"""Owns the presets: where each provider of an OpenAI-compatible API is, its usual model, how to keep it from thinking.

Addresses and names of models are facts that change; every one of them can be overridden by a setting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dictation.core.errors import RewriteError


@dataclass(frozen=True, slots=True)
class Provider:
    """``model`` is empty where the first one that the server has is taken. ``quiet`` is sent to get no thinking."""

    name: str
    label: str
    url: str
    model: str = ""
    quiet: Mapping[str, Any] = field(default_factory=dict)
    needs_key: bool = True


_OFF = {"thinking": {"type": "disabled"}}
_NO_EFFORT = {"reasoning_effort": "none"}

PROVIDERS = {
    each.name: each
    for each in (
        Provider("openai", "OpenAI", "https://api.openai.com/v1", "gpt-5.4-mini", _NO_EFFORT),
        Provider("deepseek", "DeepSeek", "https://api.deepseek.com", "deepseek-flash", _OFF),
        Provider("zhipu", "智谱 GLM", "https://open.bigmodel.cn/api/paas/v4", "glm-4.7-flash", _OFF),
        Provider("zai", "Z.ai (GLM)", "https://api.z.ai/api/paas/v4", "glm-4.7-flash", _OFF),
        # Newer Kimi models cannot be kept from thinking, so they are too slow for a text that somebody waits for.
        Provider("moonshot", "Moonshot Kimi", "https://api.moonshot.cn/v1", "kimi-k2.6", _OFF),
        # Volcengine names models by the endpoint that one has made there, so there is no usual one.
        Provider("ark", "火山方舟 Ark", "https://ark.cn-beijing.volces.com/api/v3", "", _OFF),
        Provider(
            "qwen", "通义千问 (DashScope)", "https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen3.5-flash",
            {"enable_thinking": False},
        ),
        Provider(
            "qwen-intl", "Qwen (DashScope international)", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
            "qwen3.5-flash", {"enable_thinking": False},
        ),
        Provider(
            "siliconflow", "SiliconFlow", "https://api.siliconflow.cn/v1", "Qwen/Qwen3-8B", {"enable_thinking": False}
        ),
        Provider(
            "openrouter", "OpenRouter", "https://openrouter.ai/api/v1", "openai/gpt-5.4-mini",
            {"reasoning": {"effort": "none"}},
        ),
        Provider("ollama", "Ollama", "http://127.0.0.1:11434/v1", "", _NO_EFFORT, needs_key=False),
        Provider(
            "llamacpp", "llama.cpp", "http://127.0.0.1:8080/v1", "",
            {"chat_template_kwargs": {"enable_thinking": False}}, needs_key=False,
        ),
        Provider("lmstudio", "LM Studio", "http://127.0.0.1:1234/v1", "", needs_key=False),
        Provider("custom", "Custom", "", needs_key=False),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask and for what. An empty ``model``: the first one that the server lists."""

    url: str
    model: str
    quiet: Mapping[str, Any] = field(default_factory=dict)
    needs_key: bool = False

    @property
    def local(self) -> bool:
        """Whether it is this machine."""
        return (urlsplit(self.url).hostname or "") in ("localhost", "127.0.0.1", "::1")

    @property
    def shown(self) -> str:
        """The address as it may be shown: one may hold a password."""
        return re.sub("//[^/@]*@", "//", self.url)


def endpoint(provider: str, url: str, model: str) -> Endpoint | None:
    """What the settings mean; None for the provider ``none``. Raises RewriteError for an address that cannot be one."""
    preset = PROVIDERS.get(provider)
    if preset is None:
        return None
    address = _mended(url.strip()) if url.strip() else preset.url
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise RewriteError(
            "llm-address",
            "The address of the language model is not one of a web server" if address else "No language model is set",
            "Set llm.url to something like http://127.0.0.1:8080/v1.",
        )
    # Another address is most often the same kind of server elsewhere; what it does not know it refuses, and the
    # next question goes without it.
    return Endpoint(address, model.strip() or preset.model, preset.quiet, preset.needs_key and not url.strip())


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_HERE = re.compile(r"(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])|:\d+(?:/|$)", re.I)


def _mended(address: str) -> str:
    """An address as people copy it: a manual's whole call, a host without scheme, a server without its ``/v1``."""
    if not _SCHEME.match(address) and re.search(r"[.:]|^localhost\b", address):
        address = ("http://" if _HERE.search(address) else "https://") + address
    address = address.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    try:
        return address if urlsplit(address).path else f"{address}/v1"
    except ValueError:
        return address
