"""Names that are no person's: a service, a school, a church or a room that bears a name."""

import re

from bot.privacy.names.tokens import Token

# What comes before the name of a house or a service ("tjejjouren Emma", "förskolan Myran").
_BEARER = (
    r"(?:.*(?:jour|jouren|jouren?s|skola|skolan|boende|boendet|hemmet|hem|mottagning|mottagningen|gymnasiet|gymnasium|"
    r"rummet|rum|salen|avdelning|avdelningen|projekt|projektet|gruppen|kursen|kurs|appen|serien|filmen|boken|metoden|"
    r"formuläret|instrumentet|programmet|föreningen|stiftelsen|hotell|hotellet|restaurangen|krogen|klubben|"
    r"butiken|företaget|kyrkan|moskén|gatan|vägen|linjen|enheten|teamet|båten|färjan|centret|stationen|hållplatsen|"
    r"parken|skyddet|huset|verksamheten|kontoret|stället|orten|byn|staden|ön|hunden|katten|hästen|lagen|organisationen)|"
    r"hvb|hvb-hemmet|lss-boendet|sto?rmen|orkanen|drottning|påve|påven|helgonet|profeten|sankt|sankta|s:t|heliga)\Z"
)
_BEARS = re.compile(_BEARER)
# What comes after a name in the name of a place. Nobody owns these, so a genitive before them is no person's either.
_PLACE = re.compile(
    r"(?:torg|torget|plan|kyrka|kyrkan|församling|slott|kapell|brygga|allé|sjukhus|barnsjukhus|lasarett|folkhögskola|"
    r"musikklasser|gymnasium|friskola|montessori|stiftelse|minnesfond|station|museum|bibliotek|"
    r"mottagning|mottagningen|jour|jouren|line|arena|hallen)\Z"
)
_OWNED = frozenset({"gymnasium", "kyrka", "sjukhus", "bibliotek", "station"})
_CALLED = frozenset({"heter", "hette", "kallas", "kallad", "är", "e"})
# Who goes to, or speaks for, the bearer: then it is a person after all ("jourens Lena" is, "jouren Lena" is not).
_SPEAKS = frozenset({"sa", "säger", "ringde", "ringer", "slår", "slog", "hotar", "skriver", "skrev", "heter"})


def bears(word: str) -> bool:
    """Whether `word` (lower case) is a house, a service or the like, which has a name of its own."""
    return _BEARS.match(word) is not None


def is_thing(tokens: list[Token], first: int, last: int) -> bool:
    """Whether tokens[first..last], which look like a name, name a house, a place or a service."""
    return _follows_bearer(tokens, first, last) or _begins_place(tokens, first, last)


def _follows_bearer(tokens: list[Token], first: int, last: int) -> bool:
    token = tokens[first]
    back = first - 1
    if back < 0 or not re.fullmatch(r"[ \"'“”]{1,3}", token.gap):
        return False
    direct = tokens[back].lower not in _CALLED
    if not direct:
        back -= 1
        if back > 0 and tokens[back - 1].lower in ("på", "i", "hos", "från", "vid"):
            return False  # "min kontakt på jouren heter Lena"
    if back < 0 or not bears(tokens[back].lower):
        return False
    if direct and (last > first or not (token.capital or tokens[back].lower.endswith(("jour", "jouren", "sankt")))):
        return False
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    return not (direct and after in _SPEAKS)


def _begins_place(tokens: list[Token], first: int, last: int) -> bool:
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is None or after.gap != " " or not _PLACE.match(after.lower):
        return False
    owner = first == last and not tokens[first].capital and tokens[first].lower.endswith("s")
    return not (owner and after.lower in _OWNED)
