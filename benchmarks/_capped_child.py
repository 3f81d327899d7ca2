"""The product's own engine process, for a model that never comes to an end: each decode ends where the speech does.

``TOKENS_A_SECOND`` in the environment says how many tokens were said per second. All else is as it is in the product.
"""

from __future__ import annotations

import math
import os

from dictation.engines import engine_main, whisper
from dictation.engines.encoder_context import doubt


def _doubt(text: str, seconds: float, logprob: float, ended: bool) -> str:  # noqa: ARG001
    return doubt(text, seconds, logprob, True)


if __name__ == "__main__":
    rate = float(os.environ["TOKENS_A_SECOND"])
    setattr(whisper, "most_tokens", lambda seconds: math.ceil(rate * seconds))  # noqa: B010 - not its own name
    setattr(whisper, "doubt", _doubt)  # noqa: B010
    engine_main.main()
