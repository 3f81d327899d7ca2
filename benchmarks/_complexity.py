"""Prints how complex the functions of the package are: how many have a cyclomatic complexity over 10 and over 20.

Run by ``make lint``. House tests keep at most 12 functions over 20, and 4 % over 10.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import lizard

ROOT = Path(__file__).resolve().parents[1]


def functions() -> dict[str, list[tuple[int, str]]]:
    """By room: the cyclomatic complexity of each function, with its file and name."""
    rooms: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for found in lizard.analyze([str(ROOT / "dictation")]):
        file = Path(found.filename).relative_to(ROOT)
        for each in found.function_list:
            rooms["/".join(file.parts[1:-1]) or "."].append((each.cyclomatic_complexity, f"{file}:{each.name}"))
    return rooms


def main() -> None:
    """One line for the package, and one for each room that has a function over 20."""
    rooms = functions()
    every = [each for room in rooms.values() for each in room]
    over10, over20 = ([each for each in every if each[0] > most] for most in (10, 20))
    share = 100 * len(over10) / len(every)
    print(f"complexity: {len(every)} functions, {len(over10)} over 10 ({share:.1f} %), {len(over20)} over 20")
    for room, here in sorted(rooms.items()):
        if worst := sorted((each for each in here if each[0] > 20), reverse=True):
            print(f"  {room}: {len(worst)} over 20, the worst {worst[0][1]} with {worst[0][0]}")


if __name__ == "__main__":
    main()
