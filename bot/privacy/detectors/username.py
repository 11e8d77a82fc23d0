"""Names on social media: @handles, words in the shape of a handle, and what is named after an app."""

import re
from collections.abc import Iterator

from bot.privacy.detectors import username_wording
from bot.privacy.detectors.username_wording import APP as _APP
from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.names.tokens import is_listed
from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_HANDLE = Pattern(r"(?<![\w@.+\-/])@[A-Za-zåäö0-9_][\w.åäö\-]{1,30}(?<![.\-])")
_NAMED = (
    r"(?:användarnamn\w{0,3}|användar ?id|användare[n]?|anv\.? ?namn|discordnamn(?:et)?|insta(?:gram)?namn(?:et)?|"
    r"snap(?:chat)?namn(?:et)?|"
    r"fe[ij]k-?(?:konto(?:t)?|profil(?:en)?)|username|user|gamertag|handle|nick(?:name|"
    r"et)?|alias|inlogg(?:ning)?(?:en|et)?|anv(?=[:.])|nick(?:et)?|"
    r"signatur(?:en)?|profil(?:en|namn)?|konto(?:t)?(?:namn)?|chattnamn|screenname|spelnamn)"
)
_CONTEXT = re.compile(
    rf"\b(?:{_APP}|{_NAMED}|story|följ(?:er|a)|dm|pm|add(?:a|ar|ade)?|chatt\w{{0,4}}|spel(?:et|ar)?)(?:s|en|et|n|t)?\b",
    re.IGNORECASE,
)
# Underscores and name#1234 hardly occur in a sentence; dots and digits only count near a word about an app.
_SURE_SHAPE = Pattern(
    r"(?<![\w@./\-])(?=[\w.\-]{0,30}[A-Za-zåäö])(?:[\w.\-]{0,30}\w_[\w.\-]{0,30}|_[\w.\-]{2,30}|"
    r"[A-Za-zåäö][\w.\-]{1,30}_|[A-Za-zåäö][\w.]{1,30}#\d{3,5}|"
    r"[A-Za-zåäöÅÄÖ]{3,15}-[A-Za-zåäöÅÄÖ]{3,15}-\d{2,4})(?![\w@])"
)
_LIKELY_SHAPE = Pattern(
    r"(?<![\w@./\-#])(?:[A-Za-zåäöÅÄÖ][A-Za-zåäöÅÄÖ0-9]{0,20}(?:[.\-][A-Za-zåäöÅÄÖ0-9]{1,20}){1,4}|"
    r"(?=[A-Za-zåäö]{0,20}\d)(?=\d{0,20}[A-Za-zåäö])[A-Za-zåäö0-9]{4,30}|"
    r"[A-Za-zåäö]{2,20}[a-zåäö][A-Z][A-Za-zåäö]{1,20}|x{2,3}[A-Za-z]{2,20}(?:x{2,3})?)(?![\w@/])"
)
_ORDINARY = re.compile(
    r"\A(?:[a-zåäö]\.[a-zåäö]+\.?|\d+(?:-?\w{1,5})?|(?:kl|v|nr|s|kap)\.?\d+|bl\.a|t\.ex|e\.d|o\.s\.v|m\.m|"
    r"f\.d|p\.g\.a|d\.v\.s|fr\.o\.m|t\.o\.m|"
    r".*\.(?:se|com|nu|org|net|eu|no|fi|dk|io)|\d+[a-zåäö]+|"
    r"[A-ZÅÄÖa-zåäö]+-[a-zåäö]+|[A-ZÅÄÖ]+-\w+|[A-ZÅÄÖ][a-zåäö]+-[A-ZÅÄÖ][a-zåäö]+)\Z"
)
# "volvo70", "sal12": a word with a short number; after an app or a label for names it is a name nevertheless.
_COUNTED = re.compile(r"[a-zåäö]+\d{1,2}(?:an|:an)?", re.IGNORECASE)
_LINK = (
    r"(?: ?@ |[ ]?(?:[:=]|->)[ ]?|-|[ ]{1,2}(?:är|heter|hette|e|va|var|under|som|konto(?:t)?|namn(?:et)?|add|:)(?: är|"
    r" heter| e)?[ :]{1,2}|[ ])"
)
_HANDLE_WORD = r"(?P<name>[@+$]?[A-Za-zåäöÅÄÖ0-9_][\w.\-#]{1,30})(?<![.\-])"
_AFTER_APP = Pattern(
    rf"\b(?:{_APP}|{_NAMED})(?:et|en|n|t)?(?:[ ]?namn\w{{0,2}}|[ ]?konto\w{{0,2}})?(?P<link>{_LINK})"
    rf"[\"'“”]?{_HANDLE_WORD}",
    re.IGNORECASE,
)
_BEFORE_APP = Pattern(
    rf"\b(?:heter|hette|är|kallar sig|kallas|under|finns som|add(?:a|ade)?|adda mig)"
    rf"[ ][\"'“”]?{_HANDLE_WORD}[\"'“”]?[ ](?:på|i) {_APP}\b",
    re.IGNORECASE,
)
_APP_SAYS = Pattern(
    rf"\b(?:på|i) {_APP},? (?:heter|kallar|går|finns|är|e)(?: (?:han|hon|jag|de|dom|hen|sig|under|som|det)){{1,3}}"
    rf" {_HANDLE_WORD}",
    re.IGNORECASE,
)
# A word right after the app: taken when it ends in digits, or when no Swedish word looks like it.
_APP_IS = Pattern(
    rf"\b(?:{_APP}|{_NAMED})(?:pen|n|t|na)?(?:,| (?:är|e|va|var|heter)| ?:)? {_HANDLE_WORD}(?!\w)(?! (?:på|i|av|för|"
    rf"hela|varje)\b)",
    re.IGNORECASE,
)
_ADD = Pattern(
    rf"\b(?:add(?:a|ar|ade)?|lägg till|kolla|sök på|skriv till)(?: mig| in)?(?: på (?:{_APP}))?[:,]? {_HANDLE_WORD}",
    re.IGNORECASE,
)
_ADD_ON = Pattern(
    rf"\b(?:add(?:a|ar|ade)?|lägg till|kolla|sök på|snacka med)(?: mig| in)?:? {_HANDLE_WORD} på {_APP}\b"
    rf"|\b(?:add(?:a|ar|ade)?|lägg till|skriv till)(?: mig| in)? på {_APP}(?:[:,] ?|"
    rf" )(?P<last>@?[a-zåäö0-9_][\w.\-#]{{2,30}})(?<![.\-])",
    re.IGNORECASE,
)
# What is done with an account, or from one.
_DONE = Pattern(
    r"\b(?:taggad av|blocka(?:de|t|r)?|blockera(?:de|t|r)?|(?:skriver|skrev|dm|meddelande\w{0,2}|hot|mess) från|"
    r"byt(?:te|t|er) (?:namn )?till|"
    rf"la(?:de)? till|följ(?:er|de)|(?:står|säljer|skriver|finns) (?:han|hon|de|dom) som|kontona|"
    rf"kontot?,?) {_HANDLE_WORD}(?!\w)(?P<app> på {_APP}\b)?",
    re.IGNORECASE,
)
_GOES_BY = Pattern(
    rf"\b(?:går|känd|finns|skriver|spelar) (?:under|som)(?P<label> namnet| nicket| aliaset|"
    rf" signaturen)? {_HANDLE_WORD} (?:på|i) (?:{_APP}|nätet)\b",
    re.IGNORECASE,
)
_REDDIT = Pattern(r"(?<![\w/])/?u/[A-Za-z0-9_-]{3,25}")
_SKYPE = Pattern(r"(?<!\w)live:[.\w-]{3,40}(?<![.-])", re.IGNORECASE)
# Two words that no dictionary holds, joined by a full stop, are no end of a sentence ("linnsan.xo").
_DOTTED = Pattern(r"(?<![\w@./:-])(?P<left>[a-zåäö]{3,20})\.(?P<right>[a-zåäö0-9]{2,20})(?![\w@/]|\.\w)")
_DOMAINS = frozenset(["se", "com", "nu", "org", "net", "eu", "no", "fi", "dk", "io", "info", "gov", "uk", "de"])
_NUMBERED = re.compile(r"(?!kap|vecka|sida|plan|dag|del|nivå|avsnitt)[A-Za-zåäö]{4,20}\d{2,4}\Z")
_INFLECTED = re.compile(
    r".{0,30}(?:ad|ade|ats|at|ats|t|d|de|s|ig|er|ar|or|en|ing|ande|ende|nas|na|as)\Z", re.IGNORECASE
)
_SHAPE = re.compile(r"(?=.*[a-zåäö])(?:.*\d|.*_|.+\..+|x{2,}.*|.*xoxo|.*[a-zåäö][A-Z])")
_NO_NAME = read_words("wording/no_usernames.txt")
# A file with a name of a person in its own: "anna_lindberg_ansokan.pdf", not "kvitto.pdf".
_FILE = Pattern(
    r"(?<![\w.\-])([\w.\-]{1,80})\.(?:pdf|docx?|xlsx?|pptx?|txt|zip|jpe?g|png|gif|heic|mp[34]|m4a|mov|wav)(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(r"[^\W\d_]+")


def detect(view: str) -> Iterator[Found]:
    """Yield handles, and words that are named after an app when their shape or the wording says so."""
    for pattern in (_HANDLE, _SURE_SHAPE, _REDDIT, _SKYPE):
        for match in pattern.finditer(view):
            yield Found(Kind.USERNAME, match.start(), match.end())
    for match in _FILE.finditer(view):
        if any(map(is_listed, _PART.findall(match[1].lower()))):
            yield Found(Kind.USERNAME, match.start(), match.end())
    for match in _LIKELY_SHAPE.finditer(view):
        near = view[max(0, match.start() - 50) : match.start()] + "\n" + view[match.end() : match.end() + 30]
        if re.fullmatch(_APP, match[0], re.IGNORECASE):
            continue  # "TikTok"
        if not _ORDINARY.match(match[0]) and not _COUNTED.fullmatch(match[0]) and _CONTEXT.search(near):
            yield Found(Kind.USERNAME, match.start(), match.end())
    for match in _AFTER_APP.finditer(view):
        naming = re.search(r"[:=@]|heter|hette|->|\bunder\b", match["link"]) is not None
        if _is_name(match["name"], naming):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for match in _APP_SAYS.finditer(view):
        if _is_name(match["name"], named=True) and not _is_word(match["name"]):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for match in _APP_IS.finditer(view):
        if _NUMBERED.match(match["name"]) or _is_coined(match["name"]):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for match in _ADD.finditer(view):
        if _NUMBERED.match(match["name"]):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for pattern in (_BEFORE_APP, _GOES_BY):
        for match in pattern.finditer(view):
            known = pattern is _GOES_BY and not match["label"] and vocabulary.is_ordinary(match["name"].lower())
            if _is_name(match["name"], named=True) and not known:
                yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for match in _ADD_ON.finditer(view):
        group = "name" if match["name"] else "last"
        looked_at = match[0][0] in "kKsS" and vocabulary.is_ordinary(match[group].lower())  # "kolla bilder på insta"
        if _is_name(match[group], named=True) and not _is_word(match[group]) and not looked_at:
            yield Found(Kind.USERNAME, match.start(group), match.end(group))
    for match in _DONE.finditer(view):
        name = match["name"]
        coined = len(name) > 6 and name.isalpha() and not vocabulary.is_nearly_ordinary(name.lower())
        if (
            _NUMBERED.match(name)
            or (match["app"] and coined)
            or (match[0][0] in "kK" and coined and not name[0].isupper())
        ):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for start, end in username_wording.spans(view):
        yield Found(Kind.USERNAME, start, end)
    for match in _DOTTED.finditer(view):
        if match["right"] not in _DOMAINS and not (
            vocabulary.is_ordinary(match["left"]) or vocabulary.is_ordinary(match["right"])
        ):
            yield Found(Kind.USERNAME, match.start(), match.end())


def _is_name(token: str, named: bool) -> bool:
    if token.lower().lstrip("@") in _NO_NAME or token.isdigit() or _ORDINARY.match(token):
        return False
    if not named and _COUNTED.fullmatch(token) and len(token) < 6:
        return False
    return _SHAPE.match(token) is not None or (named and len(token) > 2)


def _is_word(token: str) -> bool:
    return token.lower() in read_words("common_words.txt") or token.lower() in read_words("plain.txt")


def _is_coined(token: str) -> bool:
    """Whether a word in letters is long, in no list and without the ending of what an account can be ("kapad")."""
    if not token.isalpha() or token.lower() in _NO_NAME or _is_word(token):
        return False
    if len(token) > 5 and not vocabulary.is_nearly_ordinary(token.lower()):
        return True
    return len(token) > 7 and not _INFLECTED.match(token)
