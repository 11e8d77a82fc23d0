"""Logs without a word of what a person wrote."""

from __future__ import annotations

import logging
from typing import Any

import pluggy
import structlog
from rasa.plugin import plugin_manager
from structlog.tracebacks import ExceptionDictTransformer

WITHHELD = "…"


class _Withhold:
    """Rasa's own switch for anonymised logs: every field that can hold text, slots or entities is replaced."""

    def run(self, event: dict[str, Any]) -> dict[str, Any]:
        """Leave events as they are: the gateway has scrubbed them."""
        return event

    def log_run(self, data: Any) -> str:
        """Replace what was to be logged."""
        return WITHHELD


class _Plugin:
    @pluggy.HookimplMarker("rasa")
    def get_anonymization_pipeline(self) -> _Withhold:
        return _Withhold()


def quiet() -> None:
    """Make every log line of the engine's process free of text, slots and local variables, at debug level too.

    Rasa renders exceptions with the local variables of each frame, the person's message among them. Its loggers are
    cached with their processors, so the list is changed in place.
    """
    if not plugin_manager().has_plugin("lotsen"):
        plugin_manager().register(_Plugin(), name="lotsen")
    processors = structlog.get_config()["processors"]
    without_locals = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    for place, processor in enumerate(processors):
        if isinstance(processor, structlog.processors.ExceptionRenderer):
            processors[place] = without_locals
    for name in ("rasa", "rasa_sdk", "sanic.root", "sanic.error"):
        for handler in (logging.getLogger(name), *logging.getLogger(name).handlers):
            handler.addFilter(_without_text)


def _without_text(record: logging.LogRecord) -> bool:
    """Keep plain log lines only from warning level on: debug lines of Rasa hold trackers, those of Sanic addresses."""
    if record.levelno < logging.WARNING and isinstance(record.msg, str) and not record.msg.startswith("{"):
        return False
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args, record.exc_info = f"{record.name}: {record.exc_info[0].__name__}", (), None
    return True
