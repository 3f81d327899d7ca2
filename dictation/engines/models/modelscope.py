"""ModelScope as a hub: its list of files and their addresses, which are not those of Hugging Face.

Never asked from where it was written; the two addresses are those that published programs use, and the answer is read
as ModelScope's own library reads it (modelscope 1.40, ``hub/info.py``: Path, Size, Sha256).
"""

from __future__ import annotations

from urllib.parse import quote

from dictation.engines.models import hub
from dictation.engines.models.hub import File, Repository

REVISION = "master"


class ModelScopeRepository(Repository):
    """A repository there; every file has its sha256. No token is sent."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(address, name, None)
        self._revision = REVISION

    def files(self) -> list[File]:
        """See ``Repository.files``."""
        from huggingface_hub import get_session
        from huggingface_hub.utils import hf_raise_for_status  # type: ignore[attr-defined]

        url = f"{self.address}/api/v1/models/{self.name}/repo/files"
        asked = {"Revision": self._revision, "Recursive": "true"}
        answer = get_session().get(url, params=asked, headers=self._headers, timeout=hub.METADATA_SECONDS)
        hf_raise_for_status(answer)
        try:
            found = [
                File(str(each["Path"]), int(each["Size"]), str(each["Sha256"]).lower())
                for each in answer.json()["Data"]["Files"]
                if each.get("Sha256")
            ]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise hub.strange(self.address) from error
        return hub.complete(self.address, self.name, found)

    def where(self, file: File) -> str:
        """See ``Repository.where``."""
        return f"{self.address}/models/{self.name}/resolve/{self._revision}/{quote(file.name)}"
