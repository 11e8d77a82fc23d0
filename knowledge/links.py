"""Checks that the links of the facts still lead somewhere: few at once, one question at a time to each host."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

AGENT = "Lotsen-lankkontroll/1.0"
MOST_REDIRECTS = 5
_NO_HEAD = {400, 403, 404, 405, 501}  # some servers answer HEAD so for a page that is there


@dataclass(frozen=True)
class LinkResult:
    """What came of one address: `status` of the last answer, `None` when there was none; `final` where it led."""

    url: str
    users: tuple[str, ...]
    status: int | None
    final: str | None
    problem: str | None

    @property
    def works(self) -> bool:
        """The address leads to a page, possibly another one."""
        return self.problem is None

    @property
    def moved(self) -> bool:
        """The page has another address now; one more slash or the step to https is the same page."""
        return self.works and self.final is not None and _bare(self.final) != _bare(self.url)


def links_of(services: Iterable[Mapping[str, Any]], sources: bool = False) -> dict[str, tuple[str, ...]]:
    """Return every address that users are shown, with the services that have it; with `sources` those, too."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in services:
        urls = [entry["url"], entry["chat"]]
        urls += [source["url"] for source in entry["sources"]] if sources else []
        for url in dict.fromkeys(filter(None, urls)):
            found[url].append(entry["id"])
    return {url: tuple(users) for url, users in found.items()}


async def check_links(
    links: Mapping[str, tuple[str, ...]], at_once: int = 8, seconds: float = 10, client: httpx.AsyncClient | None = None
) -> list[LinkResult]:
    """Ask for every address and return what came of it, in the order given.

    Args:
        links: address -> ids of the services that have it.
        at_once: how many hosts are asked at a time; one host gets one question at a time.
        seconds: how long to wait for each answer.
        client: to ask with; by default one that follows redirects.
    """
    slots, hosts = asyncio.Semaphore(at_once), defaultdict[str, asyncio.Lock](asyncio.Lock)
    limits: dict[str, Any] = {"timeout": seconds, "max_redirects": MOST_REDIRECTS, "follow_redirects": True}
    async with client or httpx.AsyncClient(headers={"User-Agent": AGENT}, **limits) as http:

        async def check(url: str, users: tuple[str, ...]) -> LinkResult:
            async with hosts[_host(url)], slots:
                return await _check(http, url, users)

        return list(await asyncio.gather(*(check(url, users) for url, users in links.items())))


async def _check(http: httpx.AsyncClient, url: str, users: tuple[str, ...]) -> LinkResult:
    try:
        answer = await http.head(url)
        if answer.status_code in _NO_HEAD:
            async with http.stream("GET", url) as answer:  # the head of the page is enough
                pass
    except httpx.TooManyRedirects:
        return LinkResult(url, users, None, None, "leder runt i cirkel")
    except httpx.TimeoutException:
        return LinkResult(url, users, None, None, "svarar inte i tid")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return LinkResult(url, users, None, None, f"går inte att nå ({type(error).__name__})")
    problem = f"svarar {answer.status_code}" if answer.status_code >= 400 else None
    return LinkResult(url, users, answer.status_code, str(answer.url), problem)


def _host(url: str) -> str:
    """The host by its letters only: an address may be no address at all."""
    return url.partition("//")[2].partition("/")[0]


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def table(results: Iterable[LinkResult]) -> str:
    """Return what needs an editor, as text: what is broken first, then what has moved."""
    results = list(results)
    lines = [f"{one.problem}: {one.url}\n  {', '.join(one.users)}" for one in results if not one.works]
    lines += [f"har flyttat: {one.url}\n  till {one.final}\n  {', '.join(one.users)}" for one in results if one.moved]
    working = sum(one.works for one in results)
    return "\n".join([*lines, f"{working} av {len(results)} länkar fungerar."])
