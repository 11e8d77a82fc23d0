"""Invented identifiers that are planted, and how to find what is left of them.

Numbers come from series that belong to nobody: Skatteverket's test personnummer (98x), PTS's numbers for fiction,
example.org, the documentation ranges of RFC 5737, cards that begin with 9 (ISO/IEC 7812: not issued). Names and streets
are made of syllables.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, quote_plus

import numpy as np
from stdnum import luhn

from bot.privacy import Kind

EACH = 10  # canaries of every kind
_PTS_SERIES = ((("070-174 06 {:02}"), range(5, 100)), (("031-390 06 {:02}"), range(100)),
               (("040-628 04 {:02}"), range(100)), (("08-465 004 {:02}"), range(100)))  # fmt: skip
_IPS = ("192.0.2.{}", "198.51.100.{}", "203.0.113.{}")
_HEAD = ("Brok", "Tvarn", "Skrul", "Vrem", "Plost", "Grunk", "Kvarp", "Snorv", "Fjutt", "Drisk")
_MIDDLE = ("ula", "ine", "aro", "evi", "omi", "ure", "ada", "iso")
_TAIL = ("kvist", "lund", "dahl", "blad", "gren", "fors")


@dataclass(frozen=True)
class Canary:
    """One identifier: as typed, in a sentence in which it is found, and the parts that would give it away."""

    kind: Kind
    text: str
    sentence: str
    marks: tuple[str, ...]


def hatch(rng: random.Random, taken: bytes, each: int = EACH) -> list[Canary]:
    """Return `each` canaries of every kind; none has a mark that occurs in `taken` or in another canary."""
    makers = _makers(rng)
    used: set[str] = set()
    flock = []
    for kind in Kind:
        mine: list[Canary] = []
        while len(mine) < each:
            text, sentence, extra = makers[kind]()
            marks = tuple(dict.fromkeys((text, *extra, *(mark.lower() for mark in (text, *extra)))))
            if any(mark in used or mark.encode() in taken for mark in marks):
                continue
            used.update(marks)
            mine.append(Canary(kind, text, sentence.format(text), marks))
        flock += mine
    return flock


def _makers(rng: random.Random) -> dict[Kind, Callable[[], tuple[str, str, tuple[str, ...]]]]:
    phones = [form.format(last) for form, lasts in _PTS_SERIES for last in lasts]
    rng.shuffle(phones)

    def digits(count: int) -> str:
        return "".join(rng.choices("0123456789", k=count))

    def word() -> str:
        return rng.choice(_HEAD) + rng.choice(_MIDDLE) + rng.choice(_TAIL)

    def day() -> date:
        return date(1935, 1, 1) + timedelta(days=rng.randrange(27_000))

    def serial(born: str) -> tuple[str, str]:
        start = f"{born}98{rng.randrange(10)}"
        last = f"{start[-3:]}{luhn.calc_check_digit(start[2:])}"
        return f"{born}-{last}", f"{born}{last}"

    def personnummer() -> tuple[str, str, tuple[str, ...]]:
        text, glued = serial(f"{day():%Y%m%d}")
        return text, "Mitt personnummer är {}.", (glued, text[2:], glued[2:])

    def samordningsnummer() -> tuple[str, str, tuple[str, ...]]:
        born = day()
        text, glued = serial(f"{born:%Y%m}{born.day + 60}")
        return text, "Hon har samordningsnummer {}.", (glued, text[2:], glued[2:])

    def reservnummer() -> tuple[str, str, tuple[str, ...]]:
        text = f"{day():%Y%m%d}-TF{digits(2)}"
        return text, "Hon har reservnummer {}.", (text.replace("-", ""), text[2:])

    def person() -> tuple[str, str, tuple[str, ...]]:
        first, last = rng.choice(_HEAD) + rng.choice(_MIDDLE) + rng.choice("lnrst") + "a", word() + "sson"
        return f"{first} {last}", "Jag heter {} och behöver hjälp.", (first, last)

    def phone() -> tuple[str, str, tuple[str, ...]]:
        text = phones.pop()
        glued = re.sub(r"\D", "", text)
        return text, "Ring mig på {}.", (glued, glued[1:])

    def address() -> tuple[str, str, tuple[str, ...]]:
        street = word() + rng.choice(("gatan", "vägen", "stigen"))
        return f"{street} {rng.randrange(2, 90)}", "Jag bor på {}.", (street,)

    def postcode() -> tuple[str, str, tuple[str, ...]]:
        return f"1{digits(2)} {digits(2)}", "Min postadress är {} Tumba.", ()

    def plate() -> tuple[str, str, tuple[str, ...]]:
        letters = "".join(rng.choices("BCDFGHJKLMNPRSTXZ", k=3))
        text = f"{letters} {digits(2)}{rng.choice('DEFGHJ')}"
        return text, "Hans bil har registreringsnummer {}.", (text.replace(" ", ""),)

    def case() -> tuple[str, str, tuple[str, ...]]:
        text = f"5000-K{digits(6)}-26"
        return text, "Polisanmälan har nummer {}.", (text[5:12],)

    def account() -> tuple[str, str, tuple[str, ...]]:
        text = f"8327-9 {digits(3)} {digits(3)} {digits(3)}"
        return text, "Mitt kontonummer är {}.", (re.sub(r"\D", "", text), text[7:])

    def iban() -> tuple[str, str, tuple[str, ...]]:
        account = f"500000000583{digits(8)}"
        glued = f"SE{98 - int(f'{account}281400') % 97:02}{account}"
        text = " ".join(glued[i : i + 4] for i in range(0, 24, 4))
        return text, "Mitt IBAN är {}.", (glued, glued[-12:])

    def card() -> tuple[str, str, tuple[str, ...]]:
        glued = f"9{digits(15)}"
        return " ".join(glued[i : i + 4] for i in range(0, 16, 4)), "Mitt kort är {}.", (glued,)

    def username() -> tuple[str, str, tuple[str, ...]]:
        handle = f"{word().lower()}_{digits(3)}"
        return f"@{handle}", "Hans användarnamn är {} på snap.", (handle,)

    def profile() -> tuple[str, str, tuple[str, ...]]:
        handle = f"{word().lower()}.{digits(3)}"
        return f"https://www.instagram.com/{handle}", "Hans profil är {}", (handle,)

    def coordinates() -> tuple[str, str, tuple[str, ...]]:
        north, east = f"59.{digits(6)}", f"18.{digits(6)}"
        return f"{north}, {east}", "Vi är på {}.", (north, east)

    return {
        Kind.PERSON: person,
        Kind.PERSONNUMMER: personnummer,
        Kind.SAMORDNINGSNUMMER: samordningsnummer,
        Kind.RESERVNUMMER: reservnummer,
        Kind.BIRTH_DATE: lambda: (f"{day():%Y-%m-%d}", "Hon är född {}.", ()),
        Kind.PHONE: phone,
        Kind.EMAIL: lambda: (f"{word().lower()}@example.org", "Mejla till {}.", ()),
        Kind.ADDRESS: address,
        Kind.POSTCODE_ADDRESS: postcode,
        Kind.REG_PLATE: plate,
        Kind.USERNAME: username,
        Kind.URL_PROFILE: profile,
        Kind.CASE_NUMBER: case,
        Kind.BANK_ACCOUNT: account,
        Kind.IBAN: iban,
        Kind.CARD: card,
        Kind.PASSPORT_ID: lambda: (f"AA{digits(7)}", "Passnumret är {}.", ()),
        Kind.IP: lambda: (rng.choice(_IPS).format(rng.randrange(1, 255)), "Hans ip-adress är {}.", ()),
        Kind.COORDINATES: coordinates,
        Kind.LICENSE_OR_BADGE: lambda: (f"VL-{digits(7)}", "Tjänstenumret är {}.", ()),
    }


class Searcher:
    """Finds what is left of canaries in bytes: UTF-8, Latin-1, UTF-16, UTF-32, escaped for JSON or for an address."""

    def __init__(self, flock: Iterable[Canary]) -> None:
        """Prepare the marks."""
        self._needles: dict[bytes, Canary] = {}
        for canary in flock:
            for mark in canary.marks:
                for form in (mark, quote(mark), quote_plus(mark), mark.encode("unicode_escape").decode()):
                    for encoding in ("utf-8", "latin-1", "utf-16-le", "utf-32-le"):
                        self._needles[form.encode(encoding)] = canary
        # All needles at once, in two steps: is there a pair of bytes that begins one, and then which one is it?
        self._by_start: dict[bytes, list[bytes]] = {}
        self._begins = np.zeros(1 << 16, bool)
        self._goes_on = np.zeros(1 << 16, bool)
        for needle in self._needles:
            self._by_start.setdefault(needle[:5], []).append(needle)
            self._begins[needle[0] | needle[1] << 8] = True
            self._goes_on[needle[2] | needle[3] << 8] = True
        self.longest = max(map(len, self._needles))

    def find(self, data: bytes) -> Iterator[tuple[Canary, int]]:
        """Yield each canary with the place where it stands; one inside a longer word or number does not count."""
        if len(data) < 5:
            return
        codes = np.frombuffer(data, np.uint8)
        pairs = codes[:-1] | codes[1:].astype(np.uint16) << 8
        places = np.flatnonzero(self._begins[pairs[:-3]])
        places = places[self._goes_on[pairs[places + 2]]]
        for place in places.tolist():
            for needle in self._by_start.get(data[place : place + 5], ()):
                end = place + len(needle)
                if data[place:end] == needle and not _goes_on(data, place, end):
                    yield self._needles[needle], place

    def in_files(self, files: Iterable[Path]) -> list[tuple[Path, Canary]]:
        """Return every file that holds a canary, by content or by name."""
        found = []
        for file in files:
            try:
                data = file.read_bytes()
            except OSError:  # gone, or another process's
                continue
            found += [(file, canary) for canary in {canary for canary, _ in self.find(data + b"\0" + bytes(file))}]
        return found


def _goes_on(data: bytes, start: int, end: int) -> bool:
    """Whether a short number is only a part of a longer one."""
    return end - start < 10 and (data[start - 1 : start].isdigit() or data[end : end + 1].isdigit())
