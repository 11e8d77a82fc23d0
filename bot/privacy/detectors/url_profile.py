"""Links to a person: profiles on social media and pages of people-search sites. Other links stay."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind

_SITES = (
    r"(?:facebook|fb|instagram|instagr|tiktok|snapchat|linkedin|twitter|x|t|telegram|youtube|onlyfans|discord|discordapp|reddit|threads|vk|"
    r"pinterest|twitch|tinder|steamcommunity|wa|kik|bsky|soundcloud|spotify|ask|ratsit|mrkoll|hitta|eniro|merinfo|birthday|upplysning|"
    r"lexbase|verifiera|motivera|roblox|flashback|m|maps\.app\.goo|goo)"
)
_PROFILE = re.compile(
    rf"(?<![\w@])(?:https?://)?(?:[a-z]{{1,8}}\.)?{_SITES}\.(?:com|se|me|gg|net|org|be|gl|app|nu|fm|ru|tv)/[^\s<>\"']{{1,200}}",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"https?://[^\s<>\"']{0,150}(?:/(?:user|users|profile|profil|person|people|u)/|[?&](?:id|user|name|namn)=)[^\s<>\"']{1,150}",
    re.I,
)
_END = re.compile(r"[.,;:!?)]+\Z")


def detect(view: str) -> Iterator[Found]:
    """Yield links that name an account or a person."""
    for pattern in (_PROFILE, _PERSONAL):
        for match in pattern.finditer(view):
            yield Found(Kind.URL_PROFILE, match.start(), match.start() + len(_END.sub("", match[0])))
