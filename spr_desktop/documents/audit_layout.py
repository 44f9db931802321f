"""Lays out a case audit: what the pathway says first, then tables of what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable, PageBreak

from spr_desktop.documents import style
from spr_desktop.documents.audit import Answered, AuditedRule, CaseAudit
from spr_desktop.documents.blocks import Fact, Lines
from spr_desktop.documents.layout_parts import built, cover, how_to_check, section
from spr_desktop.documents.tables import Column, Table
from spr_desktop.documents.wording import counted, day, short_day

_CONVERSATIONS: Final = (Column("Day", 78), Column("With", 90), Column("How", 190), Column("Written down by", 110))
_DOCUMENTS: Final = (Column("Day", 78), Column("Document", 280), Column("By", 110))
_RECORDS: Final = (
    Column("Day", 78),
    Column("What", 128),
    Column("About", 76),
    Column("By", 74),
    Column("Written down", 112),
)
_ACTIVITY: Final = (Column("When", 122), Column("What", 346))


def case_audit_layout(audit: CaseAudit) -> bytes:
    """A case audit as a PDF, not sealed yet. Raises MissingGlyph."""

    def front() -> list[Flowable]:
        counts = [Fact(outcome, counted(count, "check", "checks").capitalize()) for outcome, count in audit.counts]
        return [*section("What the pathway says", [Lines(f"{audit.outcome}.", style.BODY), *counts])]

    def story() -> Iterator[Flowable]:
        yield from cover(
            audit,
            Fact("Case", audit.case_ref),
            Fact("As of", day(audit.as_of)),
            Fact("Service", audit.service),
            Fact("The pathway says", audit.outcome),
        )
        yield PageBreak()
        yield from section("What stands in the way", _rules(audit.in_the_way))
        yield from section("Cautions and notes of the pathway", _rules(audit.others))
        held = [
            (short_day(each.on), each.who, f"{each.state}, {each.how}", each.recorded_by)
            for each in audit.conversations
        ]
        yield from section("Safety conversations", _table(_CONVERSATIONS, held))
        yield from section("Decided by a person, and why", _answered(audit.answered))
        documents = [(each.at, each.what, each.by) for each in audit.documents]
        yield from section("Documents", _table(_DOCUMENTS, documents))
        records = [(each.at, each.what, each.about, each.by, each.written_down) for each in audit.records]
        yield from section("Everything that was recorded", _table(_RECORDS, records))
        done = [(each.at, each.what) for each in audit.activity]
        yield from section("What was done with the case in this vault", _table(_ACTIVITY, done))
        yield from how_to_check(audit, "audit")

    return built(audit, story, audit.pathway, front)


def _rules(rules: Sequence[AuditedRule]) -> list[Flowable]:
    return [
        Fact(
            each.outcome,
            f"{each.subject}: {each.reason}",
            *([each.next_step] if each.next_step else []),
            *([f"Due on {day(each.due_on)}"] if each.due_on else []),
            f"Rule {each.rule}",
        )
        for each in rules
    ] or _none()


def _answered(answered: Sequence[Answered]) -> list[Flowable]:
    return [Fact(day(each.on), each.what, each.reason, f"By {each.by}") for each in answered] or _none()


def _table(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[Flowable]:
    return [Table(columns, texts)] if texts else _none()


def _none() -> list[Flowable]:
    return [Lines("None.", style.BODY)]
