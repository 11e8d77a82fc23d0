"""Which language a conversation in Teams is held in: that of the person's Teams, until she asks for the other one."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.gateway.copy import CHANNELS
from bot.gateway.teams_names import MAX_LIVE, SILENCE

SWEDISH, ENGLISH = "teams", CHANNELS["en"]  # channels: names of variants in domain.yml
# What a person presses or types -> the channel.
ASKED = {"svenska": SWEDISH, "english": ENGLISH}


def asked(text: str) -> str | None:
    """Return the channel of the language that the text asks for, if that is what it does."""
    return ASKED.get(text.strip().casefold())


class Languages:
    """Remembers who has asked for another language, for as long as the engine remembers the conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with no choices."""
        self._clock = clock
        self._chosen: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def choose(self, conversation: str, channel: str) -> None:
        """Hold the conversation, named by its pseudonym, in the channel's language from now on."""
        self._chosen[conversation] = channel, self._clock()
        self._chosen.move_to_end(conversation)
        if len(self._chosen) > MAX_LIVE:
            self._chosen.popitem(last=False)

    def channel(self, conversation: str, english: bool) -> str:
        """Return the channel of the conversation's language; `english` tells that the person's Teams is in English."""
        channel, then = self._chosen.get(conversation, ("", float("-inf")))
        if self._clock() - then > SILENCE:
            self._chosen.pop(conversation, None)
            return ENGLISH if english else SWEDISH
        self.choose(conversation, channel)
        return channel
