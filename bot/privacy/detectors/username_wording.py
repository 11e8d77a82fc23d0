"""User names that only the wording gives away: after a label, an invitation, or beside the name of an app."""

import re
from collections.abc import Iterator

from bot.privacy.lists import read_words
from bot.privacy.names import vocabulary
from bot.privacy.patterns import Pattern

APP = (
    r"(?:insta(?:gram)?|ig(?!en\b|t\b)|snap(?:p|chat)?|sc(?=[ :])|dc|disc|tg|of(?=:)|you ?tube(?:-?kanal(?:en)?)?|"
    r"whats?app-?namn(?:et)?|tik ?tok|"
    r"facebook|face|fb|kik|discord|telegram|signal|messenger|"
    r"whats?app|wickr|be ?real|vsco|spotify|pinterest|paypal|cash ?app|venmo|wattpad|viber|omegle|tumblr|github|"
    r"roblox|fortnite|valorant|familjeliv|"
    r"steam|psn|playstation|xbox|twitch|tinder|badoo|reddit|flashback|twitter|skype|teams|only ?fans|youtube|"
    r"yubo|bumble|grindr|jodel|minecraft|vinted|blocket|threads|linkedin)"
)
_NET = rf"(?:{APP}|nätet|spelet|chatten|servern|forumet)"
_WORD = r"[@$+]?[A-Za-zåäöÅÄÖ0-9_][\wåäöÅÄÖ.\-#]{1,29}(?<![.\-])(?![\wåäöÅÄÖ])"
_NAME = rf"[\"'“”(]{{0,2}}(?P<name>{_WORD})"
_IS = r"(?![^\W_])(?:[ ]{0,2}(?:(?:är|e|é|va|var|heter|hette)(?![^\W_])|[:=;]|->|--?|–)){0,2}[ ]{0,2}"
# Labels that nothing but a user name follows.
_LABEL = Pattern(
    r"\b(?:användarnamn(?:et)?|användar-?id|anv\.? ?namn(?:et)?|user ?name|user|nick(?:name|et)?|gamertag|game ?tag|"
    r"screen ?name|handle|(?:spel|profil|chatt|kik|snap|snapchat|insta|discord|steam|roblox|skype|epic|"
    r"minecraft)-?namn(?:et)?|"
    r"(?:psn|discord|steam|epic|xbox|apple|snap)[- ]id|(?:under|med|har|hade|nytt) alias(?:et)?|signaturen|"
    rf"(?:går|känd|gick) under(?: namnet| nicket)?|under (?:namnet|nicket|aliaset)|"
    r"fake ?account|(?:you ?tube|twitch|tiktok)-? ?kanal(?:en)?|(?:min|hans|hennes) kanal(?= (?:heter|är)))"
    rf"{_IS}[ ]?{_NAME}",
    re.IGNORECASE,
)
# An account, then its name; verbs stand here too.
_ACCOUNT = Pattern(
    rf"\b(?:(?:fe[ij]k|fake|hat|snokar|skvaller|privat|hemliga )?-?kontot?|kontona|profilen|användaren|"
    rf"kanalen(?= heter)|"
    rf"sidan(?= heter)|servern(?= heter))"
    rf"(?:,| som heter| heter| hette|:| är)?[ ]{_NAME}",
    re.IGNORECASE,
)
_INVITED = Pattern(
    rf"\b(?:adda|addade|add|lägg till|följ)(?: (?:mig|mej|me))(?: (?:där|här|in|också|då|gärna|bara))?"
    rf"(?: (?:på|i) {APP})?(?: som| under)?[:,;]?[ ]{_NAME}",
    re.IGNORECASE,
)
_ADDED = Pattern(
    rf"\b(?:adda[rt]?|addade|lägg till|sök(?: upp| på| efter)?|kolla(?: in| upp)?(?= \S{{1,30}} på)|"
    rf"följer|följ|blockade|blocka[rt]?|anmälde|"
    rf"rapportera(?:de|r)?|"
    rf"(?:meddelanden?|dm|pm|snap|snaps|mess|hot|bilder|hotad|taggad|utpressad|kontaktad|addad|skriven|"
    rf"filmad) (?:från|av))"
    rf"(?: mig från)?[ ]{_NAME}(?P<app> (?:på|i|till) {_NET}\b)?",
    re.IGNORECASE,
)
_CALLED = Pattern(rf"\bkalla(?:r|de) sig(?: för)?[ ]{_NAME}(?P<app> (?:på|i) {_NET}\b)?", re.IGNORECASE)
_HETER = Pattern(
    rf"\b(?:heter|hette)[ ](?P<name>{_WORD}(?: (?!på |i )[A-Za-zåäö]{{1,15}}){{0,2}}) (?:på|i) {APP}\b", re.IGNORECASE
)
_HERE = Pattern(
    rf"\b(?:på|i) {APP}(?: ?[:=(]|,)? ?(?:som |under |heter (?:jag|han|hon|hen|de|dom) |är (?:jag|han|"
    rf"hon) )?[ ]?{_NAME}"
    r"(?=[ ]?(?:[.,;!?)\n]|\Z))",
    re.IGNORECASE,
)
_OWN_APP = Pattern(
    rf"\b(?:min|mitt|hans|hennes|deras|vår|din) {APP}(?:en|et|t|n)?{_IS}[ ]?{_NAME}(?=[ ]?(?:[.,;!?)\n]|"
    rf"\Z))",
    re.IGNORECASE,
)
_APP_THEN = Pattern(
    rf"(?<![^\W_])(?<!på )(?<!i )(?<!via )(?<!från ){APP}(?: - |[;,] ?|[ ]{{1,2}}){_NAME}(?=[ ]?(?:[.,;!?)\n]|\Z))",
    re.IGNORECASE,
)
_THEN_APP = Pattern(rf"(?<![\w@./-])(?P<name>{_WORD})[\"'”)]?(?: (?:på|i)| -| \() ?{APP}\b", re.IGNORECASE)
_WRITES = Pattern(
    rf"\b(?:skriver|skrev|postar|hotar|finns|heter|går|är|syns|lajvar)(?: (?:han|hon|jag|"
    rf"de))? som {_NAME} (?:på|i) {_NET}\b",
    re.IGNORECASE,
)
# Somebody known by a shape: letters with figures, dots or capitals among them, who writes or is written of.
_ACTOR = Pattern(
    r"(?<![\w@./\-])(?P<name>[A-Za-zåäö0-9]{2,20}(?:\.[A-Za-zåäö0-9]{1,20}){1,3}|"
    r"(?=[a-zåäö0-9]{0,20}\d)[A-Za-zåäö][A-Za-zåäö0-9]{4,24}|"
    r"[A-Za-z]{2,20}[a-z][A-Z][A-Za-z]{1,20})(?![\w@/])"
    r"(?= (?:hotar|hotade|skriver|skrev|skickar|skickade|la (?:ut|upp)|lägger|lade|mobbar|trakasserar|stalkar|"
    r"följer|kontaktar|"
    r"addade|dm|kommenterar|heter jag|är jag|är min|är hans|är hennes|e jag|har (?:skrivit|lagt|skickat|hotat))\b)"
)
_NUMBERED = Pattern(r"(?<![\w@./\-])(?P<name>[A-Za-zåäöÅÄÖ]{5,20}\d{2,4})(?![\w@/.-]|,\d)")
_NO_COUNT = re.compile(
    r"(?:covid|doktor|iphone|windows|office|galaxy|volvo|saab|agenda|kapitel|sidan?|avdelning(?:en)?|linje|buss(?:en)?|"
    r"vecka|klass|"
    r"årskurs|version|grupp|uppgång|version|samsung|huawei|xiaomi|fredag|måndag|studio|kanal|channel|radio|"
    r"svenska|matte|"
    r"engelska|paragraf|vitamin|omega|nivå|etapp|peugeot|mazda|audi|januari|februari|april|augusti|september|"
    r"oktober|november|"
    r"december|lägenhet|klockan|postnr|polis|rumsnr|ungefär|födda?|"
    r".*(?:gatan|vägen|stigen|gränd|backen|nr|nummer|numret|konto|kontot|kort|kr|tel|ref))\d+\Z",
    re.IGNORECASE,
)
# The way names are made up in English, out of words that each stand in a dictionary.
_ENGLISH = re.compile(
    r"(?:the|its|im|not|lil|yung|mr|mrs|miss|real|official|sad|bad|dark|ghost|ttv|lost|lonely|broken|sexy|hot|"
    r"baby|cutie|"
    r"shadow|demon|devil|angel|moon|king|queen|prince|princess|little|big|crazy|cool|evil|dead|anon|secret|wild|"
    r"pretty|night)"
    r"[a-zåäö]{3,20}\Z|[a-zåäö]{3,15}(?:boy|boi|girl|grl|queen|king|angel|pie|gamer|official|killer|wolf|xoxo|"
    r"lover|god|"
    r"playz|gaming|tv|yt|ttv|fromhell|666|princess|baby|gang|boss)\Z",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r".{2,25}(?:ad|ade|at|ats|ades|rad|tt|igt|ligt|ig|lig|ande|ende|as|ar|er|ir|nde|nas|ing|het|isk|iska|iskt|"
    r"sam|bar|fri|full|"
    r"lös|ska|ningar|elser)\Z",
    re.IGNORECASE,
)
_STOP = read_words("wording/no_usernames.txt")


def spans(view: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of user names that the wording tells."""
    for pattern, is_handle in _RULES:
        for match in pattern.finditer(view):
            if is_handle(match["name"], match):
                yield match.span("name")


def _is_open(word: str) -> bool:
    """Whether the word could be a user name at all."""
    lower = word.lower().lstrip("@+$")
    if lower in _STOP or lower in read_words("common_words.txt") or lower.isdigit() or len(lower) < 3:
        return False
    return not re.fullmatch(APP, lower) and not re.fullmatch(r".*\.(?:se|com|nu|org|net|eu)", lower)


def _is_strange(word: str) -> bool:
    """Whether no dictionary holds the word: it has a user name's shape, or was made up."""
    lower = word.lower().lstrip("@+$")
    if not _is_open(word):
        return False
    if not lower.isalpha():
        return not re.fullmatch(
            r"[\d.,:/-]+|[a-zåäö]{1,5}[.:]\d+|\d+(?:-?[a-zåäö]{1,6})?|[a-zåäö]{1,3}\d{1,3}|[a-zåäö]+-[a-zåäö]+|"
            r"[a-zåäö]\.[a-zåäö]",
            lower,
        )
    if _ENGLISH.match(lower):
        return True
    return len(lower) > 4 and not vocabulary.is_nearly_ordinary(lower)


def _is_nounish(word: str) -> bool:
    """Strange, or a thing in the definite form where none would stand in a sentence ("adda solkatten")."""
    lower = word.lower()
    definite = len(lower) > 4 and lower.endswith(("en", "et", "an", "na")) and lower.isalpha()
    return _is_strange(word) or (definite and _is_open(word) and not _PARTICIPLE.match(lower))


def _told(word: str, match: re.Match[str]) -> bool:
    return _is_open(word) and not (
        _PARTICIPLE.match(word) and vocabulary.is_ordinary(word.lower()) and ":" not in match[0]
    )


def _nounish(word: str, match: re.Match[str]) -> bool:
    return _is_nounish(word)


def _strange(word: str, match: re.Match[str]) -> bool:
    return _is_strange(word)


def _strange_unless_app(word: str, match: re.Match[str]) -> bool:
    """Beside an app anything in the definite form; else only what no dictionary holds."""
    if word[0].isupper() and word.isalpha():
        return False  # a person
    verb = match[0][:2].lower()
    return _is_nounish(word) if verb == "ad" or (match["app"] and verb in ("lä", "sö", "ko")) else _is_strange(word)


def _named_on_app(word: str, match: re.Match[str]) -> bool:
    first = word.split()[0]
    return _is_open(first) and (" " not in word or _is_nounish(first))


def _called(word: str, match: re.Match[str]) -> bool:
    return _is_open(word) if match["app"] else _is_nounish(word)


def _here(word: str, match: re.Match[str]) -> bool:
    return _doubled(word, match) or (" som " in match[0] and _is_nounish(word))


def _doubled(word: str, match: re.Match[str]) -> bool:
    """At the end of a clause right after an app a slip of the thumb is rarer than a name ("discord vargenn")."""
    return _is_strange(word) or (
        word.isalpha() and len(word) > 4 and _is_open(word) and not vocabulary.is_ordinary(word.lower())
    )


def _own(word: str, match: re.Match[str]) -> bool:
    return _is_nounish(word) or _doubled(word, match)


def _shaped(word: str, match: re.Match[str]) -> bool:
    return _is_strange(word) and not _NO_COUNT.match(word)


_RULES = (
    (_LABEL, _told),
    (_ACCOUNT, _nounish),
    (_INVITED, _told),
    (_ADDED, _strange_unless_app),
    (_CALLED, _called),
    (_HETER, _named_on_app),
    (_HERE, _here),
    (_OWN_APP, _own),
    (_APP_THEN, _doubled),
    (_THEN_APP, _strange),
    (_WRITES, _told),
    (_ACTOR, _shaped),
    (_NUMBERED, _shaped),
)
