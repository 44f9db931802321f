"""How a pack names those who work with the family."""

from __future__ import annotations

from spr_desktop.documents.contents import Worker
from spr_desktop.pathway.facts import Facts
from spr_desktop.records.people import LeadProfessional, Professional


def worker(professional: Professional, *, is_unnamed: bool = False) -> Worker:
    """A professional as a pack names them.

    ``is_unnamed`` leaves out the organisation, and the email address that often spells it: the name of a school,
    nursery or clinic tells where the family is to be found.
    """
    return Worker(
        name=professional.name,
        role=professional.role,
        organisation=None if is_unnamed else professional.organisation,
        phone=professional.phone or None,
        email=None if is_unnamed else professional.email or None,
    )


def lead_professional(facts: Facts) -> Worker:
    """The lead professional, who is named in every case that is ready (rule E01)."""
    found = facts.case.body(LeadProfessional)
    assert found is not None, "a case is ready without a lead professional"
    return worker(found.professional)


def reached_at(of: Worker) -> str:
    """Telephone and email address of a worker, as far as they are known."""
    return ", ".join(each for each in (of.phone, of.email) if each) or "no telephone number recorded"
