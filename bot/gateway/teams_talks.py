"""A conversation in Teams: what is done with what somebody says, presses or installs, and what is sent back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from microsoft_teams.api import TypingActivityInput
from starlette.datastructures import State

from bot.gateway import cards, reports
from bot.gateway.copy import say
from bot.gateway.engine import EngineUnavailable, UnknownConversation
from bot.gateway.errors import Refused
from bot.gateway.teams_activity import Address, Incoming
from bot.gateway.teams_connector import Connector
from bot.gateway.teams_language import ENGLISH, SWEDISH, Languages, asked
from bot.gateway.teams_names import Pseudonyms
from bot.gateway.turns import Message, take_turn

MAX_TEXT = 2000  # characters
TYPING_AFTER = 0.4  # seconds until "writes …" is shown
GREETING = "hej"


@dataclass(frozen=True, repr=False)
class Talk:
    """A conversation: where its answers go, what the engine calls it, and the channel of its language."""

    address: Address
    name: str
    channel: str


class Talks:
    """Takes what a call brings, after it was checked, and sends the answers."""

    def __init__(self, state: State, connector: Connector) -> None:
        """Take the gateway's state and the way back to Teams."""
        self._state = state
        self._engine = state.engine
        self._settings = state.settings.teams
        self._connector = connector
        self._names = Pseudonyms(state.settings.session_secret)
        self._languages = Languages()
        self._told = state.shared.limit("teams begun", 1)

    async def take(self, incoming: Incoming, once: str) -> None:
        """Do what the activity asks for; `once` is its own name, the same when it is sent again."""
        if not incoming.address.personal:
            told = f"group {incoming.address.conversation}"
            if incoming.kind != "leave" and not await self._told.wait(told):
                await self._invite(incoming)
            return
        talk = self._talk(incoming)
        if incoming.kind == "leave":
            await self._engine.forget(talk.name)
        elif incoming.kind == "start":
            # Teams tells of an installation twice, in two ways.
            if not await self._told.wait(f"start {talk.name}"):
                await self._answer(talk, self._greeting(talk, once))
        elif incoming.report:
            await self._report(talk, *incoming.report)
        elif channel := asked(incoming.text):
            self._languages.choose(talk.name, channel)
            talk = self._talk(incoming)
            await self._answer(talk, self._greeting(talk, once))
        elif not incoming.text:
            await self._say(talk, "utter_teams_only_text")
        elif len(incoming.text) > MAX_TEXT:
            await self._say(talk, "utter_error_too_long")
        else:
            await self._answer(talk, self._turn(talk, incoming.text, once))

    async def tell(self, incoming: Incoming, response: str, **facts: object) -> None:
        """Say one thing, in the language of the conversation; nothing among others."""
        if incoming.address.personal:
            await self._say(self._talk(incoming), response, **facts)

    def _talk(self, incoming: Incoming) -> Talk:
        name = self._names.name(incoming.tenant, incoming.address.conversation)
        return Talk(incoming.address, name, self._languages.channel(name, incoming.english))

    async def _turn(self, talk: Talk, text: str, once: str) -> AsyncIterator[Message]:
        """Yield the answers. A conversation that the engine does not know is begun, with the notice."""
        card = self._emergency_card(talk)
        notice: Message | None = None
        try:
            try:
                async for message in take_turn(self._engine, talk.name, talk.channel, text, once, card):
                    yield message
            except UnknownConversation:  # always before the first message
                await self._engine.start(talk.name, talk.channel)
                notice = _notice(talk)
                async for message in take_turn(self._engine, talk.name, talk.channel, text, once, card):
                    if notice and message.get("custom", {}).get("kind") != "emergency":
                        yield notice
                        notice = None
                    yield message
        except (EngineUnavailable, UnknownConversation):
            yield card
        if notice:
            yield notice

    async def _greeting(self, talk: Talk, once: str) -> AsyncIterator[Message]:
        """Yield the notice and the greeting; one that is greeted in mid-conversation is asked how to go on."""
        card = self._emergency_card(talk)
        yield _notice(talk)
        try:
            messages = await self._engine.start(talk.name, talk.channel)
            for message in messages:
                yield message
            if not messages:
                async for message in take_turn(self._engine, talk.name, talk.channel, GREETING, once, card):
                    yield message
        except (EngineUnavailable, UnknownConversation):
            yield card

    async def _report(self, talk: Talk, service: str, field: str | None) -> None:
        """Ask what is wrong about a service, or count the report when that has been said."""
        found = self._state.directory.get(service)
        if field is None and found:
            text = say("utter_teams_what_is_wrong", talk.channel, name=found.name)
            await self._connector.send(talk.address, cards.what_is_wrong(text, found, talk.channel))
            return
        if wait := await self._state.report_limit.wait(talk.name):
            await self._say(talk, "utter_error_too_many", seconds=wait)
            return
        try:
            await reports.keep(self._state, service, field)
        except Refused:
            await self._say(talk, "utter_teams_report_failed")
        else:
            await self._say(talk, "utter_teams_report_thanks")

    async def _answer(self, talk: Talk, answers: AsyncIterator[Message]) -> None:
        """Send the answers in order, and "writes …" beside them, which must not hold them up."""
        first = asyncio.ensure_future(anext(answers))
        writes = asyncio.ensure_future(self._writes(talk.address))
        try:
            message = await first
        finally:
            writes.cancel()
        shown: set[str] = set()
        await self._send(talk, message, shown)
        async for message in answers:
            await self._send(talk, message, shown)

    async def _writes(self, address: Address) -> None:
        await asyncio.sleep(TYPING_AFTER)
        await self._connector.send(address, TypingActivityInput())

    async def _send(self, talk: Talk, message: Message, shown: set[str]) -> None:
        for activity in cards.activities(message, self._settings.public_url, shown, talk.channel):
            await self._connector.send(talk.address, activity)

    async def _say(self, talk: Talk, response: str, **facts: object) -> None:
        await self._send(talk, {"text": say(response, talk.channel, **facts), "buttons": []}, set())

    async def _invite(self, incoming: Incoming) -> None:
        channel = ENGLISH if incoming.english else SWEDISH
        title = "Private chat" if incoming.english else "Skriv privat"
        url = f"https://teams.microsoft.com/l/chat/0/0?users=28:{self._settings.client_id}"
        invitation = cards.invitation(say("utter_teams_group", channel), title, url, channel)
        await self._connector.send(incoming.address, invitation)

    def _emergency_card(self, talk: Talk) -> Message:
        card: Message = self._state.emergency_card
        return {**card, "text": say("utter_error_unavailable", talk.channel)}


def _notice(talk: Talk) -> Message:
    """Tell who else may read, with a button for the other language."""
    other = "Svenska" if talk.channel == ENGLISH else "English"
    return {"text": say("utter_teams_notice", talk.channel), "buttons": [{"title": other, "payload": other}]}
