"""Last net: long runs of digits that no other detector could name are still somebody's number."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_RUN = re.compile(r"(?<![\d:§])\d{9,}(?! ?(?:kr\b|kronor|sek\b|miljon|euro|dollar))", re.IGNORECASE)
_GROUPED = re.compile(r"(?<!\d)\d(?:[ \-./]?\d){11,40}(?!\d)")


def detect(view: str) -> Iterator[Found]:
    """Yield digit runs of nine and more, and grouped runs of twelve and more."""
    for pattern in (_RUN, _GROUPED):
        for match in pattern.finditer(view):
            yield Found(Kind.CASE_NUMBER, match.start(), match.end())
