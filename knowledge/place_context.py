"""Whether a place in a text is where somebody lives, where something happened, or somewhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = (
    r"(?:\s+(?:i|pa|vid|hos|nara|utanfor|ute|uppe|nere|borta|strax|mitt|en|ett|min|mina|mitt|hos|till|"
    r"ut|hit|oss|jag|han|hon|vi|de|har|nu|alltsa|typ|sedan|kvar|ensam|hemma|lagenhet|lgh|hus|villa|"
    r"radhus|rum|etta|tvaa|trea|egen|liten|stor|och|o|med|sin|sambo|man|mamma|pappa|barn|barnen|kommun|"
    r"delen|av|norra|sodra|ostra|vastra|gamla))*\s+\Z"
)
_LIVES = re.compile(
    r"\b(?:bor|bo|bott|bodd|bosatt|boende|boende:|bosatta|skriven|skrivna|folkbokford\w*|folkbokforda|"
    r"mantalsskriven|hemma|hemort|hemadress|hemvist|hemkommun|"
    r"hemmahorande|flyttat|flyttade|flyttar|flytta|bosatte|lever|vistas|vistelseadress|adress|gomd|"
    r"gommer|inneboende|lagenhet|lgh|villa|radhus|kommer)\b[:,]?" + _LINK
)
_FROM = re.compile(r"\bfran\s+(?:norra\s+|sodra\s+|ett\s+|en\s+)?\Z")
_NOT_HERE = re.compile(
    r"\b(?:flytt\w*|flydd\w*|flydde|flyktat|rymt|rymde|bodde|vuxit upp|uppvuxen|fodd|kommer "
    r"ursprungligen|ursprungligen|inte|ej|lamnat|dra|drog|innan)\s+(?:i\s+|fran\s+|pa\s+|bott\s+i\s+|"
    r"hemma\s+)*\Z"
)
_EVENT = re.compile(
    r"\b(?:hande|hant|skedde|intraffade|handelseort|anmald|antraffad\w*|patraffad\w*|greps|gripen|"
    r"valdtagen|overfallen|utsatt|utsattes|misshandlad|slagen|raggade|"
    r"fest|efterfest|konsert|festival|krog\w*|klubb\w*|bar|hotell|hotellrum|match|stod|stodtes|sag|"
    r"traffade|traffat|traffas|traffa|motte|motas|besok|var|varit|akte|aker|ska|resa|"
    r"resan|reste|tunnelbanan|tuben|taget|bussen|stationen|perrongen|parken|parkering\w*|handlade|"
    r"skulle|kor|korde|insats|tillslag|husrannsakan)\b(?:\s+(?:i|pa|vid|till|ut|in|en|ett|mig|dit|ner|"
    r"upp|fran|at|ute|hos|henne|honom|oss|med|nara))*\s+\Z"
)
_OFFICE = re.compile(
    r"\b(?:jobbar|jobb|jobbet|arbetar|arbete|arbetsplats\w*|praktik\w*|kontor\w*|polis|polisen|pol|"
    r"socialtjanst\w*|soc|socialjour\w*|socialsekreterare|handlaggare|kommun|kurator|mottagning\w*|"
    r"vardcentral\w*|vc|sjukhus\w*|"
    r"akuten|bup|um|bvc|mvc|region|regionen|lakare|sjukskoterska|enheten|enhet|forsamling\w*|kyrka\w*|"
    r"kyrkan|boendestod\w*|hemtjanst\w*|frivard\w*|haktet|tingsratt\w*|frisor\w*|butik\w*|restaurang\w*|"
    r"affar\w*|jour|kvinnojour\w*|kvinnojouren|ungdomsmottagning\w*|gar|laser|pluggar|larare|"
    r"chef)\b(?:\s+(?:i|pa|vid|en|ett|har|som|inom|hos|for|at|var|skola|skolan|gymnasiet|gymnasium|"
    r"centrum|norra|sodra))*\s+\Z"
)
_OTHERS = re.compile(
    r"\b(?:han|hans|mannen|exet|ex|pappa|pappan|mamma|foraldrar\w*|kusin\w*|farbror\w*|brodern|bror|"
    r"bror\w*|kille\w*|pojkvan\w*|slakt\w*|familjen|syster\w*|syrra\w*|jag|jg|vi|kompis\w*|vannina|"
    r"mormor|farmor)\s+(?:som\s+)?(?:bor|bo|ar|e|har|finns|sitter|jobbar|kommer|flyttat|flyttade)\b" + _LINK
)
_AFTER_LIVES = re.compile(r"\s*-?(?:bo|bon|bor)\b|\s+(?:ar|e)\s+(?:dar|hemma)|\s+(?:bor|boende|hemma)\b")


_LIVES_LOOSELY = re.compile(
    r"\b(?:bor|bo|bott|boende|bosatt|skriven|folkbokford|gommer sig|flyttat|"
    r"vistas)(?:\s+\w+){0,3}?\s+(?:i|pa|vid|utanfor|nara)\s+(?:\w+\s+)?\Z"
)
_KIN_THERE = re.compile(
    r"\b(?:slakten|slakt|kusin\w*|foraldrar\w*|familj|farbr\w+|morfar|farfar|svarforaldrar\w*)\s+(?:i|pa)\s+\Z"
)
_REGION = re.compile(r"\b(?:region|lan|lansstyrelsen i|storstockholm)\s+\Z")
# Whose office is near the client's home: school, preschool, child health centre, the municipality's own services.
_LOCAL = re.compile(
    r"skol|gymnas|bvc|elevhals|fritids|larare|rektor|kommun|soc|hemtjanst|boendestod|forskol|kurator|"
    r"mottagning|klient|enhet"
)


@dataclass(frozen=True)
class Context:
    """`score`: how strongly somebody lives there (3 lives, 0 unsaid, -1 work, -2 an event); `plain`: the name alone."""

    score: int
    lives: bool = False
    plain: bool = False


def context(folded: str, start: int, end: int, perspective: str | None, mentions: int) -> Context:
    """Judge the place at folded[start:end] by the words before and after it in the same sentence."""
    before = re.split(r"[!?\n;]|\.(?!\w)", folded[max(0, start - 90) : start])[-1]
    after = folded[end : end + 25]
    plain = not before.strip(" ,:-") and not after.strip(" ,.!:-")
    before = before if before.endswith(" ") or not before else before + " "
    if _NOT_HERE.search(before):
        return Context(-3)
    if _REGION.search(before) or _KIN_THERE.search(before):
        return Context(-3)
    lives = bool(_LIVES.search(before)) or bool(_LIVES_LOOSELY.search(before)) or bool(_AFTER_LIVES.match(after))
    if lives:
        other = _OTHERS.search(before)
        # The one who writes is not the one exposed, or the other way round: "han bor i Täby" of the perpetrator.
        mine = re.match(r"(?:jag|jg|vi)\b", other[0]) if other else None
        if other and perspective == "utsatt" and not mine:
            return Context(0, lives=True)
        if other and mine and perspective in ("anhorig", "yrkesverksam"):
            return Context(-1 if mentions > 1 or not re.match("vi", other[0]) else 1, lives=True)
        return Context(3, lives=True)
    office = _OFFICE.search(before)
    if office:
        return Context(-1 if _LOCAL.search(office[0]) else -2)
    if _EVENT.search(before):
        return Context(-2)
    if _FROM.search(before):
        return Context(2, lives=True)
    return Context(1 if plain else 0, plain=plain)
