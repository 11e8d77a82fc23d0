"""The port that everything asks: which services fit a situation, and which duties apply.

Actions, gateway and tests depend on `ServiceDirectory` only; `load_directory` gives the one that reads the database.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from knowledge.situation import Situation
from knowledge.types import Match, Referral, Service, Topic


class ServiceDirectory(ABC):
    """Answers questions about services and guidance; never raises for any valid `Situation`.

    `now` is an aware or naive (then Swedish local) time; `None` leaves opening hours out of the answer and the order.
    """

    @property
    @abstractmethod
    def stale(self) -> bool:
        """`True` while the database cannot be read and the last good copy is served."""

    @abstractmethod
    def find(self, situation: Situation, now: datetime | None = None) -> Referral:
        """Return the referral: groups akut, kommun, lan, vard, polis, stodlinjer and konsultation, each short."""

    @abstractmethod
    def hotlines(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        """Return lines, chats and open receptions right for that person, best first, at most eight; never empty."""

    @abstractmethod
    def all_hotlines(self, now: datetime | None = None) -> tuple[Match, ...]:
        """Return every helpline that is shown, by name, for the page that lists them all."""

    @abstractmethod
    def emergency(self, situation: Situation, now: datetime | None = None) -> tuple[Match, ...]:
        """Return 112 first, then the staffed line right for that person; a suicide line too when it is needed."""

    @abstractmethod
    def topics(self, situation: Situation) -> tuple[Topic, ...]:
        """Return the two or three guidance topics that apply, the most pressing duty first."""

    @abstractmethod
    def topic(self, topic_id: str) -> Topic | None:
        """Return one guidance topic."""

    @abstractmethod
    def all_topics(self) -> tuple[Topic, ...]:
        """Return every guidance topic that may be shown, in the order of the facts."""

    @abstractmethod
    def find_topics(self, text: str) -> tuple[Topic, ...]:
        """Return up to three topics that best answer a question in free text, best first; empty when none is near."""

    @abstractmethod
    def get(self, service_id: str) -> Service | None:
        """Return one service as it is shown; `None` also for one that the publishing rule holds back."""

    @abstractmethod
    def search(self, name: str) -> tuple[Service, ...]:
        """Return up to five services whose name is asked for in free text, misspelt or colloquial, best first."""

    @abstractmethod
    def all(self) -> tuple[Service, ...]:
        """Return every service that is shown, in the order of the facts."""


def load_directory(url: str | None = None) -> ServiceDirectory:
    """Return a directory over the database, loaded once into memory and again, in a thread, when it changes.

    Args:
        url: SQLAlchemy URL; by default `LOTSEN_DATABASE_URL`, else SQLite at var/knowledge.db.

    Raises:
        DatabaseUnavailable: when there is no readable database to begin with (`python -m knowledge build` makes it).
    """
    from knowledge.database_directory import DatabaseDirectory

    return DatabaseDirectory.open(url, in_background=True)
