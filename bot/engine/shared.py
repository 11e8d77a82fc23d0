"""What several engines share: one Redis, reached by LOTSEN_REDIS_URL. Without it an engine is on its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from redis.asyncio import BlockingConnectionPool, Redis

TIMEOUT = 0.5  # seconds; a person waits while we do
CONNECTIONS = 64


def connect(url: str | None = None) -> Redis | None:
    """Return a client, by default of `LOTSEN_REDIS_URL`, or `None` when there is none. Nothing is sent yet."""
    address = url or os.environ.get("LOTSEN_REDIS_URL")
    if not address:
        return None
    pool = BlockingConnectionPool.from_url(
        address,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
    )
    return Redis(connection_pool=pool)


class Seal:
    """Encrypts what is put into Redis, so that neither its operator nor a copy of its memory tells what was said."""

    def __init__(self, secret: str) -> None:
        """Take the secret that the engines share; the key is derived from it."""
        key = hmac.digest(secret.encode(), b"lotsen conversations", hashlib.sha256)
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, value: Any) -> bytes:
        """Return the value (anything that JSON can hold) sealed."""
        return self._fernet.encrypt(json.dumps(value).encode())

    def open(self, sealed: bytes) -> Any:
        """Return the value.

        Raises:
            ValueError: if it was sealed with another secret, or tampered with.
        """
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise ValueError("sealed with another secret") from None
