"""Calls to /api/messages that are not in order, and some that are. Also used by `python -m tests.teams.compare`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.teams.microsoft import CLIENT, CONVERSATION, KEYS, OTHER_TENANT, TENANT, Microsoft

# (Authorization header, activity)
Call = tuple[str, Any]
Make = Callable[[Microsoft], Call]

EVIL = "https://evil.example/"


def _claims(**claims: Any) -> Make:
    return lambda ms: (ms.header(**claims), ms.activity())


def _body(**fields: Any) -> Make:
    return lambda ms: (ms.header(), ms.activity(**fields))


def _both(url: str) -> Make:
    return lambda ms: (ms.header(serviceurl=url), ms.activity(serviceUrl=url))


def _near(suffix: Callable[[str], str]) -> Make:
    return lambda ms: _both(suffix(ms.url))(ms)


def _public(kid: str) -> bytes:
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return KEYS[kid].public_key().public_bytes(encoding, form)


def _part(value: Any) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")


def _hmac_with_public_key(ms: Microsoft) -> Call:
    signed = _part({"alg": "HS256", "typ": "JWT", "kid": "teams"}) + b"." + _part(ms.claims())
    mac = hmac.digest(_public("teams"), signed, hashlib.sha256)
    return f"Bearer {(signed + b'.' + base64.urlsafe_b64encode(mac).rstrip(b'=')).decode()}", ms.activity()


def _own_key_in_header(ms: Microsoft) -> Call:
    own = rsa.generate_private_key(65537, 2048)
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(own.public_key(), as_dict=True)
    token = jwt.encode(ms.claims(), own, "RS256", headers={"kid": "teams", "jwk": jwk, "jku": f"{EVIL}keys"})
    return f"Bearer {token}", ms.activity()


def _changed_claims(ms: Microsoft) -> Call:
    head, _, mac = ms.header().split(".")
    return f"{head}.{_part(ms.claims(exp=9_999_999_999)).decode()}.{mac}", ms.activity()


def _signed(headers: dict[str, Any], algorithm: str = "RS256", kid: str = "teams") -> Make:
    def make(ms: Microsoft) -> Call:
        key = KEYS[kid] if algorithm != "none" else None
        return "Bearer " + jwt.encode(ms.claims(), key, algorithm, headers=headers), ms.activity()  # type: ignore[arg-type]

    return make


def _conversation(**fields: Any) -> dict[str, Any]:
    return {"conversationType": "personal", "tenantId": TENANT, "id": CONVERSATION, **fields}


HOUR = 3600
FORGED: dict[str, tuple[int, Make]] = {
    "no header": (401, lambda ms: ("", ms.activity())),
    "empty bearer": (401, lambda ms: ("Bearer ", ms.activity())),
    "basic instead of bearer": (401, lambda ms: ("Basic " + ms.header()[7:], ms.activity())),
    "not a token": (401, lambda ms: ("Bearer a.b.c", ms.activity())),
    "token cut short": (401, lambda ms: (ms.header()[:-20], ms.activity())),
    "claims changed after signing": (401, _changed_claims),
    "algorithm none": (401, _signed({"kid": "teams"}, "none")),
    "HS256 with the public key as secret": (401, _hmac_with_public_key),
    "RS512": (401, _signed({"kid": "teams"}, "RS512")),
    "key carried in the header": (401, _own_key_in_header),
    "signed by a stranger under a known name": (401, _signed({"kid": "teams"}, kid="strangers")),
    "unknown key": (401, _signed({"kid": "strangers"}, kid="strangers")),
    "no key named": (401, _signed({})),
    "key not endorsed for Teams": (403, _signed({"kid": "other-channel"}, kid="other-channel")),
    "other issuer": (401, _claims(iss="https://evil.example")),
    "no issuer": (401, _claims(iss=None)),
    "issuer of Entra": (401, _claims(iss=f"https://sts.windows.net/{TENANT}/", tid=TENANT)),
    "other audience": (401, _claims(aud="99999999-0000-4000-8000-000000000000")),
    "no audience": (401, _claims(aud=None)),
    "several audiences": (401, _claims(aud=[CLIENT, "someone-else"])),
    "ended an hour ago": (401, lambda ms: _claims(exp=int(time.time()) - HOUR)(ms)),
    "ended six minutes ago": (401, lambda ms: _claims(exp=int(time.time()) - 360)(ms)),
    "no end": (401, _claims(exp=None)),
    "end is a word": (401, _claims(exp="soon")),
    "end is infinite": (401, _claims(exp=float("inf"))),
    "not valid for another hour": (401, lambda ms: _claims(nbf=int(time.time()) + HOUR)(ms)),
    "no service URL in the token": (403, _claims(serviceurl=None)),
    "no service URL in the body": (403, _body(serviceUrl=None)),
    "service URL in the body is another": (403, _body(serviceUrl=EVIL)),
    "service URL in the token is another": (403, _claims(serviceurl=EVIL)),
    "both service URLs elsewhere": (403, _both(EVIL)),
    "host that begins like ours": (403, _near(lambda url: f"{url}.evil.example/")),
    "ours as user name": (403, _near(lambda url: f"{url}@evil.example/")),
    "other port": (403, _near(lambda url: url[:-1] + ("1" if url[-1] != "1" else "2"))),
    "service URL unreadable": (403, _both("http://[::1/")),
    "other channel": (403, _body(channelId="webchat")),
    "no channel": (403, _body(channelId=None)),
    "emulator": (403, _body(channelId="emulator")),
    "other tenant": (
        403,
        _body(conversation=_conversation(tenantId=OTHER_TENANT), channelData={"tenant": {"id": OTHER_TENANT}}),
    ),
    "two tenants in one call": (403, _body(channelData={"tenant": {"id": OTHER_TENANT}})),
    "no tenant": (403, _body(conversation=_conversation(tenantId=None), channelData={})),
    "tenant is a list": (403, _body(conversation=_conversation(tenantId=[TENANT]), channelData=None)),
    "no id": (400, _body(id=None)),
    "id is a number": (400, _body(id=7)),
    "no conversation": (400, _body(conversation=None)),
    "conversation that climbs in the address": (400, _body(conversation=_conversation(id="../../other/x"))),
    "conversation of dots": (400, _body(conversation=_conversation(id=".."))),
    "no recipient": (400, _body(recipient=None)),
    "body is a list": (400, lambda ms: (ms.header(), [ms.activity()])),
    "body is a word": (400, lambda ms: (ms.header(), "hej")),
}

VALID: dict[str, Make] = {
    "plain": _body(),
    "clocks four minutes apart, one way": lambda ms: _claims(exp=int(time.time()) - 240)(ms),
    "clocks four minutes apart, the other way": lambda ms: _claims(nbf=int(time.time()) + 240)(ms),
    "service URL without its last slash": lambda ms: (ms.header(), ms.activity(serviceUrl=ms.service_url.rstrip("/"))),
    "tenant in capitals": _body(
        conversation=_conversation(tenantId=TENANT.upper()), channelData={"tenant": {"id": TENANT.upper()}}
    ),
    "tenant named once": _body(channelData={}),
    "bearer in small letters": lambda ms: (ms.header().replace("Bearer", "bearer"), ms.activity()),
}
