"""What the scrubber finds and hands on."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """A class of personal identifier; the values are the names of the JSON interface."""

    PERSON = "person"
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    RESERVNUMMER = "reservnummer"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE_ADDRESS = "postcode_address"
    REG_PLATE = "reg_plate"
    USERNAME = "username"
    URL_PROFILE = "url_profile"
    CASE_NUMBER = "case_number"
    BANK_ACCOUNT = "bank_account"
    IBAN = "iban"
    CARD = "card"
    PASSPORT_ID = "passport_id"
    IP = "ip"
    COORDINATES = "coordinates"
    LICENSE_OR_BADGE = "license_or_badge"


# Letters only, so that no detector and no number rule ever fires on a placeholder; kinds that mean the same to the
# reader (bot/nlu) share a word, so that it meets each often enough to learn it.
PLACEHOLDERS: dict[Kind, str] = {
    Kind.PERSON: "PERSONNAMN",
    Kind.PERSONNUMMER: "PERSONNUMMER",
    Kind.SAMORDNINGSNUMMER: "PERSONNUMMER",
    Kind.RESERVNUMMER: "PERSONNUMMER",
    Kind.BIRTH_DATE: "FÖDELSEDATUM",
    Kind.PHONE: "TELEFON",
    Kind.EMAIL: "EPOST",
    Kind.ADDRESS: "ADRESS",
    Kind.POSTCODE_ADDRESS: "POSTADRESS",
    Kind.REG_PLATE: "REGNUMMER",
    Kind.USERNAME: "ANVÄNDARNAMN",
    Kind.URL_PROFILE: "PROFILLÄNK",
    Kind.CASE_NUMBER: "ÄRENDENUMMER",
    Kind.BANK_ACCOUNT: "KONTONUMMER",
    Kind.IBAN: "KONTONUMMER",
    Kind.CARD: "KORTNUMMER",
    Kind.PASSPORT_ID: "IDNUMMER",
    Kind.IP: "IPADRESS",
    Kind.COORDINATES: "KOORDINATER",
    Kind.LICENSE_OR_BADGE: "IDNUMMER",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One identifier: `start` and `end` are character offsets, end exclusive."""

    type: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A text without identifiers.

    Attributes:
        text: the text with every identifier replaced by its placeholder.
        found: what was removed, offsets in the ORIGINAL text, in order, never overlapping.
        facts: what is safe and useful to keep: `age` (years, int), `municipality` and `district` (names).
    """

    text: str
    found: tuple[Found, ...] = ()
    facts: dict[str, str | int] = field(default_factory=dict)
