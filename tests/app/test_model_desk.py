"""What the windows are told of models: also one that the catalog does not know is there when it is what hears."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from dictation.app.model_desk import ModelDesk
from dictation.app.settings_in_force import InForce
from dictation.app.take.recognition import Recognition
from dictation.core import settings
from dictation.desktop.store.folders import Places


def told(tmp_path: Path, in_use: str, kind: str = "local") -> list[dict[str, object]]:
    recognition = Recognition(tmp_path)
    recognition.model = in_use
    in_force = InForce(settings.put(settings.Settings(), "engine.kind", kind))
    nobody = cast(Any, None)
    return ModelDesk(Places(*[tmp_path] * 4), recognition, nobody, in_force, nobody).catalog()


def test_a_folder_given_by_its_path_is_told_as_the_model_in_use(tmp_path: Path) -> None:
    folder = str(tmp_path / "my-whisper")
    (last,) = [each for each in told(tmp_path, folder) if each["name"] == folder]
    assert (last["label"], last["installed"], last["chosen"]) == ("my-whisper", True, True)


@pytest.mark.parametrize(("in_use", "kind"), [("mini", "local"), ("", "local"), ("whisper-1 (http://gpu:1)", "remote")])
def test_nothing_is_added_where_the_catalog_has_it_or_no_folder_hears(tmp_path: Path, in_use: str, kind: str) -> None:
    assert len(told(tmp_path, in_use, kind)) == len(told(tmp_path, "mini"))
