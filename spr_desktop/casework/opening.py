"""Opening a case for a family that is new."""

from __future__ import annotations

from datetime import date

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.people import CaseOpened


def open_case(caseload: Caseload, on: date) -> str:
    """Open a case and return its reference."""
    case_ref = caseload.new_reference()
    organisation = caseload.practitioner.organisation or "Not recorded"
    caseload.record(case_ref, [CaseOpened(organisation=organisation)], happened_on=on)
    return case_ref
