"""Who may edit: names and argon2 hashes from the environment, a signed cookie that only the admin page is sent."""

from __future__ import annotations

from collections.abc import Mapping

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from sqladmin.authentication import AuthenticationBackend
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request

from bot.gateway.limits import RateLimit, caller

COOKIE = "lotsen_admin"
SIGNED_IN = 8 * 60 * 60  # seconds
TRIES_PER_MINUTE = 5  # from one address
SHORTEST = 12  # characters of a password
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Return the hash of a password for the setting.

    Raises:
        ValueError: when it is too short, in Swedish.
    """
    if len(password) < SHORTEST:
        raise ValueError(f"Lösenordet ska ha minst {SHORTEST} tecken.")
    return _hasher.hash(password)


def read_users(text: str) -> dict[str, str]:
    """Read LOTSEN_ADMIN_USERS: `name:hash`, several with spaces between.

    Raises:
        ValueError: when it is not of that form, so that no half-configured login is ever served.
    """
    users = {}
    for one in text.split():
        name, _, digest = one.partition(":")
        try:
            extract_parameters(digest)
        except InvalidHashError:
            raise ValueError(
                "LOTSEN_ADMIN_USERS ska vara namn:hash; gör en rad med python -m bot.gateway.admin NAMN."
            ) from None
        users[name] = digest
    return users


class Login(AuthenticationBackend):
    """Lets in who knows the password of a name, and tells pages and changes who it is."""

    def __init__(self, users: Mapping[str, str], secret: str, path: str) -> None:
        """Take the users (name -> hash), the key that signs the cookie, and the path it is for."""
        self._users = users
        self._limit = RateLimit(TRIES_PER_MINUTE)
        # Somebody unknown takes as long to refuse as somebody known.
        self._nobody = _hasher.hash(secret)
        self.middlewares = [
            Middleware(
                SessionMiddleware,
                secret_key=secret,
                session_cookie=COOKIE,
                max_age=SIGNED_IN,
                path=path,
                same_site="strict",
                https_only=True,
            )
        ]

    async def login(self, request: Request) -> bool:
        """Check name and password."""
        if self._limit.wait(caller(request.client)):
            return False
        form = await request.form()
        name, password = str(form.get("username", "")), str(form.get("password", ""))
        right = await run_in_threadpool(_fits, self._users.get(name, self._nobody), password)
        if not right or name not in self._users:
            return False
        request.session["editor"] = name
        return True

    async def logout(self, request: Request) -> bool:
        """Forget who it is."""
        request.session.clear()
        return True

    async def authenticate(self, request: Request) -> bool:
        """Somebody is signed in whose name still stands in the setting."""
        return request.session.get("editor") in self._users


def _fits(digest: str, password: str) -> bool:
    try:
        return _hasher.verify(digest, password)
    except VerificationError:
        return False
