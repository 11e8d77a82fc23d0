"""Numbers dictated in words, digits mixed in.

"nitton åttiofem noll tre tolv tolv trettiofyra", "noll sjuttio 12 ...".
"""

import re
from collections.abc import Iterator

from bot.privacy.detectors.personnummer import kind_of_date
from bot.privacy.needs import shortest
from bot.privacy.types import Found, Kind

_ONES = {
    "noll": 0,
    "nolla": 0,
    "nollan": 0,
    "ett": 1,
    "en": 1,
    "etta": 1,
    "två": 2,
    "tva": 2,
    "tvåa": 2,
    "tre": 3,
    "trea": 3,
    "fyra": 4,
}
_ONES |= {"fem": 5, "femma": 5, "sex": 6, "sexa": 6, "sju": 7, "sjua": 7, "åtta": 8, "atta": 8, "nio": 9, "nia": 9}
_TEENS = {
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "tretton": 13,
    "fjorton": 14,
    "femton": 15,
    "sexton": 16,
    "sjutton": 17,
    "arton": 18,
    "nitton": 19,
}
_TENS = {
    "tjugo": 20,
    "tjuge": 20,
    "trettio": 30,
    "tretti": 30,
    "fyrtio": 40,
    "förti": 40,
    "femtio": 50,
    "femti": 50,
    "sextio": 60,
    "sexti": 60,
}
_TENS |= {"sjuttio": 70, "sjutti": 70, "åttio": 80, "åtti": 80, "attio": 80, "nittio": 90, "nitti": 90}
_SMALL = {word: str(value) for word, value in (_ONES | _TEENS | _TENS).items()}
_SMALL |= {f"{ten}{one}": str(t + o) for ten, t in _TENS.items() for one, o in _ONES.items() if o > 0}
_WORDS = _SMALL | {
    "nittonhundra": "19",
    "tjugohundra": "20",
    "tvåtusen": "20",
    "artonhundra": "18",
    "plus": "",
    "streck": "",
    "bindestreck": "",
}
_WORDS |= {f"nittonhundra{word}": f"19{value}" for word, value in _SMALL.items() if len(value) == 2}
_WORDS |= {f"tvåtusen{word}": f"20{value:0>2}" for word, value in _SMALL.items()}
_WORDS |= {
    f"{one}hundra{word}": f"{_ONES[one]}{value:0>2}"
    for one in ("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
    for word, value in _SMALL.items()
}
_FILLERS = frozenset({"och", "sen", "sedan", "eh", "öh", "minus", "komma", "mellanslag", "hundra", "tusen", "dubbel"})
_WEAK = _FILLERS | {"en", "ett"}  # they stand between other numbers too
# "nollsju", "fyrtiofemsjuttioett": number words written together.
_TOLD = shortest(_WORDS.keys() - _WEAK)
_PART = re.compile("|".join(sorted((word for word in _SMALL if len(word) > 2), key=len, reverse=True)))
_COMPOUND = re.compile(rf"(?:{_PART.pattern}){{2,8}}")
_TOKEN = re.compile(r"[^\W\d_]{1,25}|\d{1,12}")
_BIRTH_CUE = re.compile(r"\bpers\w{0,10}n|\bpnr|samordn|födelse", re.IGNORECASE)
_PHONE_CUE = re.compile(r"ring|nummer|numret|tel|mobil|sms|nås|swish", re.IGNORECASE)


def detect(view: str) -> Iterator[Found]:
    """Yield runs of at least eight dictated digits, at least two of their tokens in words."""
    lower = view.lower()
    if not any(word in lower for word in _TOLD):
        return
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(view):
        word = token[0].lower()
        near = not run or len(re.sub(r"[ \n,.\-–+]", "", view[run[-1].end() : token.start()])) == 0
        counts = word.isdigit() or word in _WORDS or (word in _FILLERS and bool(run)) or _is_compound(word)
        if not (near and counts):
            yield from _judge(run, view)
            run = []
        if counts and (run or word not in _FILLERS):
            run.append(token)
    yield from _judge(run, view)


def _judge(run: list[re.Match[str]], view: str) -> Iterator[Found]:
    while run and run[-1][0].lower() in _FILLERS:
        run.pop()
    words = [part for token in run if token[0].lower() not in _FILLERS for part in _parts(token[0].lower())]
    if sum(not word.isdigit() and word not in _WEAK for word in words) < 2:
        return
    digits = digits_of(words)
    if len(digits) in (6, 8) and _BIRTH_CUE.search(view, max(0, run[0].start() - 25), run[0].start()):
        if kind_of_date(digits[-6:]):
            yield Found(Kind.PERSONNUMMER, run[0].start(), run[-1].end())
        return
    if not 7 <= len(digits) <= 20:
        return
    start, end = run[0].start(), run[-1].end()
    cue = _PHONE_CUE.search(view, max(0, start - 30), start)
    kind = kind_of_date(digits[-10:-4]) if len(digits) in (10, 12) and not digits.startswith("07") else None
    if kind:
        yield Found(kind, start, end)
    elif len(digits) >= 8 or digits[0] == "0" or cue:
        yield Found(Kind.PHONE, start, end)


def _is_compound(word: str) -> bool:
    return word not in _WORDS and len(word) > 5 and _COMPOUND.fullmatch(word) is not None


def _parts(word: str) -> list[str]:
    return _PART.findall(word) if _is_compound(word) else [word]


def digits_of(words: list[str]) -> str:
    """The digits that number words in lower case stand for; a word that is no number adds none."""
    digits = ""
    tens_open = False
    for word in words:
        value = word if word.isdigit() else _WORDS.get(word, "")
        if tens_open and word in _ONES and _ONES[word] > 0:
            # "åttio fem" is 85, not 805.
            digits = digits[:-1] + value
            tens_open = False
            continue
        digits += value
        tens_open = word in _TENS
    return digits
