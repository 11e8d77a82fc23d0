"""Links to a person: profiles on social media, people-search sites, any link that names an account.

Other links stay.
"""

import re
from collections.abc import Iterator

from bot.privacy.patterns import Pattern
from bot.privacy.types import Found, Kind

_SITES = (
    r"(?:facebook|fb|instagram|instagr|tiktok|snapchat|linkedin|twitter|x|t|telegram|youtube|youtu|onlyfans|"
    r"fansly|discord|discordapp|reddit|threads|vk|ok|"
    r"pinterest|twitch|tinder|badoo|steamcommunity|wa|kik|bsky|soundcloud|spotify|ask|ratsit|mrkoll|hitta|"
    r"eniro|merinfo|birthday|upplysning|"
    r"lexbase|verifiera|motivera|roblox|flashback|m|maps\.app\.goo|goo|linktr|blocket|github|medium|tumblr|"
    r"weheartit|ngl|tellonym|ig|signal|paypal|venmo|beacons|gofundme|strava|cash|ko-fi|buymeacoffee|patreon|vsco|"
    r"jodel|yubo|vinted|tradera|sendit|familjeliv|bebo|wattpad|deviantart|whatsapp|blogg|insta|last|"
    r"quora|photos\.app\.goo)"
)
_END_OF_HOST = (
    r"(?:com|se|me|gg|net|org|be|gl|app|nu|fm|ru|tv|ee|link|io|social|ai|us|co|ly|page|club|xyz|watch|info|eu|no|dk|fi|de|"
    r"pl|nl|uk|example|test|invalid)"
)
_PATH = r"/[^\s<>\"']{1,200}"
_PROFILE = Pattern(
    rf"(?<![\w@.])(?:h(?:tt|xx|xt)ps? ?:? ?/?/?/? ?)?(?:[a-z-]{{1,8}}\.|www (?:punkt|dot) )?"
    rf"{_SITES}(?: ?[.,] ?|\[\.\]| (?:punkt|dot) | (?=com/))"
    rf"{_END_OF_HOST}(?:/| /(?=\w)| / (?=@)| (?:snedstreck|slash) )[^\s<>\"',]{{1,200}}"
    r"(?: (?:punkt|dot|understreck) [a-z\d_]{1,30}){0,3}",
    re.IGNORECASE,
)
# "instagram/namn", without the end of the host.
_NO_END = Pattern(
    r"(?<![\w@./])(?:instagram|insta|facebook|tiktok|snapchat|twitter|telegram|youtube|linkedin)/@?[a-z][\w.]{3,40}"
    r"|\b(?:fb|instagram|snapchat|tg|whatsapp|twitter|tiktok)://[^\s<>\"']{2,100}",
    re.I,
)
# A blog or page whose host bears somebody's name.
_OWN_HOST = Pattern(
    r"(?<![\w@.])(?:https?://)?[a-z0-9-]{3,40}\.(?:tumblr|wordpress|blogspot|blogg|wixsite|carrd|substack|"
    r"medium|webnode|weebly|"
    r"livejournal|newgrounds|itch|bandcamp|github|blog)(?:\.[a-z]{2,8}){1,2}(?:/[^\s<>\"']{0,200})?(?![\w@])",
    re.IGNORECASE,
)
_ANY_LINK = Pattern(rf"(?<![\w@.])(?:https?://)?(?:[a-z0-9\-]{{1,30}}\.){{1,3}}[a-z]{{2,10}}{_PATH}", re.IGNORECASE)
_NAMES_SOMEBODY = re.compile(
    r"/(?:@|~)|/(?:users?|profile?s?|profiler|person(?:er)?|people|members?|medlem(?:mar)?|u|in|p|id|"
    r"anvandare|anvandarprofil|player|uid|add|konto|account|sok|athletes?|friends?|vem|view|channel|s|t|f|story|"
    r"stories|video|"
    r"member\.php|author|skribent)/|/u\d{3,}|/@|//?~|"
    r"[?&](?:id|user|uid|name|namn|profile|u|q)=|[a-zåäö]+[-._+][a-zåäö]+[-._/]?\d{2,}|/(?!(?:19|"
    r"20)\d\d[-/])(?:[a-z]|id|user|profil|club|public)?\d{4,}(?:[-/]|\Z)",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\A(?:https?://)?(?:[a-z0-9\-]+\.)*(?:1177|polisen|umo|youmo|regeringen|riksdagen|socialstyrelsen|"
    r"skatteverket|migrationsverket|forsakringskassan|domstol|aklagare|"
    r"brottsoffermyndigheten|jamstalldhetsmyndigheten|stockholm|regionstockholm|kunskapsguiden|lagen|svt|dn|"
    r"svd|aftonbladet|expressen|sr|wikipedia|nck\.uu|lansstyrelsen|operationkvinnofrid)"
    r"\.(?:se|nu|org|com)/",
    re.IGNORECASE,
)
_END = re.compile(r"[.,;:!?)]+\Z")


def detect(view: str) -> Iterator[Found]:
    """Yield links that name an account or a person."""
    for match in _PROFILE.finditer(view):
        yield Found(Kind.URL_PROFILE, match.start(), match.start() + len(_END.sub("", match[0])))
    for pattern in (_NO_END, _OWN_HOST):
        for match in pattern.finditer(view):
            if not match[0].lower().startswith(("www.", "https://www.")):
                yield Found(Kind.URL_PROFILE, match.start(), match.start() + len(_END.sub("", match[0])))
    for match in _ANY_LINK.finditer(view):
        if _NAMES_SOMEBODY.search(match[0]) and not _OFFICIAL.match(match[0]):
            yield Found(Kind.URL_PROFILE, match.start(), match.start() + len(_END.sub("", match[0])))
