"""IP and MAC addresses."""

import ipaddress
import re
from collections.abc import Iterator

from bot.privacy.detectors.number_words import NUMBER
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_POINT = r"(?: ?\. ?| ?[(\[{](?:\.|dot|punkt|prick)[)\]}] ?| (?:punkt|prick|dot) |,(?! ))"
_V4 = Pattern(
    rf"(?<![\d.])(?:\d{{1,3}}{_POINT}){{3}}\d{{1,3}}(?![\d]|\.\d)(?::\d{{2,5}}\b)?(?:/\d{{1,2}}(?!\d))?", re.I
)
# Other marks between the four, or one hidden, only after the word for it.
_CUED = Pattern(
    r"\bip[- :=a-zåäö4]{0,16}?(?P<value>\d{1,3}(?:[ ,._-]{1,2}(?:\d{1,3}|x{1,3}|\*)){2,3})(?![\w])", re.IGNORECASE
)
_HIDDEN = Pattern(r"(?<![\w.])(?:\d{1,3}\.){2,3}(?:x{1,3}|\*)(?:\.(?:x{1,3}|\*|\d{1,3}))?(?!\w)", re.IGNORECASE)
_SPELT = Pattern(rf"(?<!\w)(?:{NUMBER}|\d{{1,3}})(?: (?:punkt|prick|dot) (?:{NUMBER}|\d{{1,3}})){{3}}", re.IGNORECASE)
_V6 = Pattern(
    r"(?<![\w:.])(?=[0-9A-Fa-f:]{0,40}:[0-9A-Fa-f:]{0,40}:)[0-9A-Fa-f:]{3,39}(?![\w:])(?:%\w{1,10})?(?:/\d{1,3}(?!\d))?"
)
_MAC = Pattern(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])|"
    r"(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])"
)
_MAC_CUED = Pattern(r"\bmac(?:-?adress\w{0,2})?[ :]{1,3}(?P<value>[0-9A-F]{12})(?!\w)", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield addresses that the standard library accepts; MAC addresses by shape."""
    for pattern in (_V4, _V6):
        for match in pattern.finditer(view):
            text = re.split("[/%]", match[0])[0]
            if pattern is _V4:
                text = ".".join(re.findall(r"\d+", text)[:4])
            if _is_ip(text):
                yield Found(Kind.IP, match.start(), match.end())
    for pattern in (_MAC, _HIDDEN, _SPELT):
        for match in pattern.finditer(view):
            yield Found(Kind.IP, match.start(), match.end())
    for pattern in (_CUED, _MAC_CUED):
        for match in pattern.finditer(view):
            yield Found(Kind.IP, match.start("value"), match.end("value"))


def _is_ip(text: str) -> bool:
    try:
        # Leading zeros are a way to write it, though the library refuses them.
        ipaddress.ip_address(".".join(str(int(part)) for part in text.split(".")) if "." in text else text)
    except ValueError:
        return False
    return len(re.sub(r"[^0-9A-Fa-f]", "", text)) >= 4
