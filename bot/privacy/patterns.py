"""Regular expressions that are tried only on texts that hold what every match of theirs holds."""

import re
from collections.abc import Iterator

from bot.privacy.needs import needs

_DIGIT = re.compile(r"\d")
# Matching that is blind to case takes these for other letters, which lower case does not; digits of other scripts
# are ASCII in a view, but for a few that stand in broken markup.
_UNLIKE = re.compile(r"[ıİſ]|[^\D0-9]")


class Text(str):
    """A text that is read once for all patterns.

    Attributes:
        plain: as `reading` returns it.
    """

    __slots__ = ("plain",)
    plain: str | None

    def __new__(cls, text: str) -> "Text":
        """Read `text`."""
        self = super().__new__(cls, text)
        self.plain = reading(text)
        return self


class Pattern:
    """A regular expression, for all matches in a text."""

    def __init__(self, source: str, flags: int = 0) -> None:
        """Compile `source`; `flags` as of `re.compile`."""
        self.regex = re.compile(source, flags)
        self.groupindex = self.regex.groupindex
        self.needs = needs(source, flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what the expression matches in `text`, as its own `finditer` does."""
        plain = text.plain if isinstance(text, Text) else reading(text)
        if plain is not None:
            for group in self.needs:
                for string in group:
                    if string in plain:
                        break
                else:
                    return iter(())  # no string of this group is there
        return self.regex.finditer(text)


def reading(text: str) -> str | None:
    """`text` in lower case with every digit a nought; None where that would hide a match from `needs`."""
    if not text.isascii() and _UNLIKE.search(text):
        return None
    return _DIGIT.sub("0", text.lower())
