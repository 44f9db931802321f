"""Advice about safety, and stops that somebody else has lifted: what answers a worry, and what does not."""

from __future__ import annotations

from collections.abc import Collection

from spr_desktop.pathway.facts import Facts
from spr_desktop.records.record import AnyRecord, Record
from spr_desktop.records.safety import Advice, StopLifted
from spr_desktop.records.values import same_name


def what_ended(facts: Facts, refusal: Record[Advice]) -> list[Record[Advice]]:
    """The newer advice to go ahead that ended an advice not to; empty while that one stands."""
    return [
        each
        for each in facts.go_aheads
        if _is_about_rule(each, "A05")
        and each.order > refusal.order
        and each.body.person_id in (None, refusal.body.person_id)
    ]


def advice_on(facts: Facts, rule: str, record: AnyRecord, about: Collection[str]) -> list[Record[Advice]]:
    """The advice to go ahead that answers a record about these people under a rule."""
    return [
        each
        for each in facts.go_aheads
        if _is_about_rule(each, rule)
        and each.happened_on.day >= record.happened_on.day
        and (each.body.person_id is None or set(about) == {each.body.person_id})
    ]


def _is_about_rule(advice: Record[Advice], rule: str) -> bool:
    return not advice.body.rules or rule in advice.body.rules


def lifts(facts: Facts, stopped: AnyRecord) -> list[Record[StopLifted]]:
    """The records by which somebody other than its recorder lifted the stop that a record makes."""
    if stopped.recorded_by is None:
        return []
    return [
        each
        for each in facts.lifts.get(stopped.id, [])
        if each.happened_on.day >= stopped.happened_on.day
        and each.recorded_by is not None
        and same_name(each.body.by, each.recorded_by)
        and not same_name(each.recorded_by, stopped.recorded_by)
    ]
