"""The film of the READMEs is made of what the X server shows, and stands as long as it stood there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.desktop.bench import Desk
from tests.desktop.editors import wait_until
from tests.desktop.film import Film, Part


@pytest.mark.desktop
def test_a_film_shows_each_change_of_its_part_of_the_screen(desk: Desk, tmp_path: Path) -> None:
    with Film(Part(0, 0, 320, 200)) as film:
        wait_until(lambda: film.pictures >= 1, "the first picture", 10)
        subprocess.run(["xsetroot", "-solid", "#c03010"], check=True)
        wait_until(lambda: film.pictures >= 2, "a picture of the other colour", 10)
    said = subprocess.run(
        ["identify", "-format", "%T %wx%h %m\n", str(film.save(tmp_path / "film.gif"))],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert said[2] == "GIF" and said[1] == "320x200" and len(said) // 3 == film.pictures
    assert int(said[-3]) >= 300, "the last picture does not stand long enough to be read"
    assert [each.name for each in tmp_path.iterdir()] == ["film.gif"]


def test_a_film_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no picture"):
        Film(Part(0, 0, 8, 8)).save(tmp_path / "film.gif")
