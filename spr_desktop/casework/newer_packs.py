"""A newer version of a pack beside the one that was taken: what is new, what says something else, what is not said now.

Only what came by the pack is compared and superseded. Its people keep the ids that they have here, so that what was
written about them since stays with them; a person is the same by name, never by the place in the pack.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from spr_desktop.casework.pack_ids import renamed
from spr_desktop.documents.referral_records import child_begins, sharing_begins
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.case_document import utc_text
from spr_desktop.records.merging import Group
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.values import When

_IDS: Final = uuid.UUID("0d7b4a52-7c0e-4f0a-9a54-3f7f5a5a9a26")
_OF_ITS_OWN_DAY: Final = frozenset({"agreement", "privacy_notice", "universal_offer", "court_matter"})
"""Kinds whose day the pack tells; everything else is of the day on which the pack was made."""
NOT_NAMED_NOW: Final = "The newer version of the pack does not name this any more. Ask the sender before it is used."
_UNSAID: Final[Mapping[str, Mapping[str, Any]]] = {
    "contact_point": {
        "safe": "no",
        "voicemail_ok": "no",
        "text_ok": "no",
        "safe_times": None,
        "unsafe_times": NOT_NAMED_NOW,
        "confirmed_on": None,
    },
    "parental_responsibility": {"held": "not_known"},
    "agreement": {"agreed": "undecided", "wishes_to_access": "not_known"},
    "court_matter": {"state": "not_known", "about_current_children": "not_known"},
    "plan": {"type": "not_known", "intervention_in_plan": "not_known", "closure_because_of_referral": "not_known"},
}
"""How it is recorded that a pack does not say something any more. A way of contact is then not to be used: the sender
may have left it out because somebody else reads it."""

State = Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a newer version says otherwise."""

    state: State
    record: AnyRecord
    """As it is said now; of what is gone, as it was said last."""
    before: AnyRecord | None = None
    said_on: When | None = None
    """The day that the pack gives, where the record could not have it: nothing is corrected before its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a newer version brings to a case."""

    records: tuple[AnyRecord, ...]
    changes: tuple[Change, ...]
    competing: frozenset[Group]
    """What the pack says now, beside what was recorded here about the same and stands."""


def came_by_pack(kept: Iterable[AnyRecord], reference: str) -> list[AnyRecord]:
    """Records that say what the pack said, in whatever version and whoever sent it."""
    return [each for each in kept if (each.recorded_by or "").endswith(f", by pack {reference}")]


def revise(case_ref: str, kept: Sequence[AnyRecord], newer: Sequence[AnyRecord]) -> Revision:
    """What the records of a newer version bring to those that are kept; the same again for the same ledgers."""
    came = came_by_pack(kept, case_ref)
    corrected = {named for each in came for named in each.supersedes}
    last = [each for each in came if each.id not in corrected]
    return _Revising(last, renamed(newer, last, kept), max(each.recorded_at for each in came)).revision(case_ref, kept)


@dataclass(slots=True)
class _Revising:
    last: Sequence[AnyRecord]
    """What the pack said last."""
    newer: Sequence[AnyRecord]
    latest: datetime
    """When the last of all that came by the pack was written down."""
    records: list[AnyRecord] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def revision(self, case_ref: str, kept: Sequence[AnyRecord]) -> Revision:
        self._with_keys()
        self._offers()
        self._note()
        added = {each.id for each in self.records}
        case = Case(case_ref, [*kept, *self.records])
        came = {each.id for each in came_by_pack(kept, case_ref)}
        competing = {
            frozenset({each.id, own.id})
            for each in self.records
            if each.body.has_key
            for own in [_own(case, each, came | added)]
            if own is not None and own.body != each.body
        }
        return Revision(records=tuple(self.records), changes=tuple(self.changes), competing=frozenset(competing))

    def _with_keys(self) -> None:
        """What has a newest record: the pack's newer one supersedes the pack's older one."""
        said = {(each.kind, each.body.key): each for each in self.last if each.body.has_key}
        for each in self.newer:
            if not each.body.has_key:
                continue
            before = said.pop((each.kind, each.body.key), None)
            now_said = _with_first_day(each, before)
            if before is None or not _is_same(before, now_said):
                self._say(now_said, before)
        for each in said.values():
            self._unsay(each)

    def _offers(self) -> None:
        """What was offered: every record counts, so what is said again is not written again."""
        before = [each for each in self.last if each.kind == "universal_offer"]
        fresh = []
        for each in self.newer:
            if each.kind == "universal_offer":
                same = next((one for one in before if _is_same(one, each)), None)
                if same is None:
                    fresh.append(each)
                else:
                    before.remove(same)
        changed = {}
        for about in (_offer_and_result, _offer):
            for each in fresh:
                other = next((one for one in before if about(one) == about(each)), None)
                if each.id not in changed and other:
                    before.remove(other)
                    changed[each.id] = other
        for each in fresh:
            self._say(each, changed.get(each.id))
        self.changes += [Change("gone", each) for each in before]  # it took place: it stays on record

    def _note(self) -> None:
        """What fits no record is in one note for each version; the newest takes the place of those before."""
        before = [each for each in self.last if each.kind == "note"]
        for each in self.newer:
            if each.kind == "note":
                made = _placed(each, before, self.latest, len(self.records))
                self.records.append(made)
                self.changes.append(Change("changed", made, before[-1] if before else None))

    def _say(self, record: AnyRecord, before: AnyRecord | None) -> None:
        made = _placed(record, [before] if before else [], self.latest, len(self.records))
        said_on = record.happened_on if made.happened_on != record.happened_on else None
        self.records.append(made)
        self.changes.append(Change("changed" if before else "new", made, before, said_on))

    def _unsay(self, before: AnyRecord) -> None:
        """Nothing is taken away: it is recorded that the pack does not say so any more. People stay as they are."""
        note = next(each for each in self.newer if each.kind == "note")
        if before.kind == "wraparound":
            if before.body.ended_on:
                return
            body = replace(before.body, ended_on=note.happened_on.day)
        elif before.kind in _UNSAID:
            body = replace(before.body, **_UNSAID[before.kind])
        else:
            if before.kind == "person" and self._was_named(before):
                self.changes.append(Change("gone", before))
            return
        if body != before.body:
            unsaid = replace(note, body=body)
            self.records.append(_placed(unsaid, [before], self.latest, len(self.records)))
            self.changes.append(Change("gone", before))

    def _was_named(self, person: AnyRecord) -> bool:
        """Whether the version before still named somebody: who was left out once stays on record."""
        name = person.body.given_names
        texts = [block.text for each in self.last if each.kind == "note" for block in each.body.blocks]
        return any(each.startswith((child_begins(name), sharing_begins(name))) for each in texts)


def _offer(record: AnyRecord) -> object:
    return record.body.item, record.body.person_id


def _offer_and_result(record: AnyRecord) -> object:
    return _offer(record), record.body.result


def _with_first_day(record: AnyRecord, before: AnyRecord | None) -> AnyRecord:
    """A family is referred on the day of the first version, however often the pack is made again."""
    if record.kind != "referral" or before is None:
        return record
    return replace(record, body=replace(record.body, referred_on=before.body.referred_on))


def _is_same(before: AnyRecord, newer: AnyRecord) -> bool:
    is_of_same_day = newer.kind not in _OF_ITS_OWN_DAY or before.happened_on == newer.happened_on
    return bool(before.body == newer.body) and is_of_same_day


def _placed(record: AnyRecord, before: Sequence[AnyRecord], latest: datetime, number: int) -> AnyRecord:
    """The record as it is kept: later than what it supersedes, with an id that follows from all that it says."""
    supersedes = tuple(each.id for each in before)
    happened_on = max([record.happened_on, *(each.happened_on for each in before)])
    written_at = max(record.recorded_at, latest + timedelta(microseconds=number + 1))
    said = json.dumps([plain_body(record.body), str(happened_on), utc_text(written_at), supersedes], sort_keys=True)
    return replace(
        record,
        id=str(uuid.uuid5(_IDS, f"{record.id} {said}")),
        happened_on=happened_on,
        recorded_at=written_at,
        supersedes=supersedes,
    )


def _own(case: Case, record: AnyRecord, came: set[str]) -> AnyRecord | None:
    """What was recorded here about the same, and stands."""
    own = [
        each for each in case.standing(type(record.body)) if each.id not in came and each.body.key == record.body.key
    ]
    return own[-1] if own else None
