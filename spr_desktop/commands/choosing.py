"""Commands about records that compete since families were merged: what there is, and choosing."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

from spr_desktop.casework.competing import competing, competing_everywhere
from spr_desktop.casework.corrections import CannotCorrect, settle
from spr_desktop.commands.cases import open_caseload
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure
from spr_desktop.commands.terminal import say, say_json
from spr_desktop.records.case_document import plain_record
from spr_desktop.records.references import read_case_ref

_NOTHING: Final = "this record competes with none; nothing was changed. spr-desktop competing lists those that do."


def list_competing(call: Namespace) -> int:
    """What competes, by ids; what the records say is in the JSON only with ``--content``."""
    with open_caseload(call) as caseload:
        found = competing_everywhere(caseload)
    if call.json:
        say_json(
            [
                {
                    "case_ref": each.case_ref,
                    "kind": each.records[0].kind,
                    "counts": each.records[-1].id,
                    "records": [plain_record(record) if call.content else record.id for record in each.records],
                }
                for each in found
            ]
        )
        return DONE
    for each in found:
        say(f"{each.case_ref}  {each.records[0].kind}")
        for record in each.records:
            counts = "  (counts until somebody chooses)" if record is each.records[-1] else ""
            say(f"  {record.id}  {record.happened_on}{counts}")
    if not found:
        say("Nothing competes.")
    return DONE


def choose(call: Namespace) -> int:
    """Choose one of the records that compete."""
    if not call.reason.strip():
        raise Failure(WRONG_CALL, "--reason needs a few words: they are kept with the choice.")
    with open_caseload(call) as caseload:
        for group in competing(caseload, read_case_ref(call.case_ref)):
            for record in group.records:
                if record.id == call.record_id.lower():
                    try:
                        made = settle(caseload, group.case_ref, group.records, record, call.reason.strip())
                    except CannotCorrect:
                        raise Failure(WRONG_CALL, _NOTHING) from None
                    say(f"{made.id} says the same, and stands in the place of {len(group.records)} records.")
                    return DONE
    raise Failure(WRONG_CALL, _NOTHING)
