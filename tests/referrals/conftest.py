"""A directory over a database built afresh from the facts."""

from __future__ import annotations

import pytest

from knowledge.build import build
from knowledge.directory import ServiceDirectory, load_directory


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> ServiceDirectory:
    url = f"sqlite:///{tmp_path_factory.mktemp('referrals')}/knowledge.db"
    build(url)
    return load_directory(url)
