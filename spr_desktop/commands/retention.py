"""Commands about keeping: which cases are past their time, holding one, and disposing of cases."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from typing import Any

from spr_desktop.casework.backing_up import still_held
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.disposing import (
    REASONS,
    CaseToGo,
    Disposed,
    DryRun,
    certificates,
    dispose,
    save_certificate,
    try_out,
)
from spr_desktop.casework.files import check_free
from spr_desktop.casework.retention import (
    HOLD_REASONS,
    DueList,
    Kept,
    Rule,
    choose_rule,
    chosen_rule,
    due_list,
    hold_case,
    read_rule,
    release_case,
)
from spr_desktop.casework.words import day_text
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, WRONG_CALL, WRONG_SECRET, Failure
from spr_desktop.commands.secret import read_secret
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.record import now
from spr_desktop.records.references import read_case_ref

_NO_RULE = (
    "No rule of retention is chosen, so nothing is past its time. Look with one: --rule CASE+6, and choose it with "
    "--choose and --basis."
)


def retention(call: Namespace) -> int:
    """What is past its time, held, or disposed of; or one change to that, which is said."""
    as_of = call.as_of or date.today()
    with open_caseload(call) as caseload:
        if call.choose or call.hold or call.release or call.certificate:
            return _change(call, caseload, as_of)
        rule = _rule(call, caseload)
        found = due_list(caseload, rule, as_of) if rule else None
        held = [each.words for each in still_held(caseload.vault)]
        gone = certificates(caseload)
    if call.json:
        say_json(
            {
                "rule": rule.code if rule else None,
                "due": [_plain(each) for each in found.due] if found else [],
                "held": [_plain(each) for each in found.held] if found else [],
                "not_known": [_plain(each) for each in found.not_known] if found else [],
                "certificates": {number: [each.case_ref for each in cases] for number, cases in gone.items()},
                "still_held": held,
            }
        )
        return DONE
    _say_due(rule, found)
    for number, cases in gone.items():
        when = day_text(cases[0].disposed_at.astimezone().date())
        say(f"{number}: {_counted(len(cases), 'case')} disposed of on {when}.")
    for words in held:
        say(words)
    return DONE


def _rule(call: Namespace, caseload: Caseload) -> Rule | None:
    if call.rule:
        return _read_rule(call.rule)
    chosen = chosen_rule(caseload)
    return chosen.rule if chosen else None


def _read_rule(code: str) -> Rule:
    try:
        return read_rule(code)
    except ValueError:
        raise Failure(WRONG_CALL, "a rule is written like CASE+6 or DOB+25; nothing was changed.") from None


def _change(call: Namespace, caseload: Caseload, as_of: date) -> int:
    """Choose the rule, hold a case, let one go, or write a certificate once more."""
    if call.choose:
        if not call.rule or not (call.basis or call.rule == "none"):
            raise Failure(WRONG_CALL, "--choose needs --rule, and --basis with the policy it comes from.")
        rule = None if call.rule == "none" else _read_rule(call.rule)
        choose_rule(caseload, rule, call.basis or "", as_of)
        say(f"The rule is {rule.code}: cases are kept {rule.words}." if rule else "No rule is chosen any more.")
    elif call.hold:
        if not call.reason or not call.review_on:
            raise Failure(WRONG_CALL, "--hold needs --reason and --review-on.")
        case_ref = read_case_ref(call.hold)
        hold_case(caseload, case_ref, call.reason, call.review_on, as_of)
        say(f"{case_ref} is held: {HOLD_REASONS[call.reason]}. Review it by {day_text(call.review_on)}.")
    elif call.release:
        release_case(caseload, read_case_ref(call.release))
        say(f"{read_case_ref(call.release)} is held no longer.")
    else:
        if not call.to:
            raise Failure(WRONG_CALL, "--certificate needs --to.")
        save_certificate(caseload, call.certificate, call.to, now(), replace=call.replace)
        say(f"The certificate {call.certificate} is in {call.to}.")
    return DONE


def _say_due(rule: Rule | None, found: DueList | None) -> None:
    if rule is None or found is None:
        say(_NO_RULE)
        return
    say(f"{rule.code}: cases are kept {rule.words}.")
    for each in found.due:
        say(f"{each.case_ref}  past its time since {day_text(each.due_on)}; last record {day_text(each.last_on)}")
    for each in found.held:
        if each.hold:
            say(f"{each.case_ref}  held: {HOLD_REASONS[each.hold.reason]}. Review by {day_text(each.hold.review_on)}.")
    for each in found.not_known:
        say(f"{each.case_ref}  cannot be said: {each.why_not_known}")
    if not found.due:
        say("No case is past its time.")


def dispose_of_cases(call: Namespace) -> int:
    """Try out what disposing of cases would do, or do it, after the passphrase was given once more."""
    refs = [read_case_ref(each) for each in call.case_refs]
    with open_caseload(call) as caseload:
        tried = try_out(caseload, refs, call.reason, date.today())
        if call.dry_run:
            return _say_tried(call, tried)
        if not call.certificate:
            raise Failure(WRONG_CALL, "--certificate FILE.pdf is needed, or --dry-run to see what would go.")
        check_free(call.certificate, replace=call.replace)
        if tried.is_many and call.count != len(tried.cases):
            many = f"{len(tried.cases)} of the vault's {tried.of_cases} cases would go at once"
            raise Failure(WRONG_CALL, f"{many}; confirm that with --count {len(tried.cases)}. Nothing was removed.")
        again = read_secret("Passphrase once more, because this cannot be undone", call.passphrase_file)
        if not caseload.prove_passphrase(again):
            raise Failure(WRONG_SECRET, "that is not the passphrase of this vault; nothing was removed.")
        done = dispose(caseload, refs, call.reason, now(), confirmed=call.count, progress=_progress)
        assert done.certificate is not None
        made = save_certificate(caseload, done.certificate, call.certificate, now(), replace=call.replace)
    if call.json:
        say_json(made.plain())
        return DONE
    _say_done(done, call, made.still_held)
    return DONE


def _say_done(done: Disposed, call: Namespace, still_held: tuple[str, ...]) -> None:
    for each in done.disposals:
        say(f"{each.case_ref}: {_counted(each.records, 'record')} disposed of.")
    if done.is_backed_up:
        say("A new backup was made without them, and those that held them were removed where they could be reached.")
    else:
        say("No new backup could be made, so the old ones stay for now. spr-desktop backup completes it.")
    for words in still_held:
        say(words)
    say(f"The certificate {done.certificate} is in {call.certificate}.")


def _say_tried(call: Namespace, tried: DryRun) -> int:
    if call.json:
        say_json(
            {
                "cases": [_plain_to_go(each) for each in tried.cases],
                "of_cases": tried.of_cases,
                "backups": tried.backups,
                "count_must_be_confirmed": tried.is_many,
            }
        )
        return DONE
    for each in tried.cases:
        kinds = ", ".join(f"{kind} {count}" for kind, count in each.records.items())
        say(f"{each.case_ref}: {_counted(each.record_count, 'record')} ({kinds}); last {day_text(each.last_on)}.")
        if each.recipients:
            say(f"  Documents went to: {', '.join(each.recipients)}. Ask whether they are to know.")
    say(f"{REASONS[call.reason]}: {len(tried.cases)} of {_counted(tried.of_cases, 'case')} would go.")
    say(f"Backups that hold them, and would be removed once there is a new one: {tried.backups}.")
    if tried.is_many:
        say(f"That is many at once: --count {len(tried.cases)} confirms it.")
    say("Nothing was removed: this was a dry run.")
    return DONE


def _plain(kept: Kept) -> dict[str, Any]:
    return {
        "case_ref": kept.case_ref,
        "last_on": kept.last_on.isoformat(),
        "due_on": kept.due_on.isoformat() if kept.due_on else None,
        "why_not_known": kept.why_not_known or None,
        "hold": {"reason": kept.hold.reason, "review_on": kept.hold.review_on.isoformat()} if kept.hold else None,
    }


def _plain_to_go(each: CaseToGo) -> dict[str, Any]:
    return {
        "case_ref": each.case_ref,
        "records": each.records,
        "documents": each.documents,
        "recipients": list(each.recipients),
        "last_on": each.last_on.isoformat(),
    }


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"disposed of: {done} of {of}", file=sys.stderr, flush=True)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number:,} {thing}s"
