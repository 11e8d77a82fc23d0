"""Street addresses with number, floor and flat; c/o; door codes. The place name stays in the text: it decides the help.

A street without a number is a public place ("vid Sveavägen") unless the text says that somebody lives there.
"""

import re
from collections.abc import Callable, Iterator

from bot.privacy.types import Found, Kind

_W = r"[A-Za-zÅÄÖåäöéüÉ:'\-]"
_STRONG = (
    r"(?:gatan|gata|vägen|vagen|väg|vag|gränden?|granden?|stigen?|stig|allén?|allen?|torget|torg|esplanaden|"
    r"backen|backe|kajen|kaj|slingan|svängen|platsen|plats|terrassen|kroken|stråket|ringen|plan)"
)
_WEAK = r"(?:gården?|dalen?|ängen|hagen|skogen|parken|höjden|åsen|lunden|leden|strand|kullen|hamnen|bron|varvet|liden|berget|trappan|sund)"
_EXTRA = (
    r"(?:[ ,]{1,3}(?:\d{1,2} ?tr(?:appor|appa)?\.?\b|vån(?:ing(?:en)?)?\.? ?\d{1,2}\b|\d{1,2}(?:a|:a|e|:e)? vån(?:ing(?:en)?)?\b|"
    r"(?:lgh|lägenhet(?:snr|snummer)?|lght?nr)\.? ?(?:nr\.? ?)?\d{1,4}\b|nb\b|bv\b|uppg(?:ång)?\.? ?\w\b|port(?:en)?\.? ?\w{1,2}\b|"
    r"(?:port)?kod(?:en)?:? ?\d{4}\b)){0,4}"
)
_NOT_UNIT = r"(?! ?(?:min|år|ggr|gånger|barn|dag|kl\b|person|st\b|timm|tim\b|månad|veck|%|kr\b|km|meter|m\b|poliser|gubbar|killar|procent|:\d))"
_NUMBER = rf"[ ,]{{1,2}}(?:nr\.? ?)?\d{{1,4}}(?!\d)(?:[ ]?(?:[A-Ha-h](?![^\W_])))?(?:-\d{{1,3}}\b)?{_NOT_UNIT}"
_LEAD = r"(?:(?:[A-ZÅÄÖ][a-zåäöéü]{1,20}|S:t|S:ta|[Ss]ankt|[Ss]ankta|stora|lilla|västra|östra|norra|södra|nya|gamla|övre|nedre|yttre|inre)[ ]){0,3}"
_SEPARATE = r"(?:[A-ZÅÄÖ][a-zåäöéü]{1,20}(?: [IVX]{1,4}:s)?|[a-zåäöéü]{2,20}s) (?:gata|väg|gränd|torg|plan|plats|backe|allé|stig|park|kaj|minne)"
_STREET = re.compile(rf"(?<!\w)(?:{_LEAD}{_W}{{2,30}}{_STRONG}|{_LEAD}{_SEPARATE}){_NUMBER}{_EXTRA}", re.IGNORECASE)
_WEAK_STREET = re.compile(rf"(?<!\w){_LEAD}[A-ZÅÄÖ]{_W}{{2,30}}{_WEAK}{_NUMBER}{_EXTRA}")
_LIVES = r"(?:\bbor(?: just nu| nu| kvar| hemma)?(?: hos \w{2,10})? (?:på|i|vid)|\bbodde på|\bflytta\w{0,3} (?:till|in på)|\badress(?:en)?(?: är)?|\bhem(?:ma)? (?:på|till)|\bbosatt på|\bskriven på)"
_LIVED = re.compile(
    rf"{_LIVES}[ :]{{1,3}}(?P<street>(?:{_LEAD}{_W}{{2,30}}(?:{_STRONG}|{_WEAK})|{_LEAD}{_SEPARATE})(?:{_NUMBER}{_EXTRA})?)(?!\w)",
    re.IGNORECASE,
)
_ADDRESS_CUE = re.compile(
    rf"(?:\badress(?:en)?(?: är|:)|\bbor på)[ :]{{1,3}}(?P<street>[A-ZÅÄÖa-zåäö][A-Za-zåäöÅÄÖé]{{2,25}}(?: [A-ZÅÄÖ][a-zåäö]{{2,20}})?{_NUMBER}{_EXTRA})",
    re.IGNORECASE,
)
_CARE_OF = re.compile(
    r"(?<!\w)c ?[/\\] ?o:? [A-ZÅÄÖa-zåäöé][\w\-é]{1,25}(?: [A-ZÅÄÖ][\w\-é]{1,25}){0,2}", re.IGNORECASE
)
_CARE_OF_TAIL = re.compile(r" (?:i|på|vid|och|som|hos|just|nu|tills)\b.*", re.IGNORECASE | re.DOTALL)
_DETAIL = re.compile(
    r"(?<!\w)(?:(?:lgh|lägenhet(?:snr|snummer)?|lght?nr|lägenhets nr)\.? ?(?:nr\.?|nummer|är|:)? ?\d{1,4}(?: ?[A-Z]\b)?|"
    r"(?:port|dörr)?kod(?:en)?(?: till porten)?(?: är|:)? ?\d{4}\b|\d{1,2} ?tr\b|\bvån(?:ing)? \d{1,2} lgh \d{1,4})",
    re.IGNORECASE,
)
_NO_STREET = frozenset(
    "bondgården ungdomsgården skolgården herrgården kyrkogården trädgården förgården innergården bakgården övervägen hemvägen "
    "genväg omväg motorvägen riksväg länsväg landsvägen järnväg utväg skolväg körväg avväg frågeplan handlingsplan vårdplan "
    "genomförandeplan säkerhetsplan krisplan läroplan stödplan räddningsplan arbetsplats mötesplats boplats plats lekplats "
    "parkeringen skyddsplats akutplats vårdplats sovplats parkeringsplats dagisplats förskoleplats boendeplats handlingsplanen".split()
)


def detect(view: str, is_place: Callable[[str], bool]) -> Iterator[Found]:
    """Yield addresses; places of the county and ordinary words that end like a street ("säkerhetsplan 2") stay."""
    for pattern in (_STREET, _WEAK_STREET, _LIVED, _ADDRESS_CUE):
        for match in pattern.finditer(view):
            group = "street" if "street" in pattern.groupindex else 0
            start = match.start(group) + _lead_in(match[group])
            street = view[start : match.end(group)]
            words = re.split(r"[ ,]*(?=\d)|,", street)[0].strip().lower()
            numbered = any(char.isdigit() for char in street)
            place = is_place(words) or is_place(words.split(" ")[-1])
            if words.split(" ")[-1] not in _NO_STREET and (numbered or not place) and not (place and "," in street):
                yield Found(Kind.ADDRESS, start, match.end(group))
    for match in _CARE_OF.finditer(view):
        yield Found(Kind.ADDRESS, match.start(), match.start() + len(_CARE_OF_TAIL.sub("", match[0])))
    for match in _DETAIL.finditer(view):
        yield Found(Kind.ADDRESS, match.start(), match.end())


def _lead_in(street: str) -> int:
    """Length of words before the street that case-blind matching drew in ("bor på Storgatan 3")."""
    lead = re.match(
        r"(?:(?:jag|hon|han|vi|de|dom|bor|på|i|vid|till|hem|från|adressen?|är|och|min|mitt|vår|hans|hennes|deras|den|en|gatuadress|nu|hos|mig|oss)[ :]+)+",
        street,
        re.IGNORECASE,
    )
    return lead.end() if lead else 0
