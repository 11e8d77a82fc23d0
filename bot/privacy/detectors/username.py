"""Names on social media: @handles and what is named after an app."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_HANDLE = re.compile(r"(?<![\w@.+\-])@[A-Za-zåäö0-9_][\w.åäö\-]{1,30}(?<![.\-])")
_APP = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|facebook|face|fb|kik|discord|telegram|signal|messenger|whats?app|wickr|roblox|fortnite|"
    r"steam|psn|xbox|twitch|tinder|reddit|flashback|twitter|skype|only ?fans|onlyfans|youtube|yubo|x)"
)
_NAMED = (
    r"(?:användarnamn\w{0,3}|användar ?id|usern(?:ame)?|user|gamertag|nick(?:name|et)?|alias|konto(?:t)?(?= heter)|profil(?:en|namn)?(?= heter)|"
    r"inlogg(?:ning)?|signatur(?:en)?)"
)
_LINK = r"(?:[ ]?(?:[:=]|->)[ ]?|[ ]{1,2}(?:är|heter|e|under|som|konto(?:t)?|namn(?:et)?|add|:)(?: är| heter| e)?[ :]{1,2}|[ ])"
_TOKEN = r"(?P<name>@?[A-Za-zåäöÅÄÖ0-9_][\w.\-]{1,30})(?<![.\-])"
_AFTER_APP = re.compile(
    rf"\b(?:{_APP}|{_NAMED})(?:et|en|n|t)?(?:[ ]?namn\w{{0,2}}|[ ]?konto\w{{0,2}})?(?P<link>{_LINK}){_TOKEN}",
    re.IGNORECASE,
)
_BEFORE_APP = re.compile(
    rf"\b(?:heter|är|som|kallar sig|under|finns som|hetter|är jag|add(?:a|ade)?|adda mig)[ ]{_TOKEN}[ ](?:på|i) {_APP}\b",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"(?=.*[a-zåäö])(?:.*\d|.*_|.+\..+|x{2,}.*|.*xoxo)", re.IGNORECASE)
_NO_NAME = frozenset(
    "är var och att men för som med kan har ska vill på i jag han hon de dom vi ni du mig dig sig sin sina mitt mina min hans hennes alla allt inte "
    "hela hur när vad vem vart där här nu då så också bara fast eller utan hack hackad hackat hackade borta blockad blockerad blockerat "
    "spärrad låst kapad kapat privat öppen öppet falskt fejk fake ny nytt gammal gamla ett en det den om av till från under över efter "
    "utan mobil mobilen grupp gruppen chatt chatten bilder bilden konto kontot namn story storyn lösenord lösenordet map "
    "nåt något försvunnen heter typ tror vet blev blir började slutade skrev skriver hotar hotade skickar skickade osv mm etc hemligt dold anonym nummer nr "
    "sms mejl mail telefon tjej kille någon ngn ingen min".split()
)


def detect(view: str) -> Iterator[Found]:
    """Yield handles, and words that are named after an app when their shape or the wording says so."""
    for match in _HANDLE.finditer(view):
        yield Found(Kind.USERNAME, match.start(), match.end())
    for match in _AFTER_APP.finditer(view):
        naming = re.search(r"[:=]|heter|->|\bunder\b", match["link"]) is not None
        if _is_name(match["name"], naming):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))
    for match in _BEFORE_APP.finditer(view):
        if _is_name(match["name"], named=True):
            yield Found(Kind.USERNAME, match.start("name"), match.end("name"))


def _is_name(token: str, named: bool) -> bool:
    if token.lower().lstrip("@") in _NO_NAME or token.isdigit():
        return False
    return _SHAPE.match(token) is not None or (named and len(token) > 2)
