"""IP and MAC addresses."""

import ipaddress
import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_V4 = re.compile(r"(?<![\d.])(?:\d{1,3} ?\. ?){3}\d{1,3}(?![\d]|\.\d)(?::\d{2,5}\b)?")
_V6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]{0,40}:[0-9A-Fa-f:]{0,40}:)[0-9A-Fa-f:]{3,39}(?![\w:])")
_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])")


def detect(view: str) -> Iterator[Found]:
    """Yield addresses that the standard library accepts; MAC addresses by shape."""
    for pattern in (_V4, _V6):
        for match in pattern.finditer(view):
            text = match[0].replace(" ", "")
            if _is_ip(text.rsplit(":", 1)[0] if pattern is _V4 else text):
                yield Found(Kind.IP, match.start(), match.end())
    for match in _MAC.finditer(view):
        yield Found(Kind.IP, match.start(), match.end())


def _is_ip(text: str) -> bool:
    try:
        # Leading zeros are a way to write it, though the library refuses them.
        ipaddress.ip_address(".".join(str(int(part)) for part in text.split(".")) if "." in text else text)
    except ValueError:
        return False
    return len(re.sub(r"[^0-9A-Fa-f]", "", text)) >= 4
