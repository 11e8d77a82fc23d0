"""What Alembic runs: on the connection it is given; from its own command line, on the database of the environment."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection

from knowledge import tables
from knowledge.build import database_url


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing."""
    context.configure(connection=connection, target_metadata=tables.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with create_engine(database_url(), future=True).begin() as own:
        migrate(own)
