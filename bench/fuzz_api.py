"""`make fuzz`, the web API: calls made from its own OpenAPI description (schemathesis), on loopback, bounded.

    pytest bench/fuzz_api.py

Needs schemathesis beside Lotsen's own packages (see the Makefile). The engine is a function; what is tried is the door.
"""

from __future__ import annotations

import atexit
import os
import socket
import tempfile
import threading
from collections import Counter

import httpx
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from bot.gateway.app import SECURITY_HEADERS, create_app
from bot.gateway.engine import EngineClient
from bot.gateway.receiving import BoundedReceiving
from bot.gateway.settings import Settings
from knowledge.reports import Reports
from tests.unit.gateway.conftest import SECRET, FakeEngine

MANY = 10**9
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "100"))  # for each call

app = create_app(
    Settings("http://engine", SECRET, SECRET, messages_per_minute=MANY, sessions_per_minute=MANY),
    EngineClient("http://engine", SECRET, httpx.MockTransport(FakeEngine())),
)
app.state.reports = Reports(f"sqlite:///{tempfile.mkdtemp(prefix='lotsen-fuzz-')}/reports.db")
token = app.state.sessions.issue()
listening = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(app, http=BoundedReceiving, ws="none", log_level="critical", loop="asyncio"))
threading.Thread(target=server.run, args=([listening],), daemon=True).start()
schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{listening.getsockname()[1]}/api/openapi.json")
statuses: Counter[int] = Counter()
atexit.register(lambda: print(f"{statuses.total()} calls answered: {dict(sorted(statuses.items()))}"))


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_call_is_a_failure(case: schemathesis.Case) -> None:
    """Whatever is sent: no failure of the server, the security headers, and errors as the contract has them."""
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    answer = case.call()
    statuses[answer.status_code] += 1
    case.validate_response(answer, checks=[not_a_server_error])
    named = {name.lower() for name in answer.headers}
    assert {name.lower() for name in SECURITY_HEADERS} <= named
    if answer.status_code >= 400 and case.method != "HEAD":
        assert answer.json()["error"]["message"]
