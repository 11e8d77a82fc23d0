"""The connections to an engine: aiohttp's, kept open, behind httpx's interface. httpx's own take four times as long."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import aiohttp
import httpx

IDLE = 3.0  # seconds that a connection is kept; the engine closes it after five
LATE = 0.02  # seconds after its time that a timeout of a loop with nothing else to do may come


class Wire(httpx.AsyncBaseTransport):
    """Sends calls; once more when the engine closed the connection just then, which their ids make safe."""

    def __init__(self) -> None:
        """Prepare; connections are made when they are needed, and need the running loop."""
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one call and return the beginning of its answer.

        Raises:
            httpx.TransportError: if the engine cannot be reached, or breaks off.
        """
        try:
            began = time.monotonic()
            try:
                answer = await self._send(request)
            except aiohttp.ClientConnectorError:
                raise
            except aiohttp.ConnectionTimeoutError:
                if time.monotonic() - began < request.extensions["timeout"]["connect"] + LATE:
                    raise
                answer = await self._send(request)  # this process was too busy to see that it was connected
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                answer = await self._send(request)
        except TimeoutError as error:
            raise httpx.TimeoutException(type(error).__name__) from None
        except aiohttp.ClientConnectorError as error:
            raise httpx.ConnectError(type(error).__name__) from None
        except aiohttp.ClientError as error:
            raise httpx.RemoteProtocolError(type(error).__name__) from None
        return httpx.Response(answer.status, headers=list(answer.headers.items()), stream=_Answer(answer))

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def _send(self, request: httpx.Request) -> aiohttp.ClientResponse:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        limits = request.extensions["timeout"]
        return await self._session.request(
            request.method,
            str(request.url),
            data=await request.aread() or None,
            headers=request.headers.multi_items(),
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(sock_connect=limits["connect"], sock_read=limits["read"]),
        )


class _Answer(httpx.AsyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._answer.content.iter_any():
                yield piece
        except (aiohttp.ClientError, TimeoutError) as error:
            raise httpx.ReadError(type(error).__name__) from None

    async def aclose(self) -> None:
        self._answer.release()
