"""A knowledge base built from the facts of the repository, once for the run."""

from __future__ import annotations

import pytest

from knowledge.build import build
from knowledge.database_directory import DatabaseDirectory


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> DatabaseDirectory:
    url = f"sqlite:///{tmp_path_factory.mktemp('knowledge')}/knowledge.db"
    build(url)
    return DatabaseDirectory.open(url)
