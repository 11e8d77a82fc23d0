"""A token cannot be guessed, changed or led back to its conversation, and opens that one only."""

from __future__ import annotations

import base64
import re

import httpx
import jwt
import pytest

from bot.gateway.sessions import Sessions, UnknownSession
from tests.unit.gateway.conftest import SECRET, FakeEngine

URL = "/webhooks/web/messages"


def random_part(token: str) -> str:
    return str(jwt.decode(token, SECRET, ["HS256"])["jti"])


def test_tokens_are_random_throughout() -> None:
    sessions = Sessions(SECRET, 60)
    parts = [random_part(sessions.issue()) for _ in range(500)]
    raw = [base64.urlsafe_b64decode(part) for part in parts]
    assert {len(one) for one in raw} == {24}
    assert len(set(raw)) == 500
    # Each of the 192 bits is set in about half of them: 8 standard deviations either side.
    for bit in range(192):
        ones = sum(one[bit // 8] >> bit % 8 & 1 for one in raw)
        assert abs(ones - 250) < 90


def test_a_token_says_nothing_but_its_end() -> None:
    claims = jwt.decode(Sessions(SECRET, 60, lambda: 1000.0).issue(), SECRET, ["HS256"], options={"verify_exp": False})
    assert claims.keys() == {"jti", "exp"}
    assert claims["exp"] == 1060


def test_conversation_and_token_do_not_lead_to_each_other() -> None:
    token = Sessions(SECRET, 60).issue()
    mine, other = (Sessions(secret, 60) for secret in (SECRET, "y" * 40))
    conversation = mine.conversation(token)
    assert re.fullmatch(r"[0-9a-f]{40}", conversation)
    assert random_part(token) not in conversation
    claims = jwt.decode(token, SECRET, ["HS256"])
    assert other.conversation(jwt.encode(claims, "y" * 40, "HS256")) != conversation


def test_no_character_of_a_token_can_be_changed() -> None:
    sessions = Sessions(SECRET, 60)
    token = sessions.issue()
    for place, character in enumerate(token):
        # The last character of each part carries bits that base64 throws away: the bytes are what is signed.
        if token[place : place + 2].endswith(".") or place == len(token) - 1:
            continue
        changed = token[:place] + ("A" if character != "A" else "B") + token[place + 1 :]
        with pytest.raises(UnknownSession):
            sessions.conversation(changed)


@pytest.mark.parametrize("algorithm", ["none", "HS512", "HS384"])
def test_another_algorithm_is_another_token(algorithm: str) -> None:
    key = None if algorithm == "none" else SECRET
    with pytest.raises(UnknownSession):
        Sessions(SECRET, 60).conversation(jwt.encode({"jti": "a" * 32, "exp": 4_000_000_000}, key, algorithm))


@pytest.mark.parametrize("claims", [{"jti": "a"}, {"exp": 4_000_000_000}, {}])
def test_a_token_without_an_end_or_a_random_part_is_none(claims: dict[str, object]) -> None:
    with pytest.raises(UnknownSession):
        Sessions(SECRET, 60).conversation(jwt.encode(claims, SECRET, "HS256"))


async def test_a_token_opens_its_own_conversation_only(client: httpx.AsyncClient, engine: FakeEngine) -> None:
    tokens = [(await client.post("/webhooks/web/session")).json()["session"] for _ in range(3)]
    opened = [call["conversation"] for call in engine.calls]
    for token, conversation in zip(tokens, opened, strict=True):
        header = {"Authorization": f"Bearer {token}"}
        # Whatever else the caller names, the conversation is the token's.
        body = {"message": "hej", "conversation": opened[0], "session": tokens[0], "sender": opened[0]}
        await client.post(f"{URL}?session={tokens[0]}&conversation={opened[0]}", json=body, headers=header)
        assert engine.calls[-1]["conversation"] == conversation
        await client.delete("/webhooks/web/session", headers=header)
        assert engine.forgotten[-1] == f"/conversations/{conversation}"


async def test_the_same_id_in_two_conversations_is_two_messages(client: httpx.AsyncClient, engine: FakeEngine) -> None:
    sent = []
    for _ in range(2):
        token = (await client.post("/webhooks/web/session")).json()["session"]
        await client.post(URL, json={"message": "hej", "id": "1"}, headers={"Authorization": f"Bearer {token}"})
        sent.append(engine.calls[-1]["id"])
    assert sent[0] != sent[1]


async def test_a_token_is_taken_from_the_header_alone(client: httpx.AsyncClient) -> None:
    token = (await client.post("/webhooks/web/session")).json()["session"]
    for answer in (
        await client.get(f"/webhooks/web/situation?authorization=Bearer%20{token}"),
        await client.get("/webhooks/web/situation", headers={"Cookie": f"session={token}"}),
        await client.get(f"/webhooks/web/situation?session={token}"),
    ):
        assert answer.status_code == 401
        assert token not in answer.text
