"""What looks like a name and is none in its place: a verb, a pet name, a brand said to be one, a house one sits in."""

import re

from bot.privacy.lists import read_words
from bot.privacy.names.tokens import Token

_RELATIONS = read_words("wording/relations.txt")
_OWNERS = read_words("wording/owners.txt")
# What names no person: "X är ett härbärge", "systemet hette X", "är X en app?".
_THING = (
    r"[\w-]*(?:system|systemet|instrument|instrumentet|bolag|bolaget|härbärge|härbärget|app|appen|myndighet|jour|jouren|"
    r"boende|boendet|verksamhet|verksamheten|förening|föreningen|organisation|stiftelse|mottagning|mottagningen|metod|"
    r"metoden|modell|modellen|program|programmet|manual|manualen|film|serie|bok|låt|tidning|bank|firma|företag|"
    r"företaget|butik|katt|hund|häst|kanin|skola|skolan|förskola|hus|huset|chatt|kurs|sajt|hemsida|center|centrum|"
    r"centret|medicin|hotell|krog|kafé|formulär|verktyg|verktyget|insats|projekt|storm|ställe|stället|orkan|båt|"
    r"kooperativ|nätverk|nätverket|klinik|kliniken|avdelning|kampanj)"
)
_SAID = r"(?: (?:väl|ju|nog|också|bara|inte|visst|egentligen|alltså|även))*"
_ARTICLE = r"(?:ett|en|det|den|nåt|något|nån|någon|vårt|vår|deras|typ)"
_IS_THING = re.compile(
    rf" (?:är|e|var|va|vara|hette|heter){_SAID}(?: {_ARTICLE}(?: [\w-]+)?)? {_THING}\b(?!-| som (?:bor|jobbar))"
    rf"| (?:hette|heter) (?:det\b(?! (?:barn|andra))|stället|jouren|huset|boendet|appen)"
    rf"| (?:ett|en) (?:[\w-]+ )?{_THING}\s*[?]"
    rf"|, (?:(?:som|det|vilket) (?:är|var|e) )?(?:ett|en|nåt|något) (?:[\w-]+ )?{_THING}\b(?!-)",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r" (?:Ekonomi|Bank|Finans|Inkasso|Försäkring|Försäkringar|Group|Invest|Kredit|Kapital|Förvaltning|Fastigheter|"
    r"Assistans|Omsorg|Bostäder|Förlag|Akademi|Kliniken|Center)\b"
)
# Nobody says "it" of a person's name.
_GUESS = re.compile(
    r"\b(?:heter|hette|kallas|kallades) (?:det|stället|jouren|huset|boendet|appen)(?: nu| då| väl| inte)? \Z",
    re.IGNORECASE,
)
_KIND_BEFORE = re.compile(
    r"(?:modellen|metoden|systemet|härbärget|journalsystemet|manualen|instrumentet|verktyget|"
    r"programvaran|bolaget|tidningen|sajten|podden|låten|banken|enkäten|insatsen)\Z"
)
_STAYS = frozenset(
    {"sitter", "satt", "bor", "bodde", "jobbar", "jobbade", "går", "gick", "ligger", "låg",
     "sover", "sov", "äter", "åt", "praktiserar", "inlagd"}
)  # fmt: skip
_END = re.compile(r"\s*(?:[.,;:!?)]|\Z|\n)| (?:och|o|å|i|nu|med|på|sen|just) ")
_SCHOOL = re.compile(r" (?:förskola|skola|gård|församling|friskola|dagis|familjecentral|öppenvård|behandlingshem)\b")
_ASSESS = re.compile(r"bedöm|instrument|skatt(?:a|ning)|screen|manual|metod|formulär|checklist", re.IGNORECASE)
_CONTRACTED = re.compile(r"[a-z]{1,6}['’](?:d|m|ll|ve|re|s|t)\Z")
_ENGLISH = frozenset(
    {"i", "he", "she", "they", "we", "you", "it", "don", "can", "won", "didn",
     "doesn", "isn", "wasn", "couldn", "wouldn", "that", "what", "there"}
)  # fmt: skip
_PARTICLE = re.compile(r" (?:upp|ner|ned|fram|bort|att)\b| (?:in|ut|av)(?: och\b| i\b| på\b| ur\b|\s*[.,!]|\Z)")
_NAME_CALLING = frozenset({"kallade", "kallar", "kallat", "kalla"})
_ME = frozenset({"mig", "mej", "henne", "honom", "oss"})
_BODY = frozenset({"axel"})
_MUNICIPALITY = "salem"  # the only one in the county that is also a name
_TELLS_PLACE = frozenset({"i", "till", "från", "menade", "menar", "utan", "nej", "inte", "kommun"})
_LOVES = frozenset({"kär", "förälskad", "besviken", "tjatade", "slog", "drog", "sparkade"})


def is_plain(tokens: list[Token], first: int, last: int, view: str) -> bool:
    """Whether tokens[first..last], which look like a name, are told by their neighbours to be none."""
    if _is_called_thing(tokens, first, last, view):
        return True
    return first == last and (
        _is_verb_or_noun(tokens, first, view)
        or _is_pet_name(tokens, first)
        or _is_place(tokens, first, view)
        or _is_instrument(tokens, first, view)
    )


def is_said(token: Token, view: str) -> bool:
    """Whether the words after `token` say outright that it is a thing or a firm."""
    return _IS_THING.match(view, token.end) is not None or _FIRM.match(view, token.end) is not None


def _before(tokens: list[Token], index: int, back: int = 1) -> str:
    return tokens[index - back].lower if index >= back and tokens[index - back + 1].gap == " " else ""


def _is_called_thing(tokens: list[Token], first: int, last: int, view: str) -> bool:
    """ "Lova är ett härbärge", "metoden lova", "Lova Inkasso", "Lova skola"."""
    token, end = tokens[first], tokens[last].end
    if _IS_THING.match(view, end) and _before(tokens, first) not in _RELATIONS:
        return True
    if _GUESS.search(view, max(0, token.start - 24), token.start):
        return True
    if token.capital and (_FIRM.match(view, end) or (last > first and _FIRM.match(" " + tokens[last].text))):
        return True
    if _KIND_BEFORE.match(_before(tokens, first)) and first == last:
        return True
    owned = tokens[last].lower.endswith("s") and (tokens[last].first or not token.capital)
    return not owned and first == last and _SCHOOL.match(view, end) is not None


def _is_verb_or_noun(tokens: list[Token], index: int, view: str) -> bool:
    """ "Stig upp", "ett jack i pannan", "min axel", "I'd", "40-talist"."""
    token = tokens[index]
    if token.ambiguous and token.sentence_start and _PARTICLE.match(view, token.end):
        return True
    if _CONTRACTED.match(token.lower) and re.split("['’]", token.lower)[0] in _ENGLISH:
        return True
    if token.capital:
        return False
    if re.search(r"\d-\Z", token.gap):
        return True
    before, earlier = _before(tokens, index), _before(tokens, index, 2)
    if token.seen and (before in ("ett", "viss") or (before == "en" and token.ambiguous)):
        return True
    return token.lower in _BODY and (
        before in _OWNERS or (earlier in _OWNERS and before in ("högra", "vänstra", "onda"))
    )


def _is_pet_name(tokens: list[Token], index: int) -> bool:
    """ "Stjärna kallade han mig", "han kallar mig tjockis"."""
    token = tokens[index]
    if not (token.ambiguous and token.seen):
        return False
    after = [t.lower for t in tokens[index + 1 : index + 4]]
    if token.sentence_start and after[:1] and after[0] in _NAME_CALLING and after[1:2] in (["han"], ["hon"], ["jag"]):
        return True
    called = _before(tokens, index, 2)
    return not token.capital and _before(tokens, index) in _ME and called in _NAME_CALLING - {"kalla"}


def _is_place(tokens: list[Token], index: int, view: str) -> bool:
    """ "bor i Xyz" with a word that no list of names holds, "sitter på Xyz"."""
    token = tokens[index]
    before, earlier = _before(tokens, index), _before(tokens, index, 2)
    listed = token.first or token.surname or token.ambiguous
    if token.lower == _MUNICIPALITY and before in _TELLS_PLACE:
        return True
    if before == "i" and not listed and token.capital and not token.lower.endswith("s"):
        return earlier not in _LOVES
    return before == "på" and earlier in _STAYS and _END.match(view, token.end) is not None


def _is_instrument(tokens: list[Token], index: int, view: str) -> bool:
    """ "SARA eller FREDA, vilken bedömning": capitals in a text that does not shout, and talk of an assessment."""
    token = tokens[index]
    short = token.text.isupper() and 2 < len(token.text) <= 6 and not view.isupper()
    alone = not any(
        0 <= i < len(tokens)
        and tokens[i].text.isupper()
        and tokens[max(i, index)].gap == " "
        and len(tokens[i].text) > 1
        for i in (index - 1, index + 1)
    )
    return short and alone and _ASSESS.search(view) is not None
