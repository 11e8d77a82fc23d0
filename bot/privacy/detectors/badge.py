"""Driving licences, professional licences, badges and service numbers of staff."""

import re
from collections.abc import Iterator

from bot.privacy.detectors.document_number import AfterWord, may_be_number
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_NUMBER = r"(?:nummer|numret|nr|no|number|id|kod\w{0,2})"
_PROFESSION = (
    r"(?:yrkes|läkar|polis|sjuksköterske?|sköterske?|psykolog|psykoterapeut|taxi\w{0,6}|vakt|väktar|förar|advokat|"
    r"lärar|apotekar|tandläkar|barnmorske?|kurators?|tjänste|ordningsvakts?|skyddsvakts?|jakt|vapen|tolk|logoped)"
)
_WORDS = (
    r"(?:\bkörkort\w{0,10}|\bkk-?nr\b|"
    rf"\btj(?:änst(?:e|görings?)?|g)?[-. ]{{0,2}}(?:g\.? ?)?(?:{_NUMBER}|kort\w{{0,6}}|bricka\w{{0,2}}|tecken)\b|"
    rf"\b(?:hjälm|badge|service|väst|axel|sköld)[ -]?{_NUMBER}\b|\btjänste?legitimation\w{{0,3}}|"
    rf"\b{_PROFESSION}?(?:leg{{1,2}}|legitimation(?:en|s)?)\b\.?[- ]?{_NUMBER}?|"
    rf"\blegitimation(?:s|en)?[- ]?{_NUMBER}\b|\bleg[- .]?{_NUMBER}\b|\bkonst(?:\.|ap\.)|"
    rf"\baukt\w{{0,12}}[. -]{{0,2}}(?:tolk,? )?(?:aukt\.? ?)?{_NUMBER}\b|\badvokatsamfundet\w? {_NUMBER}\b|"
    r"\b[a-zåäö]{3,18}leg(?:itimation)?(?:en|s)?\b|\bförskrivar\w{0,8}|\bbadge\w{0,3}|\b(?:polis|vakt|"
    r"tjänste)?brick(?:a|an|nummer|numret|nr)\b|"
    r"\b(?:polis|personal|medarbetar|användar|kort|signatur|kollegie|förskrivar|arbetsplats|vakt|tolk|auktorisations|"
    r"behörighets|intygs|yrkes|enhets|handläggar|utredar|chaufför|förar|enhets|patrull|bud|kurir|tjänstemanna)"
    rf"(?:e|s|ens|ns)?[- ]?{_NUMBER}\b|"
    r"\b(?:utredar|handläggar|tolk|chaufför|förar|vakt|polis|väktar|läkar)(?:e|en|ens|ns|es)?s? (?:har |hade |med )?"
    rf"(?:{_NUMBER}|kod)\b|"
    r"\b\w{0,10}licens(?:nummer|nr|en|numret)?\b|\banställn?ings?[- ]?(?:nummer|numret|nr|id)\b|"
    r"\banst\.? ?(?:nr|id)\b|\bhsa-? ?id\b|\bförordnande\w{0,8}|\bordningsvakt\w{0,8}|"
    r"\b(?:uniform|namnskylt|axelklaff)\w{0,3}|\bkonstapel\w{0,2}|"
    r"\bvakt(?:en|bolag\w{0,3})?\b(?=[^\d\n]{0,15}(?:nr|nummer|id))|\bväktar\w{0,6}|\bskyddsvakt\w{0,6}|"
    r"\b(?:drivers? |driving )?licen[cs]e\b|\blic\b|\bkk\b|\bförskr\.? ?kod|\bjägarexamen|\bov-?(?:nummer|nr)\b|"
    r"\bkontrollant\w{0,2}|"
    r"\bradiobil\w{0,2}|\bpatrull\w{0,2}|\b(?:cykel|mat|foodora|wolt|uber)[- ]?bud\w{0,3}|\bsignatur\w{0,2}|\blegget\b|"
    r"\btjänstekort\w{0,8}|\banställd nr|\bjägar-?id|\bpid\b|\bförarkort\w{0,2}|\bykb\b|\bjaktkort\w{0,2}|"
    r"\bflygcert\w{0,8}|\b(?:buss|lok|tåg|tunnelbane|"
    r"spårvagns)?förar(?:e|en|ens)?s? nr\b|\btaxi (?:nr|nummer|id)\b|\bcertifikat\w{0,8}|\bpasserkort\w{0,8}|"
    r"\bid06\b(?:-kort)?|\byrkeskort\w{0,3}|\bförarbevis\w{0,3}|"
    r"\bmedlems(?:nummer|nr|kort\w{0,2})\b|"
    rf"\bpolis(?:en|man|mannen|kvinnan|assistent\w{{0,2}}|inspektör\w{{0,2}})? (?:med )?(?:{_NUMBER}|bricka)\b|"
    r"\btillstånds(?:nummer|bevis|nr)\b|\bmärkt (?:med )?(?:nr |nummer )?(?=\d))"
)
_AFTER_WORD = AfterWord(_WORDS, least=4, least_at_once=4)
_ROLE = (
    r"(?:sjuksköterska|undersköterska|psykolog|läkare|tandläkare|barnmorska|kurator|fysioterapeut|psykoterapeut|"
    r"apotekare|logoped|arbetsterapeut)"
)
# An officer's number right after the word, without a word for number.
_OFFICER = Pattern(
    r"(?<![^\W_])(?:(?:polis(?:man|kvinna|inspektör|assistent|mästare|kommissarie)?|pol\.? ?(?:ass|insp)\.?|pa|"
    r"inspektör|insp\.?|"
    r"assistent|ass\.|kommissarie|konstapel|ordningsvakt|skyddsvakt|väktare|vakt|ov|piket|tolk|chaufför|tågvärd|"
    r"tågmästare|"
    r"biljettkontrollant|kontrollant|trygghetsvärd|hundförare|handläggare|parkeringsvakt|p-vakt|(?:lok|buss|"
    r"taxi|tåg)förare)"
    r"(?:erna|nen|ens|en|na|n|arna)?,?"
    rf" (?:(?:hade|med|har) )?(?:nr\.? ?|nummer |numret )?|leg(?:\.|itimerad)? {_ROLE},? (?:nr\.? ?)?)"
    r"(?P<value>\d{4,7}|\d{3,4} \d{2,4})(?![\d.:-])(?! \d)",
    re.IGNORECASE,
)
_WORN = Pattern(
    r"(?<![^\W_])(?P<value>(?:(?-i:[A-Z]{1,3})[ -]?)?\d{3,6})(?= (?:(?:stod|satt|står|fanns|"
    r"syntes) (?:det )?)?på (?:\w{2,6} )?(?:hjälm|väst|uniform|bröst|axel|"
    r"bricka|"
    r"skylt|namnskylt|"
    r"jacka|rygg|ärm|sköld)\w{0,4})",
    re.IGNORECASE,
)
_IDENTIFIED = Pattern(
    r"\bid(?:-?(?:nr|nummer))?[ :]{1,2}(?:är |var |va )?"
    r"(?P<value>(?:[A-Z]{1,3}[- ]?)?\d{3,6}(?:[- ]?[A-Z]{1,2})?)(?![^\W_])(?![-:])",
    re.IGNORECASE,
)
_ON_HELMET = Pattern(
    r"\b(?:hjälm|brickan?|axelklaff|axeln|namnskylt|väst|uniform|sköld)\w{0,3}(?: (?:stod|står|var|hade|det|med|"
    r"nr|:|det stod)){0,3}[ :]{1,2}"
    r"(?P<value>[A-ZÅÄÖ]{1,2}[ -]?\d{1,5}|\d{3,7})(?![\w.:-])"
)
# Two of them: "poliserna 4417 och 4418".
_BOTH = Pattern(r"(?<![\w.-])(?P<value>\d{4,6})(?![\w.:/-])")
_BEFORE_BOTH = re.compile(
    r"(?P<first>\d{4,6})(?:,| och| o| &| samt)[ ]{1,2}(?:(?:nr|nummer|kollegan|den andra|"
    r"andre|hans kollega|partnern|hade|med|har) ){0,4}\Z"
)
_OWN_ID = Pattern(
    r"\b(?:mitt|hans|hennes|vårt) id(?:-?nr|-?nummer)?(?: (?:från|på|hos|i|som|"
    r"för) [a-zåäöA-ZÅÄÖ]{2,20}(?: [a-zåäöA-ZÅÄÖ]{2,15}){0,2})?"
    r"(?: är| e|:)? (?P<value>(?=[A-Za-z]{0,6}-?\d|"
    r"[A-Z]{2,5}-)[A-Za-z0-9]{2,10}(?:[- ](?-i:[A-Z0-9]{2,8})){0,3})(?![^\W_])",
    re.IGNORECASE,
)
_PATROL = Pattern(r"(?<![\w.-])(?P<value>\d\d-\d{4}|\d{4}(?= som nummer))(?![\d-])")
_OFFICERS = re.compile(r"polis|patrull|väktar|vakt|piket|konstapel", re.IGNORECASE)
_HELMET = Pattern(r"\b(?:hjälm|badge)(?:nr|nummer|numret)?[ :]{1,3}(?P<value>[a-z] ?\d{2,4})(?!\w)", re.IGNORECASE)
_SHORT_ID = Pattern(
    r"(?<![^\W_])(?:hsa-? ?id|(?:pers|medarbetar|användar|anställnings?|tjänste|personal|polis)\.?[- ]?id|"
    r"(?:handläggar|utredar|signatur)[- ]?kod|signatur|inloggning(?:en)?(?: på jobbet)?)(?:en|et)?[: ]{1,3}"
    r"(?:på \w{2,5} )?(?:är )?(?P<value>(?=[a-z]{0,6}\d)[a-z0-9]{3,12})(?![^\W_])",
    re.IGNORECASE,
)
_SERVICE = frozenset({"11414", "11313", "112", "1177"})
_HSA = Pattern(r"(?<![^\W_])SE\d{10}-[A-Z0-9]{3,8}(?![^\W_])", re.IGNORECASE)
# Codes in the shape of a badge or licence; the looser shapes only near somebody who carries one.
_CODED = Pattern(r"(?<![^\W_])[A-ZÅÄÖ]{1,2}-\d{4,7}(?:/\d{1,3})?(?![\d-])")
_LOOSE_CODE = Pattern(r"(?<![^\W_])(?:[A-ZÅÄÖ]{1,3} \d{4,7}(?:[/ ]\d{2,4})?|\d{3}-\d{4})(?![\d-])")
# An interpreter's: "KK-t 44120" (Kammarkollegiet, and a letter for the field).
_LETTERED = Pattern(r"(?<![^\W_])[A-Z]{1,3}-[a-z]{1,2}[ -]?\d{2,6}(?![\w:-])")
_BEARER = re.compile(
    r"polis|vakt|väktar|konstapel|patrull|inspektör|sköterska|läkare|legitim|brick|badge|tjänst|tolk|auktoris|advokat|"
    r"chaufför|förar|taxi|handläggare|licens|certifi|körkort|psykolog|uniform",
    re.IGNORECASE,
)


def detect(view: str) -> Iterator[Found]:
    """Yield the number that follows a word for a licence or badge, and codes that look like one."""
    spans = list(_AFTER_WORD.spans(view))
    for pattern in (_OFFICER, _WORN, _HELMET, _SHORT_ID, _ON_HELMET, _OWN_ID):
        spans += [m.span("value") for m in pattern.finditer(view) if may_be_number(view, *m.span("value"))]
    known = {end for _, end in spans}
    for match in _BOTH.finditer(view):
        first = _BEFORE_BOTH.search(view, max(0, match.start() - 45), match.start())
        if first and first.end("first") in known and may_be_number(view, *match.span()):
            spans.append(match.span())
    spans += [match.span() for pattern in (_HSA, _CODED) for match in pattern.finditer(view)]
    for pattern in (_IDENTIFIED, _PATROL):
        for match in pattern.finditer(view):
            near = view[max(0, match.start() - 40) : match.end() + 20]
            if _OFFICERS.search(near) and may_be_number(view, *match.span("value")):
                spans.append(match.span("value"))
    for pattern in (_LOOSE_CODE, _LETTERED):
        for match in pattern.finditer(view):
            if _BEARER.search(view, max(0, match.start() - 40), match.start()) and may_be_number(view, *match.span()):
                spans.append(match.span())
    for start, end in spans:
        if view[start:end] not in _SERVICE:
            yield Found(Kind.LICENSE_OR_BADGE, start, end)
