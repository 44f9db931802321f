"""The demonstration: a vault with invented families, and the way of one of them to a sealed pack."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.invented import Event, InventedFamily, invented_caseload, walked_family
from spr_desktop.casework.making import PACK, Wish, make
from spr_desktop.casework.passphrases import suggest_passphrase
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.receiving import verify_pack
from spr_desktop.casework.words import OUTCOMES
from spr_desktop.pathway.result import Decision
from spr_desktop.records.record import AnyRecord, Record, now
from spr_desktop.records.references import new_reference
from spr_desktop.records.values import When

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the demonstration left behind."""

    vault: Path
    passphrase: str
    recovery_key: str
    case_ref: str
    pack: Path
    pack_passphrase: str


def demonstrate(folder: Path, today: date, say: Say) -> Demonstration:
    """Make the vault and walk the way, saying each step; raises what its parts raise."""
    vault, passphrase = folder / "vault", suggest_passphrase()
    practitioner = Practitioner(
        name="J. Outreach", role="Outreach worker", organisation="Example Outreach", phone="07700 900000"
    )
    caseload, recovery_key = Caseload.create(vault, passphrase, practitioner)
    with caseload:
        families = list(invented_caseload(today))
        caseload.keep({new_reference(): recorded(each.events(today), today) for each in families}, today)
        say(f"Made an encrypted vault with {len(families)} invented families in every state of the pathway.")
        case_ref = caseload.new_reference()
        _walk(caseload, case_ref, walked_family(), today, say)
        made = make(caseload, case_ref, Wish(kind=PACK), today, lambda reference: folder / f"{reference}.pdf")
        say(f"Sealed:          pack {made.reference}, encrypted and signed, in {made.path}")
    checked = verify_pack(made.path, made.sealed.passphrase)
    say(f"Verified:        {' '.join(checked.findings)}")
    if not checked.valid:
        raise CaseworkError("the pack that was just sealed does not verify")
    return Demonstration(
        vault=vault,
        passphrase=passphrase,
        recovery_key=recovery_key,
        case_ref=case_ref,
        pack=made.path,
        pack_passphrase=made.sealed.passphrase,
    )


def _walk(caseload: Caseload, case_ref: str, family: InventedFamily, today: date, say: Say) -> None:
    """Record one family step by step, asking the pathway after each."""

    def record(step: str, events: Iterable[Event]) -> None:
        caseload.keep({case_ref: recorded(events, today)}, today)
        say(f"{step:<16} {_how_it_stands(caseload.decide(case_ref, today))}")

    say(f"One family, case {case_ref}:")
    record("Opened:", family.people(today))
    record("Screened alone:", family.screening())
    record("Checked:", family.checks())
    record("Agreed:", family.agreeing(today))
    record("Wrapped around:", family.wrapping())
    say(f"Ready:           {'yes' if caseload.decide(case_ref, today).ready else 'no'}")


def _how_it_stands(decision: Decision) -> str:
    in_the_way = decision.in_the_way
    if not in_the_way:
        return f"{OUTCOMES[decision.outcome]}."
    return f"{OUTCOMES[decision.outcome]}: {len(in_the_way)} in the way. {in_the_way[0].reason}"


def recorded(events: Iterable[Event], today: date) -> list[AnyRecord]:
    """Records of what happened so many days ago, written down now."""
    written_at = now()
    return [
        Record(
            id=str(uuid.uuid4()),
            happened_on=When(today - timedelta(days=days_ago)),
            recorded_at=written_at + timedelta(microseconds=number),
            recorded_by="J. Outreach",
            body=body,
        )
        for number, (days_ago, body) in enumerate(events)
    ]
