"""Whom a record is about: those whom its fields name, and those whom it is about only by what it says of other records.

A document for one person must know of each record whether it is somebody else's: that there is one tells already.
"""

from __future__ import annotations

from spr_desktop.records.bodies import ids_referred_to
from spr_desktop.records.case import Case
from spr_desktop.records.people import Person
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import StopLifted
from spr_desktop.records.work import Note


def people_named(record: AnyRecord, case: Case) -> set[str]:
    """Ids of the people whom a record is about; empty where it is about nobody in particular."""
    body = record.body
    named = {known for _path, what, known in ids_referred_to(body) if what == "person"}
    if isinstance(body, Person):
        named.add(body.person_id)
    elif isinstance(body, Note):
        named |= {each for each in body.about if each in case.people}
    elif isinstance(body, StopLifted):
        lifted = {each.lower() for each in body.records}
        named |= {known for each in case.records if each.id in lifted for known in people_named(each, case)}
    return named
