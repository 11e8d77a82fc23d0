"""Session tokens: random, signed, and worth nothing outside this gateway."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

import jwt

ALGORITHM = "HS256"


class UnknownSession(Exception):
    """The token is forged, expired or not a token."""


class Sessions:
    """Issues tokens and turns them into conversation ids.

    A token carries 192 random bits and its end, signed (RFC 7519). What the engine gets is a keyed hash of the random
    part: neither side can be led back to the other without the secret.
    """

    def __init__(self, secret: str, lifetime: int, clock: Callable[[], float] = time.time) -> None:
        """Take the secret (32 characters or more) and the longest life of a session, in seconds."""
        if len(secret) < 32:
            raise ValueError("LOTSEN_SESSION_SECRET måste vara minst 32 tecken.")
        self._secret = secret
        self._lifetime = lifetime
        self._clock = clock

    def issue(self) -> str:
        """Return a new token."""
        claims = {"jti": secrets.token_urlsafe(24), "exp": int(self._clock()) + self._lifetime}
        return jwt.encode(claims, self._secret, ALGORITHM)

    def conversation(self, token: str) -> str:
        """Return the conversation id of a token, 40 hexadecimal digits.

        Raises:
            UnknownSession: for anything but a token of ours that still lives.
        """
        try:
            # The end is compared with our own clock, so that tests need not wait.
            claims = jwt.decode(
                token, self._secret, [ALGORITHM], options={"require": ["jti", "exp"], "verify_exp": False}
            )
        except jwt.InvalidTokenError:
            raise UnknownSession from None
        if claims["exp"] <= self._clock():
            raise UnknownSession
        return hmac.new(self._secret.encode(), str(claims["jti"]).encode(), hashlib.sha256).hexdigest()[:40]
