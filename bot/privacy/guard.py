"""Second line, for stores: does a text that should have been scrubbed still hold a structured identifier?

The tracker store keeps such a message without its text (BORTTAGET) and counts it; the person is answered all the same.
"""

from bot.privacy.keep import load_keep, protected_spans
from bot.privacy.scrubber import structured_in_view
from bot.privacy.types import Kind
from bot.privacy.view import make_view

# Kinds whose shape is unmistakable. The others rest on wording, and would be found in vain too often.
_CERTAIN = frozenset(
    {
        Kind.PERSONNUMMER,
        Kind.SAMORDNINGSNUMMER,
        Kind.RESERVNUMMER,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.IBAN,
        Kind.CARD,
        Kind.URL_PROFILE,
        Kind.IP,
        Kind.COORDINATES,
    }
)


def contains_structured(text: str) -> bool:
    """Whether `text` holds a structured identifier other than a service's own contact details.

    Args:
        text: what is about to be stored.
    """
    if not any(char.isdigit() or char in "@/" for char in text) and len(text) < 12:
        return False
    view, keep = make_view(text).text, load_keep()
    found = structured_in_view(view, keep, protected_spans(view, keep))
    return any(item.type in _CERTAIN for item in found)
