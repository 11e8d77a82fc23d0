"""The gateway as it is delivered, with a stand-in where Microsoft would be: `python -m tests.privacy.canary_gateway`.

Where Microsoft's keys lie and where answers may go is not read from the environment on purpose, so it is set here.
"""

import os
import sys
from dataclasses import replace

from bot.gateway import __main__ as gateway
from bot.gateway import settings, teams
from bot.gateway.teams_settings import TeamsSettings, read_teams_settings
from tests.teams.microsoft import FixedTokens


def _near(env: os._Environ[str]) -> TeamsSettings | None:
    stand_in = os.environ["CANARY_MICROSOFT"]
    read = read_teams_settings(env)
    return read and replace(read, openid_url=f"{stand_in}/openid", service_origins=(stand_in,))


if __name__ == "__main__":
    settings.read_teams_settings = _near  # type: ignore[assignment]
    teams.BotTokens = FixedTokens  # type: ignore[misc]
    sys.exit(gateway.main())
