"""The tables, in the terms of Open Referral HSDS 3.0; what HSDS has no word for is an attribute.

Source: docs.openreferral.org.

Unverified phone numbers have a table of their own, so that no join can show one by mistake.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

organization = Table(
    "organization", metadata, Column("id", Integer, primary_key=True), Column("name", Text, nullable=False, unique=True)
)

service = Table(
    "service",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("organization_id", ForeignKey("organization.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("alternate_names", Text, nullable=False),  # one to a line
    Column("description", Text, nullable=False),
    Column("url", Text),
    Column("email", Text),
    Column("chat", Text),
    Column("hours", Text),  # as said to users; what could be read out of it is in schedule
    Column("interpretation_services", Boolean),
    Column("fees_description", Text),
    Column("minimum_age", Integer),
    Column("maximum_age", Integer),
    Column("anonymous", Boolean),
    Column("scope", Text, nullable=False),
    Column("confidence", Text, nullable=False),
    Column("assured_date", Text),  # YYYY-MM
)


def _of_service(name: str, *columns: Column[object]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("service_id", ForeignKey("service.id"), nullable=False, index=True),
        *columns,
    )


phone = _of_service("phone", Column("number", Text, nullable=False), Column("description", Text))
unverified_phone = _of_service("unverified_phone", Column("number", Text, nullable=False), Column("description", Text))
# RFC 5545: FREQ=WEEKLY; closes_at at or before opens_at is the next day.
schedule = _of_service(
    "schedule",
    Column("byday", Text, nullable=False),
    Column("opens_at", Text, nullable=False),
    Column("closes_at", Text, nullable=False),
    Column("public_holidays", Boolean, nullable=False),
)
language = _of_service("language", Column("code", Text, nullable=False))
service_area = _of_service(
    "service_area", Column("extent_type", Text, nullable=False), Column("name", Text, nullable=False)
)
source = _of_service("source", Column("url", Text), Column("seen", Text, nullable=False))

taxonomy_term = Table(
    "taxonomy_term",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("taxonomy", Text, nullable=False),  # violence_type, audience, support, kind, provider, gender or trait
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
)
attribute = _of_service("attribute", Column("taxonomy_term_id", ForeignKey("taxonomy_term.id"), nullable=False))

topic = Table(
    "topic",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("occasion", Text, nullable=False),  # when the topic applies
    Column("text", Text, nullable=False),
    Column("confidence", Text, nullable=False),
)
topic_part = Table(
    "topic_part",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False, index=True),
    Column("part", Text, nullable=False),  # audience, violence_type, law, source or question
    Column("value", Text, nullable=False),
)
