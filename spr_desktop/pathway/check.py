"""The check of a whole case: every rule that applies, put together into one decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from spr_desktop.pathway import agreement, progress, readiness, safety, service, suitability, wraparound
from spr_desktop.pathway.answers import a07
from spr_desktop.pathway.definition import Definition, definition
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.finding import Finding, Rule
from spr_desktop.pathway.result import SEVERITY, Decision, RuleResult, StopKind
from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.work import CautionAccepted, Session

_SAFETY: Final[dict[str, Rule]] = safety.RULES | {"A07": a07}
_ALWAYS: Final[dict[str, Rule]] = (
    suitability.RULES | {"C00": service.c00} | readiness.RULES | wraparound.WITHOUT_SERVICE
)
_WITH_SERVICE: Final[dict[str, Rule]] = service.FOR_EVERY_SERVICE | wraparound.RULES | agreement.RULES | progress.RULES

Findings = dict[str, list[Finding]]


def check(
    case_ref: str,
    records: Iterable[AnyRecord],
    as_of: date,
    service: str | None = None,
    *,
    pathway: Definition | None = None,
) -> Decision:
    """What the pathway says of a case on a day, for the given service or that of its latest referral."""
    pathway = pathway or definition()
    facts = Facts(Case(case_ref, records, as_of), as_of, pathway, service)
    found = _safety_findings(facts) | {rule: list(find(facts)) for rule, find in _other_rules(facts).items()}
    results = [_result(facts, rule, subject, of) for (rule, subject), of in _by_subject(found).items()]
    return Decision(
        case_ref=case_ref,
        as_of=as_of,
        pathway=pathway.id,
        pathway_version=pathway.version,
        pathway_sha256=pathway.sha256,
        service=facts.service,
        rules=tuple(sorted(results, key=lambda each: (each.rule, each.subject))),
    )


def _safety_findings(facts: Facts) -> Findings:
    """Rules A; A13 and A14 speak of the stops that the others found."""
    found = {rule: list(find(facts)) for rule, find in _SAFETY.items()}
    stops = [each for of in found.values() for each in of if each.outcome == "stop"]
    return found | {"A13": list(safety.a13(facts, stops)), "A14": list(safety.a14(stops))}


def _other_rules(facts: Facts) -> dict[str, Rule]:
    """The rules that apply besides the rules of safety; without a service, only those that need none."""
    if facts.service is None:
        return _ALWAYS
    return _ALWAYS | _WITH_SERVICE | service.FOR_SERVICE[facts.service]


def _by_subject(found: Findings) -> dict[tuple[str, str], list[Finding]]:
    grouped: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for rule, findings in found.items():
        for finding in findings:
            grouped[rule, finding.subject].append(finding)
    return grouped


def _result(facts: Facts, rule: str, subject: str, found: list[Finding]) -> RuleResult:
    """The worst of what a rule found about a subject; it rests on everything that the rule read."""
    outcome = max((each.outcome for each in found), key=SEVERITY.__getitem__)
    worst = sorted(
        (each for each in found if each.outcome == outcome),
        key=lambda each: (not each.urgent, each.timing != "overdue", each.due_on or date.max),
    )
    first = worst[0]
    records = {record.id: record for each in found for record in each.records}
    needs_manager = outcome == "caution" and any(each.needs_manager for each in worst)
    kind: StopKind | None = None
    if outcome == "stop":
        kind = "safety" if rule in _SAFETY or rule == "A14" else "suitability"
    return RuleResult(
        rule=rule,
        subject=subject,
        outcome=outcome,
        kind=kind,
        accepted=outcome == "caution" and _is_accepted(facts, rule, subject, records.values(), needs_manager),
        urgent=outcome == "stop" and any(each.urgent for each in worst),
        needs_manager=needs_manager,
        timing=first.timing,
        due_on=first.due_on,
        reason=first.reason,
        next_step=first.next_step,
        source=facts.definition.rules[rule].source,
        records=tuple(records),
    )


def _is_accepted(facts: Facts, rule: str, subject: str, records: Iterable[AnyRecord], needs_manager: bool) -> bool:
    """Whether somebody accepted a caution who could have seen every record that it rests on."""
    acceptance = facts.case.latest(CautionAccepted, rule, subject)
    if acceptance is None or (needs_manager and not (acceptance.body.oversight_by or "").strip()):
        return False
    return all(_day(each) <= acceptance.happened_on.day for each in records)


def _day(record: AnyRecord) -> date:
    """The day on which a record counts; for a session that is the day for which it is planned."""
    return record.body.planned_for.day if isinstance(record.body, Session) else record.happened_on.day
