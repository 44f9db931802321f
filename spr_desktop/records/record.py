"""One record of a ledger: what is common to all kinds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from spr_desktop.records.values import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a record says, by its kind.

    Where ``has_key`` is set the newest record with the same ``key`` is the current one, whole. Otherwise every record
    counts that is not superseded.
    """

    kind: ClassVar[str]
    has_key: ClassVar[bool] = False

    @property
    def key(self) -> tuple[str, ...]:
        """What the record is about, among those of its kind."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestBody(Body):
    """A body of which only the newest by ``key`` counts."""

    has_key: ClassVar[bool] = True


B = TypeVar("B", bound=Body, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[B]):
    """One dated statement about a case; never changed, only superseded."""

    id: str
    happened_on: When
    recorded_at: datetime
    """When it was written down, in UTC."""
    recorded_by: str | None
    """Who wrote it down; None when nobody knows."""
    body: B
    supersedes: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The kind's name, as the case document has it."""
        return self.body.kind

    @property
    def order(self) -> tuple[When, datetime, str]:
        """Records are in the order in which things happened, then were written down, then of their ids."""
        return (self.happened_on, self.recorded_at, self.id)


AnyRecord = Record[Any]


def now() -> datetime:
    """The time at which something is written down, in UTC."""
    return datetime.now(UTC)
