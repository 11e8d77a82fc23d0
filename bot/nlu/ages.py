"""Ages: every way to say them, and whose they are.

A mention is found by its form, given to a person by the words around it, and then the mention that belongs to the
exposed person is chosen. Durations, prices, times and numbers of people are never ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from bot.nlu import numbers
from bot.nlu.text import fold, without_placeholders
from knowledge.situation import AgeGroup


class Whose(IntEnum):
    """How likely a mention is to be the exposed person's, from what stands next to it."""

    OTHER = 0  # the perpetrator, a child, a relative
    UNCLEAR = 1
    NAMED = 2  # the client, the daughter, the friend ...
    WRITER = 3


@dataclass(frozen=True)
class Mention:
    """An age or an age group in the text; `start` and `end` are offsets in the text."""

    start: int
    end: int
    age: int | None
    group: AgeGroup | None
    whose: Whose = Whose.UNCLEAR


@dataclass(frozen=True)
class Age:
    """The exposed person's age in whole years where it was said exactly, and the age group."""

    age: int | None = None
    group: AgeGroup | None = None


_N = rf"(?P<n>\d{{1,3}}|{numbers.PATTERN})"
_BARE = (
    rf"(?P<n>[1-9]\d|\b[5-9]\b(?![,.]\d)|(?:{'|'.join(word for word, value in numbers.WORDS.items() if value > 9)}))"
)
_ABOUT = r"(?:ca|cirka|runt|kring|typ|omkring|ungefar|drygt|over|kanske|nastan)"
_PEOPLE = (
    r"tjej|kille|flicka|pojke|kvinna|man|kv|dam|tant|gubbe|guss|pensionar|herre|person|elev|brukare|patient|pat|klient|kund|mamma|"
    r"mor|syster|lillasyster|storasyster|syrra|lillebror|storebror|bror|brorsa|kompis|bastis|vannina|van|dotter|son|kusin|"
    r"brorsdotter|systerdotter|brorson|systerson|medlem|spelare|deltagare|sokande|usk|kollega|granne|ungdom|malsagande|malsag|mal|"
    r"student|varnpliktig|intagen|hyresgast|barnbarn|mormor|farmor|moster|faster"
)
# Form -> what the number means: the age itself, one year less, a group only.
_FORMS: tuple[tuple[str, str], ...] = (
    ("before", rf"\b(?:fyller|blir|fyllde inte)\s+(?:jag\s+|hon\s+|han\s+|snart\s+)?{_N}\b"),
    ("before", rf"\b(?:snart|strax|nastan|inte fyllt|inte ens fyllt|fyller snart)\s+(?:att bli\s+)?{_N}\b(?!\s*(?:ar sen|ar sedan))"),
    ("exact", rf"\b(?:fyllt|fyllde|har blivit|precis blivit)\s+(?:just\s+|precis\s+)?{_N}\b"),
    ("about", rf"\bi?\s*{_N}\s*[- ]?ars?\s?aldern\b"),
    ("about", rf"\b{_ABOUT}\s+{_N}(?:\s*ar\b)?"),
    ("exact", rf"\b{_N}\s*-?\s*(?:ars?\b(?!\s*(?:sedan|sen|tid|aktenskap))|aring\w*|arig\w*|bast\b|yo\b|y\.o|jordsnurr)"),
    ("year", r"\b(?:fodd|foddes|f|argang)\b\.?\s*(?:ar\s+|i\s+\w+\s+)?(?P<n>(?:19|20)\d\d|[-'’]?\d\d)\b"),
    ("year", r"(?<![\d:.])(?P<n>(?:0\d|1\d)(?=[:'’]?(?:a|or|an)\b)|\d\d(?=[:'’](?:a|or|an)\b))"),
    ("exact", rf"\b{_N}\s+fyllda\b"),
    ("about", rf"\b{_N}\s*(?:ar)?\s*\?"),
    ("about", rf"\b{_N}\s*(?:\+|plus\b)"),
    ("exact", rf"\b(?:jag|ja|man|hon|han|hen|den|e|ar|var|va|blev|nu|am|im)\s+(?:e\s+|ar\s+|bara\s+|endast\s+|nu\s+|typ\s+)?{_BARE}\b"),
    ("exact", rf"\b\w*(?:{_PEOPLE})(?:en|an|n)?\s*[,(]?\s*(?:pa\s+)?{_BARE}\b"),
    ("exact", rf"\b{_BARE}\s*,?\s+(?:{_PEOPLE})\b"),
    ("exact", rf"(?:^|[,.(:;!?\n]\s*|\boch\s+|\bo\s+){_BARE}(?=\s*(?:$|[,.):;!?\n]|(?:och|o|fran|bor|i|pa|boende|som|med|har|gar|snart|nu|gammal|men|fran|hemma|kille|tjej)\b))"),
    ("exact", rf"\A\s*(?:hej\W+)?{_BARE}(?=\s+[a-z])"),
("exact", r"\b(?:jag|ja)\s+(?:ar|e)\s+(?:bara\s+)?(?P<n>sex|sju|atta|nio)\b"),
)  # fmt: skip
_GRADE_WORD = {
    "forsta": 1, "ettan": 1, "tvaan": 2, "trean": 3, "fyran": 4, "femman": 5, "sexan": 6, "sjuan": 7, "attan": 8, "nian": 9,
}  # fmt: skip
_GRADES = re.compile(
    r"\b(?:gar|gick|elev|ar|e|borja\w*|klass|i|barn|pojke\w*|flicka\w*|tjej\w*|kille\w*|son\w*|dotter\w*|dottra)?\s*i?\s*"
    r"(?:ak\.?|arskurs|klass)\s?[f1-9]\b|\b[4-9](?:an|:an|e)\b|\b[4-9]\s?[a-f]\b(?=[^%]|$)|\bi?\s?(?:ettan|tvaan|trean|fyran|femman|sexan|"
    r"sjuan|attan|nian)\b|\b(?:hogstadie|mellanstadie|lagstadie|forskole)\w*|\bforskoleklass|\bgymnasie(?:t|elev|ungdom)\w*|\bgymnasiet\b|\bgymnasiet?s?\b"
)
_GROUPS: tuple[tuple[AgeGroup, str], ...] = (
    (AgeGroup.CHILD, r"tonar\w+|tonaring\w*|minderarig\w*|underarig\w*|omyndig\w*|skolbarn\w*|spadbarn\w*|bebis\w*|"
     r"flickan|flicka|pojken|pojke|lillasyster|lillebror|lillasyrra|lillbrorsa|en elev|eleven|min elev|bup|barnahus|barn och unga"),
    (AgeGroup.YOUNG_ADULT, r"ung kvinna|ung man|unga kvinnan|unge mannen|ung tjej|ung vuxen|unga vuxna|student|studenten|studenthalsan"),
    (AgeGroup.ADULT, r"vuxen kvinna|vuxen man|medelalders|smabarnsmamma|smabarnsforalder|tvabarnsmamma|trebarnsmamma"),
    (AgeGroup.ELDERLY, r"pensionar\w*|aldre dam\w*|aldre kvinna\w*|aldre man\w*|gammal dam|gammal kvinna|gammal tant|gamla mamma|gamla mor|gamling\w*|"
     r"aldreboende\w*|hemtjanst\w*|seniorboende\w*|min mormor|min farmor|min morfar|min farfar|rollator\w*|dement\w*|demens\w*|bistandshandlaggare|bistandsbedomare|aldreomsorg\w*"),
)  # fmt: skip

# What makes a number something else than an age.
_NOT_AFTER = re.compile(
    r"\s*(?:%|kr\b|kronor|spann|tusen|k\b|lax|min\b(?!\s+[a-z])|minut|tim|h\b|dag|dygn|veck|v\b|man\b(?=ad)|manad|mil\b|km|meter|m\b|"
    r"kvm|procent|gang|ggr|ganger|x\b|st\b|barn\b|person|tjejer|killar|man per|kunder|samtal|sms|missade|personer|stycken|"
    r"ar\s+(?:sedan|sen|tillsammans|gift|ihop|i\b|har\s+jag|som|av|med|nu\b|innan|efter|tid|framat|gamla aktenskap|bott|levt|utan|har)|"
    r"ars\s+(?:tid|aktenskap|forhallande|relation|vald|helvete)|kap\b|§|:e\b|:\d|\.\d\d|e\b|[-–/]\d|\s?/)"
)
_NOT_BEFORE = re.compile(
    r"(?:klockan e|klockan ar|feber|termin|\bkl|\bkl\.|klockan|\bcirka kl|\bden|\btill|\bnr|nummer|\bsida|\bbuss|\blinje|\bklass|\bkap|\bga|\brum|\bhus|vaning|"
    r"\d[-–:/.]|\bi\s+over|\bi|\bsedan|\bsen|\bfor|\bunder|\befter|\binom|\bom|\bvarje|\bvar|\bfler an|\bmer an|\bminst|gift|tillsammans|ihop|"
    r"\bdrygt|gifta|\bnarmare|\bi nastan|\bi snart|\bi typ|\bi ca|i mer an|\bsnart)\s*\Z"
)
_DURATION_BEFORE = re.compile(
    r"(?:\bi|\bsedan|\bfor|\bunder|\befter|\bom|\bdrygt|\bover|\bgift|\bgifta|\btillsammans|\bihop|\bvarit|\binom|\bnastan|\bpa|\bhela|\bde)"
    r"(?:\s+(?:snart|over|nastan|typ|ca|cirka|minst|mer an|ungefar|kanske|drygt|mina|dom|de))?\s*\Z"
)
_PAST = re.compile(
    r"(?:nar|da)\s+(?:jag|ja|hon|han|hen|vi|det|de)\s+(?:bara\s+)?(?:var|va|fyllde|blev)\s+(?:bara\s+|typ\s+|runt\s+)?\Z|"
    r"\b(?:var|va|blev|vid|sedan jag var|fran jag var|mellan|fran|tills jag var|sen jag var|alder av|redan som|som)\s*(?:bara\s+|typ\s+)?\Z"
)
_KIN_OF = r"(?:hennes|hans|min|sin|dennes|vars|deras|klientens|elevens|patientens)"
_OTHER = (
    r"maken|sambon|pojkvan\w*|exet|ex|pappan|pappa|far|fadern|brodern|bror|broder|storebror|gm|garningsman\w*|misstankt\w*|mt|"
    r"snubbe\w*|torsk\w*|kopare\w*|farbror\w*|chef\w*|tranare\w*|larare\w*|forovare\w*|utovare\w*|ags|vittne|partner\w*|svarmor|"
    r"styvpappa\w*|bonuspappa|plastpappa|bonusbror|barn\w*|soner\w*|dottrar\w*|bebis\w*|baby|ungar\w*|smabarn|syskon\w*|pojkar\w*|"
    r"foralder|foraldrar|lillasyster|lillebror|feber|termin|mellan|flickor\w*|tjejer|svager|svarson"
)
_OTHER_IF_OWN = (
    r"mannen|man|killen|kille|han|hon|brorsan|gubbe\w*|kund\w*|kusin\w*|granne\w*|kompis\w*|syssling\w*|dotter\w*|son\w*|syster\w*|"
    r"mamma\w*|flicka|tjejen|pojke\w*|van|vannen|vannina\w*|kollega\w*|snubbe\w*|karl\w*|tjej|mormor|moster|faster"
)
_EXPOSED = (
    r"klient\w*|patient\w*|pat|elev\w*|flicka\w*|pojke|pojken|tjej|tjejen|kvinna\w*|kv|dam\w*|malsagande\w*|malsag|mal|brukare\w*|"
    r"mamma\w*|mor|ungdom\w*|person\w*|transtjej\w*|transkille\w*|transkvinna|vannina\w*|van|vannen|kompis\w*|bastis\w*|syster\w*|"
    r"syrra\w*|dotter\w*|son|sonen|kusin\w*|mormor|farmor|hon|hen|han|kille\w*|granne\w*|grannfru\w*|kollega\w*|moster|faster|brorsa\w*|"
    r"brorsdotter\w*|systerdotter\w*|systerson\w*|brorson\w*|barnbarn|man|mannen|hyresgast\w*|medarbetare\w*|anstalld\w*|student\w*|"
    r"placerad\w*|boende|kund\w*|intagen\w*|varnpliktig\w*|rekryt\w*|bror|lillebror|lillasyster|storasyster|lillasyrra|lillbrorsa|inneboende|herre"
)
_LINK = r"[\s,(]*(?:(?:till mig|hos mig|som|ar|e|pa|nog|bara|typ|ca|i|over|den|nu|fran|runt|boende|har|fyllt|blev|blir|fyller)[\s,]+)*\Z"
_SELF = re.compile(r"\b(?:jag|ja|mig|jg)\b[^.!?\n]{0,12}\Z")


def find(text: str, perspective: str | None, today: date) -> Age:
    """Return the exposed person's age (the writer's own, for one who uses violence).

    `perspective` is a code of the situation or `None`; `today` is needed for years of birth.
    """
    folded = fold(without_placeholders(text))
    mentions = [_given(folded, mention, perspective) for mention in _mentions(folded, today)]
    exact = [mention for mention in mentions if mention.whose is not Whose.OTHER]
    if exact:
        # The first of the surest; a correction ("nej, 16") comes last in a text, but then alone in its message.
        best = max(exact, key=lambda mention: (mention.whose, mention.age is not None, -mention.start))
        return Age(best.age, AgeGroup.of(best.age) if best.age is not None else best.group)
    return Age(None, _group(folded, perspective))


def _mentions(text: str, today: date) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(text):
            start, end = found.span("n")
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            if not _is_age(text, start, end, found.end(), kind):
                continue
            mention = _mention(kind, found["n"], start, end, today)
            if mention:
                taken.append((start, end))
                yield mention


_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)


def _is_age(text: str, start: int, end: int, whole_end: int, kind: str) -> bool:
    before, after = text[max(0, start - 30) : start], text[end : end + 25]
    if kind == "year":
        return not re.search(r"\bforst\w*\s*\Z", before)
    if _PAST.search(before):
        return False
    if re.match(r"\s*-?(?:aring|arig|bast)", after):
        return True
    if _NOT_AFTER.match(after):
        return False
    if re.match(r"\s*ar\b", after):
        return not _DURATION_BEFORE.search(before) or bool(
            re.search(r"(?:tjej|kille|flicka|pojke|kvinna|man|dotter|son|\bpa)\s+pa\s*\Z", before)
        )
    return kind in ("before", "about") or not _NOT_BEFORE.search(before)


def _mention(kind: str, said: str, start: int, end: int, today: date) -> Mention | None:
    if kind == "year":
        digits = re.sub(r"\D", "", said)
        year = int(digits) if len(digits) == 4 else 1900 + int(digits)
        if len(digits) == 2 and year + 100 <= today.year:
            year += 100
        older = today.year - year
        same = older > 0 and AgeGroup.of(older) is AgeGroup.of(older - 1)
        # The birthday is not known, so the age in years is not; the group is, unless it changes this year.
        return (
            Mention(start, end, None, AgeGroup.of(older) if same else AgeGroup.of(older - 1))
            if 0 < older < 111
            else None
        )
    age = numbers.value(said)
    if kind == "before":
        age -= 1
    if not 4 <= age <= 110:
        return None
    return Mention(start, end, None if kind == "about" else age, AgeGroup.of(age))


_NEAR_KIN = re.compile(
    rf"\b{_KIN_OF}\s+(?:\w+\s+)?(?:man|make|sambo|kille|tjej|bror|brodern|pappa|far|son|ex|exman|chef|partner|hans|van){_LINK}"
)
_NEAR_OTHER = re.compile(rf"\b(?:{_OTHER}){_LINK}")
_NEAR_OTHER_IF_OWN = re.compile(rf"\b(?:{_OTHER_IF_OWN}){_LINK}")
_NEAR_EXPOSED = re.compile(rf"\b(?:{_EXPOSED}){_LINK}")
_AFTER_EXPOSED = re.compile(rf"\s*-?(?:arig\w*|ars|ar|aring)?\s*,?\s*(?:gammal\s+|gamla\s+)?(?:{_EXPOSED})\b")
_AFTER_OTHER = re.compile(
    r"\s*-?(?:arig\w*|ars|ar)?\s*(?:gammal\s+|aldre\s+)?(?:man|kille|gubbe|snubbe|karl|son|dotter|barn|bebis|baby|bror|pojkvan)\b"
)
_ONE_OF_TWO = re.compile(r"(?:\d\d?|tva|tre|fyra|fem|sex|sju|atta|nio)\s*(?:,|och|o|&|resp\.?|till|-)\s*\Z")
_AND_ANOTHER = re.compile(
    r"\s*(?:,|och|o|&|resp\.?)\s*(?:\d\d?\b|tva\b|tre\b|fyra\b|fem\b|sex\b|sju\b|atta\b|nio\b|elva\b)(?!\s*ars?\b)"
)
_SOMEBODY = re.compile(r"\b(?:en|ett|av|med|m|ihop|till)\s*\Z")
_WRITER_IN_SHORT = re.compile(
    r"(?:(?:^|[,.]\s*)|\bar\s+en\s+|\be\s+en\s+)(?:gift\s+|ensam\s+|ung\s+|aldre\s+|mamma,?\s+|en\s+)?"
    r"(?:trans)?(?:tjej|kvinna|kv|kille|man|flicka|pojke|dam|mamma|gubbe|tant|pensionar)\s*[,(]?\s*(?:pa\s+)?\Z"
)
_YOUNGEST_WRITER = 8  # smaller numbers next to a writer are the children's ages
_PRONOUN_AFTER = re.compile(r"\s*(?:ar\s+)?(?:ar|e)\s+jag\b")


def _given(text: str, mention: Mention, perspective: str | None) -> Mention:
    """Give the mention to a person, by the words before and after it and by who is writing."""
    before, after = text[: mention.start], text[mention.end :]
    clause = re.split(r"[.!?\n]", before)[-1]
    own = perspective in ("utsatt", "utovare")
    return replace(
        mention, whose=_own(mention, clause, after) if own else _not_own(mention, clause, after, perspective)
    )


def _own(mention: Mention, clause: str, after: str) -> Whose:
    """The writer is the one whose age is sought: "tjej 17" is the writer in short, "min kille är 30" is not."""
    if _SELF.search(clause) or _PRONOUN_AFTER.match(after):
        return Whose.WRITER
    if _ONE_OF_TWO.search(clause) or _AND_ANOTHER.match(after):
        return Whose.OTHER
    if _WRITER_IN_SHORT.search(clause):
        return Whose.NAMED
    if _NEAR_KIN.search(clause) or _NEAR_OTHER.search(clause) or _NEAR_OTHER_IF_OWN.search(clause):
        return Whose.OTHER
    if _SOMEBODY.search(clause) or (_AFTER_OTHER.match(after) and clause.strip()):
        return Whose.OTHER
    return (
        Whose.OTHER if mention.age is not None and mention.age < _YOUNGEST_WRITER and clause.strip() else Whose.UNCLEAR
    )


def _not_own(mention: Mention, clause: str, after: str, perspective: str | None) -> Whose:
    """Somebody else's age is sought, or it is not known yet who writes; "hon är 72 och jag är 50" is about her."""
    if _SELF.search(clause) or _PRONOUN_AFTER.match(after):
        return Whose.UNCLEAR if perspective is None else Whose.OTHER
    if _ONE_OF_TWO.search(clause) or _AND_ANOTHER.match(after):
        return Whose.OTHER
    if _NEAR_KIN.search(clause) and perspective != "anhorig":
        return Whose.OTHER if perspective else Whose.UNCLEAR
    if re.search(rf"\bhennes (?:man|make|kille|sambo|pojkvan|ex|son|bror|barn){_LINK}", clause):
        return Whose.OTHER
    if perspective == "yrkesverksam" and re.search(rf"\b(?:bror|lillebror|lillasyster|son|dotter|mor){_LINK}", clause):
        return Whose.OTHER
    if _NEAR_EXPOSED.search(clause):
        return Whose.NAMED
    if _NEAR_OTHER.search(clause) or re.search(r"\b(?:ihop med|ihop m|med en|av en|m)\s*\Z", clause):
        return Whose.OTHER
    return Whose.NAMED if _AFTER_EXPOSED.match(after) else Whose.UNCLEAR


_GRADE_GROUP = re.compile(_GRADES.pattern)
_GROUP_WORDS = tuple((group, re.compile(rf"\b(?:{pattern})\b")) for group, pattern in _GROUPS)


def _group(text: str, perspective: str | None) -> AgeGroup | None:
    """Return the group that words alone give ground for: a school year, "pensionär", "tonårstjej"."""
    own = perspective in ("utsatt", "utovare")
    grade = _GRADE_GROUP.search(text)
    if grade and (
        not own
        or re.search(
            r"\b(?:jag|ja)?\s*(?:gar|gick|e|ar|borjar|borjat)?\s*(?:i|forsta|andra)?\s*\Z", text[: grade.start()]
        )
    ):
        return AgeGroup.CHILD
    for group, pattern in _GROUP_WORDS:
        if pattern.search(text) and not (own and group in (AgeGroup.CHILD,)):
            return group
    return None
