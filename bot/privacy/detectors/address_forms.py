"""Addresses that no word for a street tells: a bare name with a number, foreign streets, rooms and codes of a door."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_NOT_COUNT = (
    r"(?! ?(?:år|mån|vecka|veckor|dag|dygn|nätter|natt\b|tim|min|ggr|gånger|barn|st\b|stycken|kr\b|kronor|%|procent|"
    r"km|mil\b|m\b|meter|kvm|person|kvinnor|män\b|platser|pers\b|andra|till\b|kap|jan|feb|mars|apr|maj|jun|jul|aug|"
    r"sep|okt|nov|dec|klockan|kl\b|[:.,§]\d))"
)
_NUMBER = rf" (?P<number>\d{{1,3}}(?!\d)(?: ?[a-hA-H](?![^\W_]))?){_NOT_COUNT}"
# Where somebody is or lives, and then a name that may be a street: "hämta mig på Fyrbåken 22".
_BARE = Pattern(
    r"\b(?:adress(?:en)?(?: är| e|:)?|(?:bor|bodde|sover|gömmer mig|gömd)(?: hos \w{2,12})? (?:på|vid|i)|"
    r"(?:jag|ja|vi|hon|han|de|dom) (?:är|e|sitter) (?:på|vid)|(?:hämta|möt|följ|skjutsa) (?:mig|mej|oss|henne|dem) "
    r"(?:på|vid|från|i)|(?:åk|kör|kom|skicka (?:polis|taxi|bil)) till|hem till) "
    rf"(?P<street>(?P<name>[A-Za-zÅÄÖåäöé]{{5,25}}){_NUMBER})",
    re.IGNORECASE,
)
# "Lilla Påhittet 4, Värmdö": a farm or a summer house with its place.
_WITH_PLACE = Pattern(
    r"(?<![^\W_])(?P<street>(?:(?:Lilla|Stora|Norra|Södra|Västra|Östra|Gamla|Nya|Övre|Nedre) [A-ZÅÄÖ][a-zåäöé]{3,24}|"
    rf"(?P<name>[A-ZÅÄÖ][a-zåäöé]{{4,24}}(?:en|et|an)))"
    rf"{_NUMBER}),? (?:i )?(?P<place>[A-ZÅÄÖ][a-zåäö]{{2,25}})"
)
_FOREIGN = Pattern(
    r"(?<![^\W_])(?:\d{1,4}[A-Za-z]?,? (?:[A-Z][a-z]{2,20} ){1,2}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|"
    r"Court)(?![^\W_])"
    r"|\d{1,4}(?: ?bis)?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace) "
    r"(?:(?:de|du|des|la|le|les|d'|l') ?){0,2}[A-Z]\w{2,20}"
    r"|(?:[Uu]l\.|[Uu]lica|[Cc]alle|Via|[Rr]ua|[Rr]ue|[Aa]venida|[Ss]trada|[Ss]tr\.|[Bb]ulevar) "
    r"(?:(?:de|la|el|do|da|di) ){0,2}[A-ZÅÄÖ]\w{2,20}(?: [A-Z]\w{2,20})?,? \d{1,3}(?!\d)(?! \d)(?: ?[/m] ?\d{1,3})?"
    r"|[A-ZÅÄÖØÆ][\wøæß]{2,25}(?:straße|strasse|strase|katu|kuja|gade|vej|veien|vei|gate|laan|straat|platz|weg|allee) "
    r"\d{1,3}(?!\d)(?: ?[A-Za-z](?![^\W_]))?(?: \d{1,3}(?!\d))?"
    r"|(?:[A-ZÇŞİÖÜ]\w{2,20} ){1,2}(?:[Cc]addesi|[Ss]okak|[Ss]okağı|[Cc]d\.|[Ss]k\.),? (?:[Nn]o:? ?)?\d{1,3}(?!\d))"
    + _NOT_COUNT
)
# Rooms and cottages of a place to stay; a room in a hospital or court stays.
_LODGING = (
    r"(?:hotell?\w{0,12}|vandrarhem\w{0,4}|motell\w{0,2}|camping\w{0,6}|härbärge\w{0,2}|pensionat\w{0,2}|"
    r"airbnb\w{0,2}|stugby\w{0,3})"
)
_LODGED = Pattern(
    rf"\b{_LODGING}[^\d\n.]{{0,25}}?(?P<room>(?:rum|stuga|tält)(?: nr| nummer)? ?\d{{1,4}})(?!\d)"
    rf"|\b(?P<before>(?:rum|stuga|tält)(?: nr| nummer)? ?\d{{1,4}})(?= (?:på|i|vid) [a-zåäö ]{{0,12}}{_LODGING})",
    re.IGNORECASE,
)
_DOOR = Pattern(
    r"(?<![^\W_])(?:(?:port|dörr)(?:kod(?:en)?(?: är)?:? \d\d[- ]\d\d|telefon(?:en)?(?: är)?:? \d{3,4})(?!\d)"
    r"|(?:studentrum(?:met)?|korridor(?:en|srum)?|koloni(?:lott|stuga)(?:en|n)?) (?:nr\.? )?\d{1,4}(?!\d)"
    rf"(?:[ ,]{{1,2}}rum \d{{1,4}}(?!\d))?{_NOT_COUNT})",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:avd|rum|sal|linje|buss|plats|plattform|kapitel|sida|steg|nivå|grupp|klass|årskurs|enhet|port|spår|våning|zon|"
    r"mottagning|boende|kvinnojour|modul|hus|plan)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def detect(view: str, is_place: Callable[[str], bool]) -> Iterator[Found]:
    """Yield such addresses; places of the county and words that a dictionary holds are no street ("avdelning 4")."""
    for match in _BARE.finditer(view):
        name = match["name"]
        # In lower case one digit says too little: "jag är på friskis 3".
        enough = name[0].isupper() or len(match["number"]) > 1
        told = name[0].isupper() or match[0][:6].lower() == "adress"
        plain = name.lower() in read_words("common_words.txt") if told else _is_word(name.lower())
        if enough and not plain and not is_place(name) and not _is_name(name.lower()) and not _NO_NAME.match(name):
            yield Found(Kind.ADDRESS, *match.span("street"))
    for match in _WITH_PLACE.finditer(view):
        name = (match["name"] or "").lower()
        if is_place(match["place"]) and not _is_word(name) and not _is_name(name) and not is_place(name):
            yield Found(Kind.ADDRESS, *match.span("street"))
    for pattern in (_FOREIGN, _DOOR):
        for match in pattern.finditer(view):
            if not _YEAR.search(match[0]):
                yield Found(Kind.ADDRESS, *match.span())
    for match in _LODGED.finditer(view):
        yield Found(Kind.ADDRESS, *match.span("room" if match["room"] else "before"))


def _is_word(name: str) -> bool:
    return bool(name) and vocabulary.is_ordinary(name)


def _is_name(name: str) -> bool:
    """Whether it is a first name: "Kristian 14, Nacka" tells an age, and that decides which help there is."""
    return any(name in read_words(f"{listed}.txt") for listed in ("first_names", "first_names_more", "ambiguous_names"))
