"""Owns the browser that is typed into: a page with one text box, reached through Chromium's debugging socket."""

from __future__ import annotations

import json
import urllib.request

import websocket

from tests.desktop.editors import Editor, wait_until


class Browser(Editor):
    """Chromium with a page that is one text box, read through its debugging socket; it reaches no network."""

    def command(self) -> list[str]:
        """Chromium refuses to run as root with its sandbox, and asks for a keyring without a password store."""
        page = "data:text/html,<title>Page</title><textarea id=t autofocus style='width:100%;height:90vh'></textarea>"
        return [
            "chromium", f"--user-data-dir={self.folder}", "--no-sandbox", "--password-store=basic", "--disable-gpu",
            "--disable-dev-shm-usage", "--remote-debugging-port=0", "--remote-allow-origins=*", "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server", "--window-size=700,400", f"--app={page}",
        ]  # fmt: skip

    def ready(self) -> None:
        """Connect to the page and wait for its box to have the cursor."""
        port = wait_until(self._port, "Chromium's port", 60)
        page = wait_until(lambda: self._page(port), "Chromium's page", 60)
        self._calls = 0
        self._socket = websocket.create_connection(page, timeout=20)
        wait_until(lambda: self._evaluate("document.readyState") == "complete", "the page", 20)

    def _port(self) -> int:
        file = self.folder / "DevToolsActivePort"
        lines = file.read_text().split() if file.exists() else []
        return int(lines[0]) if lines else 0

    def _page(self, port: int) -> str | None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=10) as answer:
            found: list[dict[str, str]] = json.load(answer)
        return next((each["webSocketDebuggerUrl"] for each in found if each["type"] == "page"), None)

    def _evaluate(self, expression: str) -> object:
        self._calls += 1
        call = {"id": self._calls, "method": "Runtime.evaluate", "params": {"expression": expression}}
        self._socket.send(json.dumps(call))
        while (answer := json.loads(self._socket.recv())).get("id") != self._calls:
            pass
        return answer["result"]["result"].get("value")

    def focus(self) -> None:
        """The window, and in it the box."""
        super().focus()
        self._evaluate("document.getElementById('t').focus()")
        wait_until(lambda: self._evaluate("document.hasFocus()"), "the cursor in Chromium's page", 10)

    def text(self) -> str:
        """The value of the box."""
        return str(self._evaluate("document.getElementById('t').value"))

    def clear(self) -> None:
        """Set the value to nothing."""
        self._evaluate("document.getElementById('t').value = ''")

    def close(self) -> None:
        """Also close the socket."""
        if hasattr(self, "_socket"):
            self._socket.close()
        super().close()
