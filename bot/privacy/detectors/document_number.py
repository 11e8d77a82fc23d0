"""The number on a document or badge, and how it follows the word that names it. Shared by `passport_id` and `badge`."""

import re
from collections.abc import Iterator

from bot.privacy.patterns import Pattern

# Capital letters, digits, more groups that begin like a number. Small letters only glued to digits.
_VALUE = (
    r"(?P<value>(?<![^\W_])(?:(?:[A-ZÅÄÖ]{1,4}[ \-/]?){0,2}|[a-zåäö]{1,4}-?)\d[A-Za-z0-9]{0,14}"
    r"(?:[ \-/.:](?=[A-Za-z]{0,2}\d)[A-Za-z0-9]{1,10}|-[A-Z]{1,3}(?![^\W_])){0,4})(?![^\W_])"
)
# The number comes at once ("nr: ", " har nummer "), or after a few words without a digit or the end of a sentence.
_AT_ONCE = (
    r"[ :.,#=(\n]{0,3}(?:(?:är|e|va|var|har|hade|nr|nummer|numret|no|number|id|serie|serienummer)[ :.#=]{1,3}){0,3}"
)
_BETWEEN = r"(?:[^\d\n.!?]|\.(?=\S| ?\d)){0,30}?"
_PREFIX = re.compile(
    r"(?<![^\W_])(?!(?:nr|är|id|på|om|av|en|kl|ca|de|vi|ni|no|og|ut|in|då|så|ha|få|gå|se|ta|"
    r"hos)\b)(?i:(?!kk)[a-z]{2}|(?!kk)[a-z]{2} nr) ?\Z"
)
_UNIT = re.compile(
    r" ?(?:år|månader|dagar|veckor|gånger|ggr|st\b|kr\b|kronor|barn|%|timmar|min\b|minuter|poliser|mil\b|km\b|maj|juni|"
    r"juli|aug|sept|okt|nov|dec|jan|feb|mars|apr)|:\d\d"
)
_YEAR = re.compile(
    r"(?:(?:in|ut|då|få|så|gå) )?(?:19|20)\d\d(?:[-./](?:19|20)?\d\d){0,2}|\d{1,2}[-/.]\d{1,2}[-/. ](?:19|20)\d\d"
)

_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d")
_LAST = re.compile(r"(?<=\d) \d{1,2}\Z")


class AfterWord:
    """Finds numbers after the words of one class of document."""

    def __init__(self, words: str, least: int, least_at_once: int) -> None:
        """Prepare.

        Args:
            words: regular expression of the words, read in any case.
            least: digits that a number needs when other words stand between.
            least_at_once: letters and digits that it needs right after the word; three of them are digits.
        """
        self._loose = Pattern(rf"(?i:{words}){_BETWEEN}{_VALUE}")
        self._at_once = Pattern(rf"(?i:{words})(?i:{_AT_ONCE}){_VALUE}")
        self._least, self._least_at_once = least, least_at_once

    def spans(self, view: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each number, two letters before it included."""
        for pattern in (self._at_once, self._loose):
            for match in pattern.finditer(view):
                # "AA 924 3353 3 barn": the last one counts what follows.
                count = _LAST.search(match["value"]) if _UNIT.match(view, match.end("value")) else None
                end = match.start("value") + count.start() if count else match.end("value")
                value = view[match.start("value") : end]
                digits = sum(char.isdigit() for char in value)
                letters = sum(char.isalpha() for char in value)
                if pattern is self._loose:
                    enough = digits >= self._least
                else:
                    enough = digits + letters >= self._least_at_once and (digits > 2 or digits == letters == 2)
                if enough and may_be_number(view, match.start("value"), end):
                    prefix = _PREFIX.search(view, max(0, match.start("value") - 6), match.start("value"))
                    yield (prefix.start() if prefix else match.start("value")), end


def may_be_number(view: str, start: int, end: int) -> bool:
    """Whether view[start:end] is neither a year, a time of day nor a count of something."""
    return not any((_UNIT.match(view, end), _YEAR.fullmatch(view, start, end), _CLOCK.fullmatch(view, start, end)))
