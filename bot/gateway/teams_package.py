"""Builds the zip that an administrator uploads to Teams: manifest, translation and icons, nothing else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema

APP = Path(__file__).parent / "teams_app"
FILES = ("en.json", "color.png", "outline.png")
# The same bytes for the same settings.
STAMP = (2026, 1, 1, 0, 0, 0)


def manifest(client_id: str, public_url: str) -> dict[str, Any]:
    """Return the manifest with the registration's id and our address in it.

    Raises:
        jsonschema.ValidationError: if it is not what Microsoft's schema asks for.
        ValueError: if the address is not https, which the schema lets pass and Teams does not.
    """
    if not public_url.startswith("https://"):
        raise ValueError("TEAMS_PUBLIC_URL")
    template = (APP / "manifest.json").read_text(encoding="utf-8")
    filled = json.loads(template.replace("{{CLIENT_ID}}", client_id).replace("{{PUBLIC_URL}}", public_url))
    jsonschema.validate(filled, _schema("manifest"))
    return dict(filled)


def build(client_id: str, public_url: str, target: Path) -> None:
    """Write the package to `target`. Raises as `manifest`."""
    filled = manifest(client_id, public_url)
    jsonschema.validate(json.loads((APP / "en.json").read_text(encoding="utf-8")), _schema("localization"))
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        content = json.dumps(filled, ensure_ascii=False, indent=2).encode()
        package.writestr(zipfile.ZipInfo("manifest.json", STAMP), content)
        for name in FILES:
            package.writestr(zipfile.ZipInfo(name, STAMP), (APP / name).read_bytes())


def _schema(name: str) -> dict[str, Any]:
    return dict(json.loads((APP / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")))
