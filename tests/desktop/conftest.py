"""Owns the fixtures of the desktop tests: one desktop for all of them, and the apps on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.desktop.bench import Desk
from tests.desktop.compositor import NoCompositor, Sway
from tests.desktop.editors import Editor


@pytest.fixture(scope="package")
def desk() -> Iterator[Desk]:
    """The virtual desktop; it goes down, and the environment comes back, after the last test of this folder."""
    with Desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def sway() -> Iterator[Sway]:
    """A Wayland desktop for the tests of one file; they are skipped where there is none."""
    made = Sway()
    try:
        made.__enter__()
    except NoCompositor as error:
        pytest.skip(f"no Wayland compositor: {error}")
    yield made
    made.__exit__()


@pytest.fixture
def editor(desk: Desk) -> Iterator[Callable[[str], Editor]]:
    """Opens an app by name, focused and empty; it is closed when the test ends."""
    opened: list[Editor] = []

    def open_app(app: str) -> Editor:
        opened.append(desk.open(app))
        return opened[-1]

    yield open_app
    for each in opened:
        each.close()
