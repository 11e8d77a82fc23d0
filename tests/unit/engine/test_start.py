"""Before the engine's door opens."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain

from bot.engine.__main__ import WARM_UP, warm_up


async def test_the_first_turns_are_taken_before_anybody_comes_and_are_kept_nowhere() -> None:
    real, seen, tasks = object(), [], set()

    async def handle_message(message: UserMessage) -> None:
        assert processor.tracker_store is not real
        seen.append(message.text)
        tasks.add(asyncio.current_task())

    processor: Any = SimpleNamespace(tracker_store=real, domain=Domain.empty(), handle_message=handle_message)
    await warm_up(processor)
    assert seen == list(WARM_UP)
    assert len(tasks) == len(WARM_UP)  # the time for the actions of a turn is counted by task
    assert not await processor.tracker_store.keys()
