"""Takes personal identifiers out of a message before anything keeps it. Of ours it imports bot/transformer.py alone."""

from bot.privacy.scrubber import scrub
from bot.privacy.types import PLACEHOLDERS, Found, Kind, Scrubbed

__all__ = ["PLACEHOLDERS", "Found", "Kind", "Scrubbed", "scrub"]
