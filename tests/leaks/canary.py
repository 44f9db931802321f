"""Every kind of document about a generated family: which marks and days stand where they may not, or are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any, Final

from spr_desktop.casework.errors import NotReady
from spr_desktop.casework.making import (
    ACCESS,
    AUDIT,
    BRIEF,
    COPY,
    KINDS,
    NOTICE,
    PACK,
    Prepared,
    Wish,
    items_to_review,
    prepare,
)
from spr_desktop.documents.errors import LeakFound, NotMade
from spr_desktop.documents.making import seal_checked
from spr_desktop.documents.subject_access import Choice, Decided
from tests.cases import TODAY
from tests.documents.kinds import PRACTITIONER, case_of
from tests.documents.packs import identity, passphrase
from tests.leaks import allowed
from tests.leaks.extraction import Extracted, days_in, extracted, marks_in
from tests.leaks.families import MARK, Mark, MarkedFamily, marked, whose

_CHOICES: Final[tuple[Choice, ...]] = ("disclose", "disclose", "redact", "withhold")


@dataclass
class Canary:
    """What came of one family, or of several."""

    families: int = 0
    documents: dict[str, int] = field(default_factory=dict)
    """By kind, how many were read; *not made* are those that rightly were not."""
    marks: int = 0
    """In the families."""
    found: int = 0
    """Marks that were found in documents, each where it may stand."""
    wrong: list[str] = field(default_factory=list)
    """Where a mark stood that may not, or one was missing: seed, document, field and whose."""

    def add(self, other: Canary) -> None:
        """Count those of another one too."""
        self.families += other.families
        self.marks += other.marks
        self.found += other.found
        self.wrong += other.wrong
        for kind, number in other.documents.items():
            self.documents[kind] = self.documents.get(kind, 0) + number


def sing(
    seed: str,
    adults: int | None = None,
    *,
    readers: int = 9,
    sealed: Collection[str] = KINDS,
    twice: bool = True,
) -> Canary:
    """Make every kind of document of a family, for so many of its adults, and look for every mark in each.

    Of kinds in ``sealed`` the sealed files are read too; ``twice`` has every page read by two readers.
    """
    return _Family(marked(seed, adults), sealed, twice).sung(readers)


class _Family:
    """One family, its documents, and what was found in them."""

    def __init__(self, made: MarkedFamily, sealed: Collection[str], twice: bool) -> None:
        self.made = made
        self.sealed = sealed
        self.twice = twice
        self.case = case_of(made.family)
        self.decision = made.family.check()
        self.canary = Canary(families=1, marks=len(made.marks))
        self.known = {MARK.findall(each.text)[0]: each for each in made.marks}

    def sung(self, readers: int) -> Canary:
        made = self.made
        self._look(PACK, None, allowed.in_pack(made))
        self._look(NOTICE, None, allowed.in_notice(made))
        self._look(AUDIT, None, allowed.in_audit(made))
        for person in made.all_adults[:readers]:
            others = allowed.days_of_others(made, person)
            self._look(COPY, person, allowed.in_copy(made, person), allowed.days_in_copy(made, person), others)
            self._look(BRIEF, person, allowed.in_brief(made, person), allowed.days_in_brief(made, person), others)
            whole = {each.id: Decided(choice="disclose") for each in items_to_review(self.case, person)}
            self._look(ACCESS, person, allowed.in_whole_answer(made, person), decided=whole)
            chosen = self._by_chance(person)
            self._look(ACCESS, person, self._left(chosen, person), decided=chosen)
        return self.canary

    def _by_chance(self, person: str) -> dict[str, Decided]:
        chance = Random(f"{self.made.seed} {person}")
        found = {}
        for item in items_to_review(self.case, person):
            choice = chance.choice(_CHOICES)
            names = [each.name for each in item.parts]
            removed = tuple(chance.sample(names, chance.randrange(1, len(names) + 1))) if choice == "redact" else ()
            found[item.id] = Decided(choice=choice, reason=None if choice == "disclose" else "crime", removed=removed)
        return found

    def _left(self, chosen: dict[str, Decided], person: str) -> set[str]:
        """Marks of the items that are disclosed, but those of removed fields."""

        def is_left(mark: Mark) -> bool:
            if mark.is_current and mark.where in ("person.given_names", "person.family_name"):
                return True  # whom the answer is for
            decided = chosen[mark.entry["id"]]
            name = mark.where.split(".")[1] if "." in mark.where else None
            return decided.choice != "withhold" and (decided.choice == "disclose" or name not in decided.removed)

        return {each.text for each in self.made.marks if allowed.is_about(each, self.made, person) and is_left(each)}

    def _look(
        self,
        kind: str,
        person: str | None,
        texts: Iterable[str],
        days: set[date] | None = None,
        others: Iterable[date] = (),
        decided: Any = None,
    ) -> None:
        wish = Wish(kind=kind, person_id=person, decided=decided or {})
        called = f"seed {self.made.seed}, {kind}{f' of {person}' if person else ''}"
        prepared = self._prepared(wish, called)
        if prepared is None:
            return
        self.canary.documents[kind] = self.canary.documents.get(kind, 0) + 1
        wanted = {MARK.findall(each)[0] for each in texts}
        files: list[tuple[bytes, str | None]] = [(prepared.pdf, None)]
        if kind in self.sealed:
            files.append((seal_checked(prepared.checked, identity(), passphrase()), passphrase()))
        for pdf, secret in files:
            held = extracted(pdf, secret, twice=self.twice)
            self.canary.wrong += [f"{called}: {each}" for each in self._wrong(held, wanted, days, set(others))]
        self.canary.found += len(wanted)

    def _prepared(self, wish: Wish, called: str) -> Prepared | None:
        """The document, or None where there rightly is none."""
        is_right = (
            (wish.kind == PACK and not self.decision.ready)
            or (wish.kind == BRIEF and wish.person_id in self.made.others)  # nobody holds them in mind
        )
        try:
            prepared = prepare(wish, self.case, self.decision, PRACTITIONER, identity(), TODAY)
        except (NotReady, NotMade) as refused:
            if not is_right:
                self.canary.wrong.append(f"{called}: {type(refused).__name__}")
            self.canary.documents["not made"] = self.canary.documents.get("not made", 0) + 1
            return None
        except LeakFound as leak:
            self.canary.wrong.append(f"{called}: {leak.leaks}")
            return None
        if is_right:
            self.canary.wrong.append(f"{called}: made")
        return prepared

    def _wrong(self, held: Extracted, wanted: set[str], days: set[date] | None, others: set[date]) -> Iterator[str]:
        on_pages, attached, elsewhere = map(marks_in, (held.pages, held.attached, held.elsewhere))
        yield from (f"{self._named(each)} is on a page" for each in sorted(on_pages - wanted))
        yield from (f"{self._named(each)} is missing" for each in sorted(wanted - on_pages))
        yield from (f"{self._named(each)} is attached" for each in sorted(attached - wanted))
        yield from (f"{self._named(each)} is off the pages" for each in sorted(elsewhere))
        if days is not None and (told := days_in(held.pages)) != days:
            yield f"days: {sorted(map(str, told - days))} more, {sorted(map(str, days - told))} fewer"
        every = days_in("\n".join((held.pages, held.attached, held.elsewhere)))
        yield from (f"{each} is somebody else's" for each in sorted(every & others - (days or set())))

    def _named(self, mark: str) -> str:
        known = self.known.get(mark)
        if known is None:
            return mark
        return f"{known.where} of {whose(known.entry, self.made.family.entries) or 'nobody'}"
