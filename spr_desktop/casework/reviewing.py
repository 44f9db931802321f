"""The review before a subject access: a file with every item and what is proposed, to be decided about and read back.

The file holds ids, kinds and days, and nothing of what the records say: it may lie about unencrypted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from spr_desktop.casework.files import read_file
from spr_desktop.records.faults import Fault, InvalidDocument, NewerDocument

if TYPE_CHECKING:
    from spr_desktop.documents.subject_access import Decided, Item

FORMAT: Final = "spr-subject-access-review"
VERSION: Final = 1
_BYTES_LIMIT: Final = 20_000_000
_CHOICES: Final = ("disclose", "redact", "withhold")


def review_name(case_ref: str, person_id: str) -> str:
    """Under which a review is kept while it goes on in the window."""
    return f"review:{case_ref}:{person_id}"


def decided_in(kept: Mapping[str, Any]) -> dict[str, Decided]:
    """What was decided so far in a review that is kept, by the record's id; what is unfinished is left out."""
    from spr_desktop.documents.subject_access import REASONS, Decided

    return {
        record: Decided(
            choice=each["choice"],
            reason=None if each["choice"] == "disclose" else each["reason"],
            removed=tuple(each["removed"] or ()),
        )
        for record, each in kept.items()
        if each.get("choice") == "disclose"
        or (each.get("choice") == "withhold" and each.get("reason") in REASONS)
        or (each.get("choice") == "redact" and each.get("reason") in REASONS and each.get("removed"))
    }


def review_file(case_ref: str, person_id: str, items: Sequence[Item]) -> bytes:
    """The file for a review: nothing is decided in it yet. UTF-8 JSON."""
    from spr_desktop.documents.subject_access import REASONS

    plain = {
        "format": FORMAT,
        "version": VERSION,
        "case_ref": case_ref,
        "person_id": person_id,
        "how": "Read each record. Set decision to disclose, redact or withhold. Unless all of it is disclosed give the "
        "code of a reason; to redact, name the parts to remove.",
        "reasons": REASONS,
        "items": [
            {
                "record": each.id,
                "kind": each.kind,
                "on": each.on.isoformat(),
                "parts": [part.name for part in each.parts],
                "proposed": each.proposed,
                "proposed_reason": each.reason,
                "proposed_removal": list(each.proposed_removal),
                "decision": None,
                "reason": None,
                "remove": [],
            }
            for each in items
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


def read_review(path: Path, case_ref: str, person_id: str) -> dict[str, Decided]:
    """What was decided, by the record's id; items without a decision are left out.

    Raises InvalidDocument with the path of every fault, NewerDocument and FileFault.
    """
    plain = _decoded(read_file(path))
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise InvalidDocument([Fault("$", f"is not a review ({FORMAT})")])
    if plain.get("version") != VERSION:
        raise NewerDocument
    if (plain.get("case_ref"), plain.get("person_id")) != (case_ref, person_id):
        raise InvalidDocument([Fault("$", "is the review of another case or person")])
    items = plain.get("items")
    if not isinstance(items, list):
        raise InvalidDocument([Fault("items", "is not a list")])
    faults: list[Fault] = []
    found: dict[str, Decided] = {}
    for number, item in enumerate(items):
        _read_item(item, f"items[{number}]", found, faults)
    if faults:
        raise InvalidDocument(faults)
    return found


def _decoded(data: bytes) -> Any:
    if len(data) > _BYTES_LIMIT:
        raise InvalidDocument([Fault("$", "is larger than 20 MB")])
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidDocument([Fault("$", "is not JSON")]) from None


def _read_item(item: Any, at: str, found: dict[str, Decided], faults: list[Fault]) -> None:
    from spr_desktop.documents.subject_access import REASONS, Decided

    if not isinstance(item, dict) or not isinstance(item.get("record"), str):
        faults.append(Fault(at, "names no record"))
        return
    choice, reason, remove = item.get("decision"), item.get("reason"), item.get("remove") or []
    if choice is None:
        return
    if choice not in _CHOICES:
        faults.append(Fault(f"{at}.decision", f"is none of {', '.join(_CHOICES)}"))
    elif choice != "disclose" and reason not in REASONS:
        faults.append(Fault(f"{at}.reason", f"is none of {', '.join(REASONS)}"))
    elif not isinstance(remove, list) or not all(isinstance(each, str) for each in remove):
        faults.append(Fault(f"{at}.remove", "is not a list of parts"))
    elif item["record"] in found:
        faults.append(Fault(f"{at}.record", "was decided about before"))
    else:
        found[item["record"]] = Decided(
            choice=choice, reason=None if choice == "disclose" else reason, removed=tuple(remove)
        )


def reasons() -> dict[str, str]:
    """Why something is not disclosed: codes and words."""
    from spr_desktop.documents.subject_access import REASONS

    return dict(REASONS)
