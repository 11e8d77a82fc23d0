"""What a Teams conversation is called on our side: a keyed hash that nobody can follow for long."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable

PERIOD = 24 * 3600  # seconds that one key is used for new conversations
SILENCE = 30 * 60  # seconds; the engine has forgotten the conversation after that anyway
MAX_LIVE = 10_000


class Pseudonyms:
    """Names a conversation by tenant and id, with a key that changes every day.

    A conversation that is going on at the change keeps its name until it falls silent. Which ones are going on is known
    to this process only; behind several gateways a conversation may begin anew at the change.
    """

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        """Take the secret that the keys are derived from."""
        self._secret = secret.encode()
        self._clock = clock
        self._live: OrderedDict[str, float] = OrderedDict()

    def name(self, tenant: str, conversation: str) -> str:
        """Return the conversation's name for the engine, 40 hexadecimal digits."""
        now = self._clock()
        period = int(now // PERIOD)
        name = self._name(period - 1, tenant, conversation)
        if now - self._live.get(name, float("-inf")) > SILENCE:
            name = self._name(period, tenant, conversation)
        self._live[name] = now
        self._live.move_to_end(name)
        if len(self._live) > MAX_LIVE:
            self._live.popitem(last=False)
        return name

    def _name(self, period: int, tenant: str, conversation: str) -> str:
        key = hmac.digest(self._secret, f"teams {period}".encode(), hashlib.sha256)
        # No tenant holds a line break, so two pairs never read the same.
        return hmac.new(key, f"{tenant}\n{conversation}".encode(), hashlib.sha256).hexdigest()[:40]
