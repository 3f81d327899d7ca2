"""Where the files stand that the windows show and play."""

from __future__ import annotations

from pathlib import Path


def assets(kind: str) -> Path:
    """The folder ``assets/KIND``: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    shipped = package / "shipped" / "assets" / kind
    return shipped if shipped.is_dir() else package.parent / "assets" / kind
