"""What files are to be like and what is done with them, as it was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Wanted:
    """A request about files.

    ``age``: older or younger, how many, minutes or days, and which time (``m`` modified, ``a`` accessed). ``tests``
    are further words of find, to be quoted. ``type`` is that of find, ``any`` for files and folders. ``action`` is
    list, count, delete, lines, each_lines, details, chmod, copy, move, replace or content; ``values`` are its words.
    ``here`` are the names in the folder.
    """

    here: tuple[str, ...] = ()
    kinds: list[str] = field(default_factory=list)
    size: list[str] = field(default_factory=list)
    age: list[tuple[str, int, str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    tests: list[tuple[str, ...]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    type: str = ""
    depth: int = 0
    empty: bool = False
    flat: bool = False
    deep: bool = False
    fold: bool = False
    action: str = "list"
    values: tuple[str, ...] = ()

    def special(self) -> bool:
        """Whether anything but a kind is asked for."""
        return bool(
            self.size or self.age or self.names or self.without or self.tests or self.empty or self.places or self.type
        )

    def by_name_alone(self) -> bool:
        """Whether nothing but names and places says which files are meant."""
        return not (self.size or self.age or self.tests or self.empty or self.without or self.type or self.depth)

    def described(self) -> bool:
        """Whether it says which files are meant."""
        return bool(self.kinds or self.size or self.age or self.names or self.tests or self.empty)

    def patterns(self) -> list[str]:
        """The names that find looks for; "html files that begin with a" are one pattern."""
        kinds = [f"*.{kind}" for kind in self.kinds]
        if len(kinds) == 1 and len(self.names) == 1 and self.names[0].endswith("*"):
            return [self.names[0] + kinds[0].removeprefix("*")]
        return kinds + self.names
