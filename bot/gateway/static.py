"""The widget's files: read once, sent small, kept by browsers but asked about each time.

The modules are served as they stand, less the comments that are for developers and the line breaks that do nothing:
that is what keeps the widget under 15 KB without a build step.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

WIDGET = Path(__file__).resolve().parent.parent / "widget"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
# Whole lines, types within a line, and line ends without a quote: no string can be mistaken for a comment.
COMMENTS = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n| // [^\"'`\n]*$", re.DOTALL | re.MULTILINE)
TYPE = re.compile(r"/\*\* @type \{[^*]*\} \*/ ?")
SPACE = re.compile(r"^ +|\n+(?=\n)|(?<=[;{},(\[])\n+", re.MULTILINE)

router = APIRouter(prefix="/static")


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    media_type: str
    plain: bytes
    packed: bytes
    etag: str


@lru_cache(maxsize=1)
def files() -> dict[str, File]:
    """Return every file that may be asked for, by name. Nothing else is ever read."""
    found = {}
    for path in sorted(WIDGET.iterdir()):
        if path.suffix in TYPES:
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".js":
                text = SPACE.sub("", COMMENTS.sub("", TYPE.sub("", text)))
            plain = text.encode()
            digest = hashlib.sha256(plain).hexdigest()[:16]
            found[path.name] = File(TYPES[path.suffix], plain, gzip.compress(plain, 9, mtime=0), f'"{digest}"')
    return found


@router.get("/{name}")
async def static(request: Request, name: str) -> Response:
    """Answer with a file of the widget or of the pages."""
    file = files().get(name)
    if file is None:
        raise HTTPException(404)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    etag = file.etag if not packed else f"{file.etag[:-1]}-gzip{file.etag[-1]}"
    headers = {"ETag": etag, "Cache-Control": "public, max-age=31536000, no-cache", "Vary": "Accept-Encoding"}
    if etag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(file.packed if packed else file.plain, headers=headers, media_type=file.media_type)
