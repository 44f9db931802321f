"""Commands about the register: what was made, that it was sent, that it was acknowledged."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Final

from spr_desktop.casework.document_words import document_words
from spr_desktop.casework.register import RegisterLine, Sent
from spr_desktop.casework.register_words import history, standing
from spr_desktop.casework.sending import NotOnThatDay, NotSentYet, line_of, record_acknowledged, record_line_sent
from spr_desktop.casework.words import short_day
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.references import read_case_ref

_NOT_THEN: Final = "nothing is {}, nor tomorrow: say the day with --on."


def list_register(call: Namespace) -> int:
    """What was made and what became of it, the newest first."""
    today = call.as_of or date.today()
    with open_caseload(call) as caseload:
        if call.case:
            case_ref = read_case_ref(call.case)
            caseload.records(case_ref)  # says so, if there is no such case
            lines = caseload.register_of(case_ref)
        else:
            lines = caseload.register()
    if call.json:
        say_json([_plain(each, today) for each in lines])
        return DONE
    for each in lines:
        which = f", version {each.version}" if each.versions > 1 else ""
        what = f"{document_words(each.document)} {each.document_id}{which}"
        say(f"{short_day(each.made_on):>11}  {each.case_ref}  {what}")
        for line in [standing(each, today), *history(each)]:
            say(f"{'':>13}{line}")
    if not lines:
        say("Nothing was made yet.")
    return DONE


def record_sent(call: Namespace) -> int:
    """Record that a document was sent."""
    with open_caseload(call) as caseload:
        line = line_of(caseload, read_case_ref(call.document_id), call.version)
        try:
            record_line_sent(caseload, line, call.on or date.today(), call.told, call.to)
        except NotOnThatDay:
            raise Failure(WRONG_CALL, _NOT_THEN.format("sent before it is made")) from None
        return _say_done(call, line_of(caseload, line.document_id, line.version))


def record_acknowledgement(call: Namespace) -> int:
    """Record that a document was acknowledged."""
    with open_caseload(call) as caseload:
        line = line_of(caseload, read_case_ref(call.document_id), call.version)
        try:
            record_acknowledged(caseload, line, call.on or date.today(), call.how)
        except NotSentYet:
            raise Failure(WRONG_CALL, "it is not recorded as sent: record that first, with sent.") from None
        except NotOnThatDay:
            raise Failure(WRONG_CALL, _NOT_THEN.format("acknowledged before it is sent")) from None
        return _say_done(call, line_of(caseload, line.document_id, line.version))


def _say_done(call: Namespace, line: RegisterLine) -> int:
    if call.json:
        say_json(_plain(line, date.today()))
    else:
        say(f"{line.document_id}, version {line.version}: {standing(line, date.today())}.")
    return DONE


def _plain(line: RegisterLine, today: date) -> dict[str, object]:
    return {
        "case_ref": line.case_ref,
        "document_id": line.document_id,
        "document": line.document,
        "version": line.version,
        "versions": line.versions,
        "sha256": line.sha256,
        "made_on": line.made_on.isoformat(),
        "made_for": line.made_for,
        "state": line.state(today),
        "sent": [_plain_sent(each) for each in line.sent],
        "withdrawn_on": line.revoked.on.isoformat() if line.revoked else None,
    }


def _plain_sent(sent: Sent) -> dict[str, object]:
    receipt = sent.receipt
    told = {"on": receipt.on.isoformat() if receipt.on else None, "how": receipt.how} if receipt else None
    return {
        "on": sent.on.isoformat(),
        "to": sent.to,
        "password_channel": sent.password_channel,
        "acknowledged": told,
    }
