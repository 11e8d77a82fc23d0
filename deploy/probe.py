"""`python -m deploy.probe engine|gateway`: the health check of the containers. Exit status 0 or 1.

An engine's door wants its secret, which an `httpGet` of Kubernetes could only have in clear in the manifest.
"""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

ADDRESSES = {
    "engine": f"http://127.0.0.1:{os.environ.get('LOTSEN_ENGINE_PORT', '5005')}/webhooks/engine/ready",
    "gateway": f"http://127.0.0.1:{os.environ.get('LOTSEN_PORT', '8080')}/readyz?engine=optional",
}


def main(arguments: list[str]) -> int:
    """Ask the part of this container whether it can be sent to."""
    headers = {"Authorization": f"Bearer {os.environ.get('LOTSEN_ENGINE_SECRET', '')}"}
    try:
        question = urllib.request.Request(ADDRESSES[arguments[0]], headers=headers)  # noqa: S310
        with urllib.request.urlopen(question, timeout=3):  # noqa: S310
            return 0
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
