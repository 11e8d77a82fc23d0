"""What the rules share: collecting faults, and the forms of ids, links and dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from knowledge.facts import Fault
from knowledge.situation import MUNICIPALITIES, ViolenceType

# The names that Operation Kvinnofrid's referral tool uses.
TYPE_NAMES = {
    ViolenceType.CLOSE_RELATIONSHIP.value: "Våld i nära relationer",
    ViolenceType.HONOUR.value: "Hedersrelaterat våld och förtryck",
    ViolenceType.PROSTITUTION.value: "Prostitution",
    ViolenceType.TRAFFICKING.value: "Människohandel för sexuella ändamål",
    ViolenceType.SEXUAL.value: "Sexuellt våld oberoende av relation",
}
TYPES = set(TYPE_NAMES)
CONFIDENCE = {"high", "medium", "low"}
AUDIENCE = {"utsatt", "anhorig", "yrkesverksam", "utovare", "barn"}
TOWNS = list(MUNICIPALITIES)


class Faults(list[Fault]):
    """Faults of one file; `check` adds one when a condition does not hold."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file

    def add(self, entry: object, field: str, message: str) -> None:
        """Note a fault."""
        self.append(Fault(self._file, str(entry), field, message))

    def check(self, holds: object, entry: object, field: str, message: str) -> bool:
        """Note a fault unless `holds`; return whether it held."""
        if not holds:
            self.add(entry, field, message)
        return bool(holds)


def is_url(value: Any) -> bool:
    """Tell whether a value is a web address."""
    return isinstance(value, str) and re.fullmatch(r"https?://\S+", value) is not None


def repeated(values: Iterable[Any]) -> list[Any]:
    """Return the values that stand more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def strings(value: Any) -> bool:
    """Tell whether a value is a list of strings."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def keys(faults: Faults, entry: object, found: Any, wanted: list[str], ordered: bool = True) -> bool:
    """Check that an entry has exactly the keys wanted, in that order."""
    if not faults.check(isinstance(found, dict), entry, "-", "ska ha nycklar"):
        return False
    missing, extra = [key for key in wanted if key not in found], [str(key) for key in found if key not in wanted]
    for key in missing:
        faults.add(entry, key, "saknas")
    for key in extra:
        faults.add(entry, key, "okänt fält")
    if not missing and not extra and ordered:
        faults.check(list(found) == wanted, entry, "-", "fälten står i fel ordning")
    return not missing and not extra
