"""Nothing a person wrote reaches a log, at any level."""

from __future__ import annotations

import logging

import pytest
import structlog
from rasa.utils.log_utils import configure_structlog

from bot.engine import logs

SECRET = "jag bor på Hemliga gatan"


@pytest.fixture(autouse=True)
def quiet() -> None:
    configure_structlog(logging.DEBUG)
    logs.quiet()


def test_text_fields_are_withheld(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    structlog.get_logger("rasa.test").debug("seen", text=SECRET, slot_values=SECRET, parse_data_text=SECRET)
    assert "seen" in caplog.text
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


def test_tracebacks_have_no_local_variables(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    message = SECRET
    try:
        len(message) / 0
    except ZeroDivisionError:
        structlog.get_logger("rasa.test").exception("failed")
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("name", ["rasa", "rasa_sdk", "sanic.root", "sanic.error"])
def test_plain_debug_lines_are_dropped(caplog: pytest.LogCaptureFixture, name: str) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger(name).debug("Received user message '%s'", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger(name).exception("Oops %s", SECRET)
    assert SECRET not in caplog.text
    assert "ValueError" in caplog.text
