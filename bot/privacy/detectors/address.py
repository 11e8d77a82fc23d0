"""Street addresses with number, floor and flat; c/o; door codes. The place name stays in the text: it decides the help.

A street without a number is a public place ("vid Sveavägen") unless the text says that somebody lives there.
"""

import re
from collections.abc import Callable, Iterator

from bot.privacy.detectors import address_forms
from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_W = r"[A-Za-zÅÄÖåäöéüÉ:'\-]"
_STRONG = (
    r"(?i:gatans?|gata|gattan|gatn|vägens?|vagens?|vägn|väge|vägem|vegen|väggen|vgen|vägne|stign|stgen|gtan|"
    r"gaten|gatna|vägrn|vägdn|väg|vag|gränd(?:en)?|"
    r"grand(?:en)?|stigen?|"
    r"stig|allén?|allen?|torget|torg"
    r"|esplanaden|"
    r"backen|backe|kajen|kaj|slingan|svängen|platsen|terrassen|kroken|stråket|ringen|plan)"
)
_WEAK = (
    r"(?i:gård(?:en)?|dal(?:en)?|äng(?:en)?|hage(?:n)?|skog(?:en)?|park(?:en)?|höjd(?:en)?|ås(?:en)?|"
    r"lund(?:en)?|led(?:en)?|strand(?:en)?|kulle(?:n)?|"
    r"hamn(?:en)?|bro(?:n)?|varv(?:et)?|lid(?:en)?|berg(?:et)?|trappa(?:n)?|trappor(?:na)?|sund(?:et)?|"
    r"udd(?:en)?|vik(?:en)?|tomt(?:en)?|torp(?:et)?|mosse(?:n)?|holme(?:n)?|"
    r"näs(?:et)?|sätra|löt(?:en)?|gärde(?:t)?|vret(?:en)?|brink(?:en)?|klint(?:en)?|sten(?:en)?|kärr(?:et)?|"
    r"tun(?:et)?|hed(?:en)?|grind(?:en)?|kvarn(?:en)?|källa(?:n)?|"
    r"åker(?:n)?|hörn(?:et)?|länk(?:en)?|sluttning(?:en)?|rundel(?:n)?|plats|hus|port(?:en)?|glänta(?:n)?|"
    r"runda(?:n)?|promenad(?:en)?|båge(?:n)?|lycka(?:n)?|spår(?:et)?|täppa(?:n)?|loft(?:et)?|fare(?:t)?|"
    r"tvär(?:en)?|gång(?:en)?|"
    r"backarna|gränden|myr(?:en)?|ljung(?:en)?|slätt(?:en)?|bank(?:en)?|krok(?:en)?|slänt(?:en)?|stubbe(?:n)?|"
    r"lada(?:n)?|lunda|"
    r"tegen|teg|skiftet|hult(?:et)?|rud|bodarna|kärret|branten|brant|dammen|damm|bryggan|hägnet|granen|eken|"
    r"linden|rönnen|"
    r"topp(?:en)?|kant(?:en)?|ravin(?:en)?|fält(?:et)?|böle|sveden)"
)
_SIDE = (
    r"(?: ?(?:ö\.? ?g|u\.? ?g|höger|vänster|rakt fram|n ?b|t\.?v|t\.?h|vä|hö|ned|ner|upp|till (?:vänster|höger))\b\.?)?"
)
_EXTRA = (
    r"(?:[ ,.]{1,3}(?:[öu]\.? ?g(?!\w)\.?|\d{1,2} ?tr(?:appor|appa)?\b\.?" + _SIDE + r"|"
    r"(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|översta|nedersta) våningen\b"
    r"|pl(?:an)?\.? ?\d{1,2}\b" + _SIDE + r"|bottenvåning(?:en)?\b|n\.b\.?|"
    r"hiss \w\b|"
    r"(?:ett|en|två|tre|fyra|fem|sex|sju|åtta) tr(?:appor|appa)?\b|\d½? ?½? ?tr\b|II?I?\b|"
    r"(?:högst|längst) (?:upp|ner|in)\b"
    r"|vån(?:ing(?:en)?)?\.? ?\d{1,2}\b|\d{1,2}(?:a|:a|e|"
    r":e)? vån(?:ing(?:en)?)?\b|"
    r"(?:lgh|lägenhet(?:snr|snummer)?|lght?nr)\.? ?(?:nr\.? ?)?(?:\d\d \d\d|\d{1,4})\b|"
    r"(?:- |#)?1[0-8]\d\d\b(?! ?kr)|nb\b|bv\b|uppg(?:ång)?\.? ?\w\b|"
    r"(?:trapp(?:hus|uppgång|an?)?|ingång) \w\b|dörr(?:en)? \d{1,3}\b|(?:neder|över|under)våningen\b|gatuplan\b|"
    r"souterräng\w{0,3}\b|"
    r"vindsvåning\w{0,2}\b|källarplan\b|entréplan\b|(?:mot|inne på) (?:gården|gatan)\b|gårdshuset\b|"
    r"port(?:en)?\.? ?\w{1,2}\b|NB\b|BV\b|hus \w\b|rum \d{1,4}\b|"
    r"(?:port)?kod(?:en)?:? ?\d{4}\b)){0,4}"
)
_NOT_UNIT = (
    r"(?! ?(?:min|år|ggr|gånger|barn|dag|kl\b|person|st\b|timm|tim\b|månad|veck|%|kr\b|km|mil\b|min\b|meter|m\b|"
    r"poliser|"
    r"gubbar|killar|procent|nätter|natt\b|dygn|[:.]\d))"
)
_NOT_COUNT = _NOT_UNIT.replace("kl\\b|", "")  # after a street, an hour may come
_NUMBER = (
    r"[ ,\n(]{1,2}(?:(?:(?:i )?(?:nr|nummer)|hus)\b[.:]? ?)?\d{1,4}(?!\d)(?::an?(?!\w)|:\d(?!\d))?"
    rf"(?:[ ]?(?:[A-Ha-h](?![^\W_])))?(?:[-/]\d{{1,4}}\b| & \d{{1,3}}\b)?{_NOT_UNIT}"
)
_STREET_NUMBER = _NUMBER.replace(_NOT_UNIT, _NOT_COUNT)
_LEAD = (
    r"(?:(?:[A-ZÅÄÖ][a-zåäöéü]{1,20}|(?i:S:t|S:ta|sankta?|stora|lilla|västra|östra|"
    r"norra|södra|nya|gamla|övre|nedre|yttre|inre)|[NSVÖ]\.?)[ ]){0,3}"
)
_SEPARATE = (
    r"(?:[A-ZÅÄÖ][a-zåäöéü]{1,20}(?: [IVX]{1,4}:s)? (?i:gata|väg|gränd|torg|plan|plats|backe|allé|stig|park"
    r"|kaj|minne)"
    r"|[a-zåäöéü]{3,20}s (?:gata|väg|gränd|torg|backe|allé|stig))"
)
_STREET = Pattern(rf"(?<!\w)(?:{_LEAD}{_W}{{2,30}}{_STRONG}|{_LEAD}{_SEPARATE}){_STREET_NUMBER}{_EXTRA}")
_SPELT_NUMBER = (
    r" (?:(?:nr|nummer)\.? )?(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|"
    r"(?:ett)?hundra\w{0,12}|\w{3,6}ton|(?:tjugo|trettio|fyrtio|femtio|"
    r"sextio|sjuttio|åttio|nittio)\w{0,4})(?!\w)(?! (?:barn|år|minuter|gånger|personer|dagar|veckor|män|"
    r"timmar))(?: [a-hA-H](?!\w))?"
)
_SPELT_STREET = Pattern(
    rf"(?<!\w){_LEAD}{_W}{{3,30}}(?:gatan|vägen|gränd|gränden|stigen|allén|torget){_SPELT_NUMBER}{_EXTRA}"
)
_DETAILED = Pattern(
    rf"(?<!\w){_LEAD}[A-ZÅÄÖ]{_W}{{2,30}}{_NUMBER}(?=[ ,.]{{1,3}}(?:\d{{1,2}} ?tr\b|vån|lgh|lägenhet|nb\b|NB\b|"
    rf"bv\b|BV\b|[1-9]\d\d ?\d\d ))(?:{_EXTRA}|[ ,]{{1,3}}(?:NB|BV))"
)
_HOUSE = Pattern(
    rf"(?<!\w)[A-ZÅÄÖ]{_W}{{2,30}},? (?i:hus|port|uppgång|ingång|stuga|modul) ?(?:\d{{1,3}}|[A-H])(?!\w){_EXTRA}"
)
_WEAK_STREET = Pattern(rf"(?<!\w){_LEAD}[A-ZÅÄÖ]{_W}{{2,30}}{_WEAK}{_NUMBER}{_EXTRA}")
# A street of two words in any case: "påhittade torget 1", "molnfria vägen 3 c".
_TWO_WORDS = Pattern(
    r"(?<![^\W_])(?:(?!(?:på|i|vid|till|från|den|hela|över|längs|utanför|samma|min|din|sin|av|är|ut|mot|och|bor|nära|"
    r"hit)\b)"
    rf"{_W}{{3,25}} )?(?i:gatan|vägen|torget|stigen|backen|gränden|allén|slingan|stråket|esplanaden|kajen|"
    rf"ringen){_NUMBER}{_EXTRA}"
)
# "trakten Solbacka 4", "fastigheten Solbacka 1:14".
_ESTATE = Pattern(
    rf"\b(?:fastighet(?:en)?|fritidshus(?:et)?|(?:sommar|lant)ställe(?:t)?|koloni\w{{0,7}}|torp(?:et)?|"
    rf"gård(?:en)?|stuga(?:n)?|villa(?:n)?|sommarhus(?:et)?|tomt(?:en)?|bor (?:på|"
    rf"i))(?: som)?(?: heter|:|,)? "
    rf"(?P<street>(?:{_W}{{2,20}} )?{_W}{{3,25}} \d{{1,3}}:\d{{1,3}})(?!\d)",
    re.IGNORECASE,
)
_COTTAGE = Pattern(
    rf"\b(?i:torp(?:et)?|stuga(?:n)?|villa(?:n)?|gård(?:en)?|sommarstuga(?:n)?)(?: som)?(?: heter|:|,)? "
    rf"(?P<street>(?:[A-ZÅÄÖ]{_W}{{2,20}} ){{0,2}}[A-ZÅÄÖ]{_W}{{3,25}}{_NUMBER})"
)
_NAMED = Pattern(
    rf"(?:\b(?:gatan|vägen|torpet|stugan|gatuadressen|gränden)(?: (?:vi|jag|han|hon|de|dom) bor på)? (?:heter|"
    rf"kallas) |\b(?:gata:|gatunamn:?|gatuadress:?) )(?P<street>{_W}{{4,30}})"
    rf"(?P<rest>[^.!?\n\d]{{0,25}}?(?:\bnr|\bnummer|\bnumret|\bport|\bhus)(?: är| e|:)? ?\d{{1,3}} ?(?:[a-h]\b)?)?",
    re.IGNORECASE,
)
_LIVES = (
    r"(?:\b(?:bor|sover|gömmer (?:mig|oss|sig)|håller (?:mig|oss|sig)|sitter|lever|är hemma|finns|ligger)(?: just nu|"
    r" nu| kvar| hemma|"
    r" gömd| ensam| inneboende)?(?: hos (?:\w{2,10} )?\w{2,12})? (?:på|i|vid)|\bbodde (?:då |förut )?på|"
    r"\bsover på|\bbo på|\bboende på|\blägenhet(?:en)? (?:på|i|vid)|\bhuset på|"
    r"\bflytta\w{0,3} (?:till|in på)|\badress(?:en)?(?: är)?|\bhem(?:ma)? (?:på|till)|\bbosatt på|"
    r"\bskriven på|\bfolkbokförd (?:på|i))"
)
_LIVED = Pattern(
    rf"{_LIVES}[ :]{{1,3}}(?:en |ett )?(?P<street>(?:{_LEAD}{_W}{{2,30}}{_STRONG}|"
    rf"{_LEAD}{_SEPARATE})(?:{_NUMBER}{_EXTRA})?"
    rf"|{_W}{{3,30}}{_WEAK}{_NUMBER}{_EXTRA})(?!\w)",
    re.IGNORECASE,
)
_AT_HOME = (
    r"(?i:\badress(?:en)?(?: är|:)|\b(?:bor|bo|bodde|boende|finns|är|sitter|står|gömmer mig|gömd|lever|"
    r"flytta\w{0,3}|hem|kom|hämta\w{0,2}|åk\w?|kör\w?|fly\w{0,3}) (?:på|till|vid|utanför))"
)
_NOT_A_STREET = (
    r"(?!(?i:[A-ZÅÄÖa-zåäö]{4,26} (?:19|20)\d\d|(?:avd|rum|sal|vecka|linje|buss|plats|plattform|kapitel|sida|"
    r"steg|nivå|fas|grupp|klass|årskurs|enhet|port|spår|våning|zon|dag|punkt|paragraf|artikel|level)\w{0,7} ))"
)
_ADDRESS_CUE = Pattern(
    rf"{_AT_HOME}[ :]{{1,3}}(?P<street>{_NOT_A_STREET}[A-ZÅÄÖ][A-Za-zåäöÅÄÖé]{{4,25}}"
    rf"(?: [A-ZÅÄÖ][a-zåäö]{{2,20}})?{_NUMBER}{_EXTRA})"
)
_BUILDING = re.compile(
    rf"(?<!\w)[A-ZÅÄÖ]{_W}{{2,25}}(?:{_WEAK}|{_STRONG}|boendet?|hemmet|hem|kasern|campus|huset)[ ,]{{1,2}}\Z"
)
# "storg. 4b": the last part of the street cut short, with a full stop or with a letter after the number.
_CUT = Pattern(
    rf"(?<!\w){_LEAD}{_W}{{2,18}}"
    rf"(?:(?:[gv]|gr|gt|vg|st|pl)\. ?\d{{1,3}}(?!\d) ?(?:[a-h]\b)?{_NOT_UNIT}|(?:[gv]|gr|gt|"
    rf"vg) \d{{1,3}}(?!\d)(?P<bare>)"
    rf"(?:(?= ?[a-h]\b) ?[a-h]|{_NOT_COUNT})){_EXTRA}",
    re.IGNORECASE,
)
_GLUED = Pattern(
    rf"(?<!\w){_W}{{3,25}}(?i:gatan|vägen|stigen|gränd|torget|allén|backen)\d{{1,3}}[a-hA-H]?(?!\w){_EXTRA}"
)
_HOUSE_AT = Pattern(
    rf"(?<!\w)(?:hus(?:et)?|villa(?:n)?|port(?:en)?|nr|nummer|numret)\.? (?:nr\.? |"
    rf"nummer )?(?:är )?\d{{1,3}} ?[a-h]? ?(?:(?:på|i|vid|å) )?"
    rf"{_W}{{2,30}}"
    rf"(?:{_STRONG}|{_WEAK})(?!\w)",
    re.IGNORECASE,
)
_SAID = Pattern(
    rf"(?:\badress(?:en)?(?: är|:)?[ :]{{1,2}}(?P<street>{_W}{{3,25}}{_WEAK}(?:{_NUMBER}{_EXTRA})?)(?!\w)"
    rf"|(?<!\w)(?P<before>{_W}{{3,25}}{_WEAK}{_NUMBER}{_EXTRA})(?= är (?:min |vår |hans |hennes )?adress|"
    rf" heter (?:gatan|vägen)))",
    re.IGNORECASE,
)
_CARE_OF = Pattern(
    r"(?<!\w)(?:c ?[/\\] ?o|co[/\\]):? [A-ZÅÄÖa-zåäöé][\w\-é]{1,25}(?: [A-ZÅÄÖ][\w\-é]{1,25}){0,2}", re.IGNORECASE
)
_CARE_OF_TAIL = re.compile(r" (?:i|på|vid|och|som|hos|just|nu|tills)\b.*", re.IGNORECASE | re.DOTALL)
_DETAIL = Pattern(
    r"(?<!\w)(?:(?:lgh|lght|lägenhet(?:en|s?nr|s?nummer|snumret)?|lght?nr|lägenhets nr)\.? ?(?:har )?(?:nr\.?|"
    r"nummer|är|"
    r":)? ?(?:\d{3,4}|"
    r"\d{1,2}(?! tr))(?: ?[A-Z]\b)?|"
    r"(?:(?:port|trappa|(?:trapp)?uppgång|trapphus)(?:en)? \w{1,2}[ ,]{1,3})(?:(?:\d{1,2} ?tr\b|vån(?:ing)? \d{1,2}"
    r"|lgh \d{1,4}|(?:första|andra|tredje|fjärde|femte|sjätte|översta|nedersta) våningen)[ ,]{0,2}){1,2}"
    + _SIDE
    + r"|(?:port|dörr)?kod(?:en)?(?: till porten| i porten| in| dit| hem| till dörren| till huset| till trappan|"
    r" nere)?(?: är|"
    r":)? ?[*#]?(?:[A-Z]?\d{4,5}[A-Z#*]?(?!\w)(?! ?(?:kr\b|kronor)))|\d{1,2} ?tr\b"
    + _SIDE
    + r"|\bvån(?:ing)? \d{1,2} lgh \d{1,4})",
    re.IGNORECASE,
)
_DETAILED_WEAK = Pattern(
    rf"(?<!\w){_LEAD}{_W}{{3,30}}{_WEAK}{_NUMBER}(?=[ ,.]{{1,3}}(?:\d{{1,2}} ?tr\b|vån|lgh|lägenhet|nb\b|bv\b|"
    rf"[1-9]\d\d ?\d\d )){_EXTRA}",
    re.IGNORECASE,
)
_LETTERED_WEAK = Pattern(
    rf"(?<!\w){_LEAD}{_W}{{3,30}}{_WEAK} \d{{1,3}} ?[a-h](?=[,.!?;\")\n]|\Z| (?:i|hos|just|nu)\b)", re.IGNORECASE
)
_QUARTER = Pattern(
    rf"\b(?:[Kk]v\.?|[Kk]varteret) [A-ZÅÄÖ]{_W}{{2,20}}{_NUMBER}|(?<!\w)[A-ZÅÄÖ]{_W}{{2,25}} (?:Gård|By|Torp|"
    rf"Säteri|Brygga|Udde|Äng|Backe)"
    rf"{_NUMBER}|(?<!\w)[A-ZÅÄÖ]{_W}{{2,18}} [vg]\. ?\d{{1,3}} ?[A-Ha-h](?!\w)"
)
_FETCH = Pattern(
    rf"\b(?:hämta|kom|åk|kör|skicka|skickar|polis|ambulans|taxi|hjälp|följ|gå|mött?|träffas|bodde|bott|hyr|"
    rf"huset|lägenhet(?:en)?|vi är|jag är|e|är)"
    rf"(?: \w{{2,8}}){{0,2}} (?:på|till|vid|utanför|"
    rf"i) {{1,2}}(?P<street>{_LEAD}{_W}{{3,30}}{_WEAK}{_NUMBER}{_EXTRA})(?!\w)",
    re.IGNORECASE,
)
_FLOOR_BEFORE = re.compile(r"(?<!\w)(?:vån(?:ing)?\.? ?\d{1,2}|\d{1,2} ?tr\.?|lgh ?\d{1,4}),? \Z", re.IGNORECASE)
_YEAR = re.compile(r"\D+ (?:19|20)\d\d(?::\d)?")
_NO_STREET = read_words("wording/no_streets.txt")


def detect(view: str, is_place: Callable[[str], bool]) -> Iterator[Found]:
    """Yield addresses; places of the county and ordinary words that end like a street ("säkerhetsplan 2") stay."""
    for pattern in (
        _STREET,
        _SPELT_STREET,
        _DETAILED,
        _HOUSE,
        _WEAK_STREET,
        _LIVED,
        _ADDRESS_CUE,
        _TWO_WORDS,
        _COTTAGE,
        _DETAILED_WEAK,
        _LETTERED_WEAK,
        _QUARTER,
        _FETCH,
    ):
        for match in pattern.finditer(view):
            group = "street" if "street" in pattern.groupindex else 0
            start = match.start(group) + _lead_in(match[group])
            street = view[start : match.end(group)]
            words = re.split(r"[ ,]*(?=\d)|,", street)[0].strip().lower()
            numbered = any(char.isdigit() for char in street) or pattern is _SPELT_STREET
            if words.rpartition("-")[2] in _NO_STREET or _YEAR.fullmatch(street):
                continue
            place = is_place(words) or is_place(words.split(" ")[-1])
            if (
                words not in _NO_STREET
                and not (" " in words and words.split(" ")[-1] in _NO_STREET - {"plats"})
                and words not in read_words("common_words.txt")
                and words not in read_words("first_names.txt")  # "Torsten 34, Huddinge"
                and (numbered or not place)
                and (numbered or " " not in words or street != street.lower())
                and not (place and "," in street)
            ):
                floor = _FLOOR_BEFORE.search(view, max(0, start - 20), start)
                start = floor.start() if floor else start
                building = _BUILDING.search(view[max(0, start - 40) : start])
                if building and not is_place(building[0].strip(" ,")):
                    start -= len(building[0])
                yield Found(Kind.ADDRESS, start, match.end(group))
    for pattern in (_ESTATE, _NAMED):
        for match in pattern.finditer(view):
            if not is_place(match["street"]):
                yield Found(Kind.ADDRESS, match.start("street"), match.end())
    for match in _CUT.finditer(view):
        stem = re.split(r"\.? ?\d", match[0])[0].lower().rpartition(" ")[2]
        # Without the full stop only what no dictionary holds: "tolv 3", "Ludvig 3".
        listed = stem in read_words("first_names.txt") or stem in read_words("ambiguous_names.txt")
        if (
            not listed
            and "-" not in stem
            and len(stem) > (3 if match["bare"] is None else 4)
            and not vocabulary.is_ordinary(stem)
        ):
            yield Found(Kind.ADDRESS, match.start(), match.end())
    for pattern in (_GLUED, _HOUSE_AT):
        for match in pattern.finditer(view):
            yield Found(Kind.ADDRESS, match.start(), match.end())
    for match in _SAID.finditer(view):
        group = "street" if match["street"] else "before"
        if match["street"] is None or not is_place(match["street"].lower()):
            yield Found(Kind.ADDRESS, match.start(group), match.end(group))
    for match in _CARE_OF.finditer(view):
        yield Found(Kind.ADDRESS, match.start(), match.start() + len(_CARE_OF_TAIL.sub("", match[0])))
    for match in _DETAIL.finditer(view):
        yield Found(Kind.ADDRESS, match.start(), match.end())
    yield from address_forms.detect(view, is_place)


def _lead_in(street: str) -> int:
    """Length of words before the street that case-blind matching drew in ("bor på Storgatan 3")."""
    lead = re.match(
        r"(?:(?:jag|hon|han|vi|de|dom|bor|på|i|vid|till|hem|från|adressen?|är|och|min|mitt|vår|hans|hennes|deras|"
        r"den|en|gatuadress|nu|hos|mig|oss)[ :]+)+",
        street,
        re.IGNORECASE,
    )
    return lead.end() if lead else 0
