"""A second opinion: the rules of the pathway, written once more from their text alone.

Whoever wrote this had not seen the program, only what the rules say, so that a rule which the two of us read in
different ways shows up as a disagreement. It is here to disagree: it shares no code with the program, reads the plain
JSON of a valid case document, has the limits written out, and says outcomes only, without words. When a rule changes,
change it here from the new text, not from the program. ``test_second_opinion`` compares the two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any, Final, NamedTuple

from tests.pathway.second_reading import (
    QUESTIONS,
    SET_ID,
    TELLS_NOTHING,
    Told,
    answer,
    birthday,
    column,
    company,
    days_between,
    effects,
    norm,
    public_matter,
    tool,
)

RANK: Final = {"pass": 0, "caution": 1, "not_yet": 2, "stop": 3}
ADULT_ROLES: Final = ("parent_carer", "other_adult")
ENDED_COURSES: Final = ("arguing_better", "getting_it_right_for_children", "me_you_and_baby_too")
COURSES_ENDED_ON: Final = "2025-08-31"
RECIPIENTS: Final = {
    "mediation": {"spr_team", "mediation_now"},
    "couple_support": {"spr_team", "mediation_now", "southampton_family_trust"},
    "family_counselling": {"spr_team", "off_the_record", "hart_voluntary_action"},
}
PROVIDERS: Final = {
    "mediation": {"mediationnow", "familysolutions"},
    "couple_support": {"mediationnow", "familysolutions", "southamptonfamilytrust"},
    "family_counselling": {"offtherecord", "hartvoluntaryaction"},
}
FITS: Final = {
    ("mediation", "C05"): {"together": "stop", "apart": "pass", "between": "caution", "never": "caution"},
    ("couple_support", "C08"): {"together": "pass", "apart": "stop", "between": "not_yet", "never": "stop"},
}


class Said(NamedTuple):
    """What is said of one rule and subject."""

    outcome: str
    kind: str | None
    accepted: bool
    urgent: bool
    needs_manager: bool
    timing: str | None
    due_on: str | None


@dataclass
class Entry:
    """What a rule finds about one subject, and what it read for it."""

    found: list[Said] = field(default_factory=list)
    read_records: dict[str, Told] = field(default_factory=dict)
    stopping: list[Told] = field(default_factory=list)

    def read(self, *records: Told) -> Entry:
        """Records that were looked at."""
        self.read_records.update({each.id: each for each in records})
        return self

    def add(
        self,
        outcome: str,
        *records: Told,
        manager: bool = False,
        urgent: bool = False,
        timing: str | None = None,
        due: str | None = None,
    ) -> Entry:
        """A clause that fits."""
        self.found.append(Said(outcome, None, False, urgent, manager, timing, due))
        self.stopping += records if outcome == "stop" else ()
        return self.read(*records)


def opinion(document: dict[str, Any], as_of: date, service: str | None = None) -> dict[tuple[str, str], Said]:
    """What this opinion says of a valid case document, by rule and subject."""
    return _Opinion(document, as_of.isoformat(), service).say()


class _Opinion:
    def __init__(self, document: dict[str, Any], as_of: str, service: str | None) -> None:
        self.as_of = as_of
        self.entries: dict[tuple[str, str], Entry] = {}
        now = datetime.now(UTC)
        plain = {each["id"]: each for each in reversed(document["records"])}
        told = [Told(each, now + timedelta(microseconds=-number)) for number, each in enumerate(plain.values())]
        self.records = sorted(told, key=lambda each: each.order)
        self._supersede()
        self.persons = self.latest("person")
        self.adults = sorted(each for each in self.persons if self.persons[each]["role"] in ADULT_ROLES)
        self.children = sorted(set(self.persons) - set(self.adults))
        referral = self.newest("referral")
        self.service = service or (referral["service"] if referral else None)
        self.taking = self._taking_part(referral)
        self.adults_taking = [each for each in self.taking if each in self.adults]
        self.children_taking = [each for each in self.taking if each in self.children]
        self.accounts = list(self.latest("relationship").values())
        self.pairs = list(combinations(self.adults_taking, 2))
        self.conversations = self.every("safety_conversation")
        people_told_of = {each["person_id"] for each in self.conversations if each["person_id"] not in self.persons}
        self.all_adults = sorted({*self.adults, *people_told_of})

    def say(self) -> dict[tuple[str, str], Said]:
        """Every entry."""
        for person in self.adults_taking:
            self._conversation_rules(person)
            self._age_of_parent(person)
        for person in self.all_adults:
            self._answers_and_judgement(person)
        self._abuse_and_advice()
        self._touch_points()
        self._orders_and_past_abuse()
        self._after_a_stop()
        self._crisis_and_therapy()
        self._courts()
        self._service_and_people()
        self._readiness()
        self._plan()
        self._wraparound()
        if self.service is not None:
            self._area_conflict_and_offer()
            self._couple(self.service)
            self._children_of_the_service()
            self._sessions()
            self._agreements(self.service)
            self._sharing(self.service)
            self._contact()
            self._progress()
        return {key: self._said(*key, entry) for key, entry in self.entries.items() if entry.found}

    # Reading

    def _supersede(self) -> None:
        by_id = {each.id: each for each in self.records}
        for each in self.records:
            for named in each.supersedes if each.day <= self.as_of else ():
                old = by_id.get(named)
                if old and (old.kind, old.key) == (each.kind, each.key) and old.order < each.order:
                    old.superseded = True

    def every(self, kind: str) -> list[Told]:
        """All records of a kind, whatever their date."""
        return [each for each in self.records if each.kind == kind]

    def current(self, kind: str) -> list[Told]:
        """Records of a kind up to the day that are not superseded."""
        return [each for each in self.every(kind) if each.day <= self.as_of and not each.superseded]

    def latest(self, kind: str) -> dict[Any, Told]:
        """The newest record for each key."""
        return {each.key: each for each in self.current(kind)}

    def newest(self, kind: str) -> Told | None:
        """The newest record of a kind without a key."""
        return self.latest(kind).get(())

    def of(self, rule: str, subject: str = "case") -> Entry:
        """The entry of a rule and subject."""
        return self.entries.setdefault((rule, subject), Entry())

    def _taking_part(self, referral: Told | None) -> list[str]:
        if referral is not None:
            return sorted(set(referral.get("taking_part", [])))
        parents = {each for each in self.persons if self.persons[each]["role"] == "parent_carer"}
        return sorted(parents | set(self.children if self.service == "family_counselling" else []))

    def _born(self, person: str) -> str | None:
        record = self.persons[person]
        return None if record.get("date_of_birth_accuracy") == "unknown" else record.get("date_of_birth")

    def _unborn(self, child: str) -> bool:
        born = self._born(child)
        return born > self.as_of if born else self.persons[child].get("expected_on") is not None

    def _aged(self, person: str, years: int) -> bool | None:
        """Whether somebody has reached an age; None where that is not known."""
        if person in self.children and self._unborn(person):
            return False
        born = self._born(person)
        return None if born is None else self.as_of >= birthday(born, years)

    # Stops, lifts and advice

    def _stop_or_lifted(self, entry: Entry, record: Told, urgent: bool = False) -> None:
        lifts = [
            each
            for each in self.current("stop_lifted")
            if record.id in each.get("records", [])
            and each.day >= record.day
            and norm(record.by)
            and norm(each.by)
            and norm(each["by"]) == norm(each.by) != norm(record.by)
        ]
        if lifts:
            entry.add("caution", record, *lifts, manager=True)
        else:
            entry.add("stop", record, urgent=urgent)

    def _refusals(self) -> list[Told]:
        return [each for each in self.every("advice") if (each["about"], each["says"]) == ("safety", "do_not_go_ahead")]

    def _go_aheads(self) -> list[Told]:
        advice = [each for each in self.current("advice") if each["about"] == "safety"]
        enders = self._refusals() + [each for each in advice if each["says"] == "find_out_more"]
        return [
            each
            for each in advice
            if each["says"] == "go_ahead"
            and each["role"] in ("manager", "safeguarding_lead", "da_specialist")
            and not any(ender.order > each.order for ender in enders)
        ]

    def _answering(self, rule: str, record: Told, about: Collection[str]) -> list[Told]:
        return [
            each
            for each in self._go_aheads()
            if each.day >= record.day
            and (not each.get("rules") or rule in each["rules"])
            and (each.get("person_id") is None or set(about) == {each["person_id"]})
        ]

    # A. Safety

    def _of_person(self, person: str) -> list[Told]:
        return [each for each in self.current("safety_conversation") if each["person_id"] == person]

    def _completed(self, person: str) -> list[Told]:
        return [each for each in self._of_person(person) if each["state"] == "completed"]

    def _conversation_rules(self, person: str) -> None:
        if held := self._of_person(person):
            self.of("A20", person).add("not_yet" if held[-1]["state"] == "declined" else "pass", held[-1])
        completed = self._completed(person)
        if not completed:
            self.of("A01", person).add("not_yet")
            return
        latest = completed[-1]
        self.of("A01", person).add("pass", latest)
        self.of("A02", person).add(company(latest), latest)
        self.of("A03", person).add(tool(latest), latest)
        self._before_the_referral(person, completed)
        self._questions(person, latest)
        age = days_between(latest.day, self.as_of)
        self.of("A10", person).add("pass" if age <= 28 else "caution" if age <= 56 else "not_yet", latest)
        since = self.of("A11", person).add("pass", latest)
        for event in self.current("life_event"):
            if event["safety_relevant"] != "no" and event.day >= latest.day:
                since.add("not_yet", event)

    def _before_the_referral(self, person: str, completed: list[Told]) -> None:
        referrals = self.current("referral")
        counting = [each for each in completed if company(each) != "not_yet"] or completed
        earliest = counting[0]
        referred = min((each["referred_on"] for each in referrals if each.get("referred_on")), default=None)
        discussed = min(
            (each["first_discussed_on"] for each in referrals if each.get("first_discussed_on")), default=None
        )
        entry = self.of("A04", person).read(*referrals)
        if referred and earliest.day > referred:
            entry.add("not_yet", earliest)
        elif discussed and earliest.day > discussed:
            entry.add("caution", earliest)
        else:
            entry.add("pass", earliest)

    def _questions(self, person: str, latest: Told) -> None:
        if latest.get("question_set") is None and latest["tool"] != "built_in":
            return
        entry = self.of("A07", person).add("pass", latest)
        if latest.get("question_set") != SET_ID:
            entry.add("not_yet", latest)
            return
        accounts = [each for each in self.accounts if person in each["between"]]
        apart = not accounts or not all(column([each]) == "together" for each in accounts)
        for question in QUESTIONS.values():
            can_stop = any(effect.startswith("stop") for effect in question["effects"].values())
            applies = question["applies"] != "separated" or apart
            if can_stop and applies and answer(latest, question["id"]) in TELLS_NOTHING:
                entry.add("not_yet", latest)
        if answer(latest, "J2") == "something_physical" and answer(latest, "E1") == "no":
            entry.add("not_yet", latest)

    def _age_of_parent(self, person: str) -> None:
        entry = self.of("A21", person).read(self.persons[person])
        if self._aged(person, 16) is False:
            entry.add("stop", self.persons[person])
        elif self._aged(person, 18) is False:
            entry.add("caution", manager=True)
        else:
            entry.add("pass")

    def _answers_and_judgement(self, person: str) -> None:
        held = [each for each in self.conversations if each["person_id"] == person and each["state"] != "declined"]
        if held:
            entry = self.of("A06", person).add("pass", *self._up_to_now(held))
            for each in held:
                found = [effect for _, effect in effects(each)]
                if "stop_urgent" in found or "stop" in found:
                    self._stop_or_lifted(entry, each, urgent="stop_urgent" in found)
        completed = self._completed(person)
        latest = completed[-1] if completed else None
        ever = [each for each in held if each["state"] == "completed"]
        indicated = [each for each in ever if each.get("practitioner_outcome") == "domestic_abuse_indicated"]
        if latest or indicated:
            entry = self.of("A09", person).add("pass", *self._up_to_now(ever))
            for each in indicated:
                self._stop_or_lifted(entry, each)
        if latest:
            self._small_signs(person, latest)
            self._judgement(person, latest)

    def _up_to_now(self, records: list[Told]) -> list[Told]:
        return [each for each in records if each.day <= self.as_of and not each.superseded]

    def _small_signs(self, person: str, latest: Told) -> None:
        found = effects(latest)
        unclear = [sign for sign, effect in found if effect == "not_yet"]
        cautions = [sign for sign, effect in found if effect == "caution"]
        entry = self.of("A08", person).read(latest)
        if not unclear and not cautions:
            entry.add("pass")
        elif not unclear and len(cautions) <= 2 and len({sign[0] for sign in cautions}) == 1:
            entry.add("caution")
        else:
            advice = self._answering("A08", latest, {person})
            entry.add("caution" if advice else "not_yet", *advice, manager=bool(advice))

    def _judgement(self, person: str, latest: Told) -> None:
        entry = self.of("A09", person)
        if latest.get("practitioner_outcome") == "unclear_seek_advice":
            advice = self._answering("A09", latest, {person})
            entry.add("caution" if advice else "not_yet", latest, *advice, manager=bool(advice))
        if latest.get("practitioner_outcome") is None or len(latest.get("rationale", "").strip()) < 40:
            entry.add("not_yet", latest)

    def _abuse_and_advice(self) -> None:
        entry = self.of("A05").add("pass")
        for each in self.every("safety_information"):
            if each["category"] in ("domestic_abuse", "controlling_behaviour"):
                self._stop_or_lifted(entry, each)
        for refusal in self._refusals():
            ended_by = [
                each
                for each in self._go_aheads()
                if each.order > refusal.order
                and (not each.get("rules") or "A05" in each["rules"])
                and each.get("person_id") in (None, refusal.get("person_id"))
            ]
            if ended_by:
                entry.read(refusal, *ended_by)
            else:
                self._stop_or_lifted(entry, refusal)

    def _touch_points(self) -> None:
        entry = self.of("A12").add("pass")
        for each in self.every("touch_point"):
            if each["new_safety_information"] == "yes":
                self._stop_or_lifted(entry, each)
            if each.superseded:
                continue
            if each.day <= self.as_of:
                entry.read(each)
            if each["new_safety_information"] == "not_known":
                entry.add("not_yet", each)
            if each["worry"] == "high":
                entry.add("caution", each)

    def _orders_and_past_abuse(self) -> None:
        entry = self.of("A19").add("pass")
        for each in self.every("safety_information"):
            if each["category"] in ("protective_order", "marac_or_hrda", "open_police_matter"):
                self._stop_or_lifted(entry, each)
            elif each["category"] == "past_domestic_abuse" and not each.superseded:
                advice = self._answering("A19", each, each.get("about", []))
                entry.add("caution" if advice else "not_yet", each, *advice, manager=bool(advice))
        to_come = [each for each in self.every("court_matter") if each.day > self.as_of]
        for each in [*self.latest("court_matter").values(), *to_come]:
            if each["law"] != "protective":
                continue
            if each.day <= self.as_of:
                entry.read(each)
            if each["state"] == "not_known":
                entry.add("not_yet", each)
            elif each["state"] not in ("withdrawn", "expired"):
                self._stop_or_lifted(entry, each)

    def _after_a_stop(self) -> None:
        stopping = {each.id: each for entry in self.entries.values() for each in entry.stopping}.values()
        if stopping:
            actions = self.current("safety_action")
            acted = all(any(action.day >= each.day for action in actions) for each in stopping)
            self.of("A13").add("pass" if acted else "not_yet", *stopping, *actions)
            self.of("A14").add("stop", *stopping)

    # B. Suitability

    def _crisis_and_therapy(self) -> None:
        checks = self.latest("suitability")
        told = [
            each
            for each in self.current("safety_conversation")
            if each["person_id"] in self.all_adults and each["state"] != "declined" and answer(each, "L1") == "recent"
        ]
        by_detail = {None: "stop", "waiting_date_unknown": "not_yet", "assessment_only": "caution"}
        by_detail |= {
            "receiving_now": "stop",
            "waiting_soon": "stop",
            "non_talking_therapy": "caution",
            "ended": "pass",
        }
        for person in self.taking:
            crisis, entry = checks.get(("active_crisis", person)), self.of("B01", person)
            if crisis is None:
                entry.add("not_yet")
            else:
                entry.add({"yes": "stop", "no": "pass", "not_known": "not_yet"}[crisis["value"]], crisis)
            if crisis is not None and crisis["value"] == "no":
                if crisis.get("review_on", self.as_of) < self.as_of:
                    entry.add("not_yet", due=crisis["review_on"])
                for each in told:
                    if each.day >= crisis.day:
                        entry.add("not_yet", each)
            therapy, entry = checks.get(("therapy", person)), self.of("B02", person)
            if therapy is None or therapy["value"] == "not_known":
                entry.add("not_yet", *([therapy] if therapy else []))
            else:
                entry.add("pass" if therapy["value"] == "no" else by_detail[therapy.get("detail")], therapy)

    def _courts(self) -> None:
        public_law = self.latest("suitability").get(("public_law", None))
        value = public_law["value"] if public_law else "not_known"
        b03 = self.of("B03").add({"yes": "stop", "no": "pass", "not_known": "not_yet"}[value])
        b03.read(*([public_law] if public_law else []))
        plan = self.newest("plan")
        b04 = self.of("B04").add("pass", *([plan] if plan else []))
        if plan and plan["type"] == "pre_proceedings":
            b04.add("caution", manager=True)
        b05 = self.of("B05").add("pass")
        for matter in self.latest("court_matter").values():
            state, about = matter["state"], matter["about_current_children"]
            if matter["law"] == "public":
                b03.add(public_matter(state, about), matter)
                b04.read(matter)
                if state == "contemplated" and about != "no":
                    b04.add("caution", matter, manager=True)
            elif matter["law"] == "not_known":
                b03.add("not_yet", matter)
            elif matter["law"] == "private":
                b05.add("pass" if state in ("withdrawn", "expired", "contemplated") else "caution", matter)

    # C. The right service

    def _service_and_people(self) -> None:
        unknown = [each for each in self.taking if each not in self.persons]
        missing = self.service is None or not self.adults_taking or unknown
        self.of("C00").add("not_yet" if missing else "pass")

    def _area_conflict_and_offer(self) -> None:
        people = [self.persons[each] for each in self.adults_taking]
        areas = {each.get("lives_in_area", "not_known") for each in people}
        self.of("C01").add("pass" if areas == {"yes"} else "stop" if areas == {"no"} else "not_yet", *people)
        profile = self.newest("conflict_profile")
        harmful = profile and all(profile[each] == "yes" for each in ("frequent", "intense", "poorly_resolved"))
        self.of("C02").add("pass" if harmful else "not_yet", *([profile] if profile else []))
        offers = self.current("universal_offer")
        more = any(each["result"] != "offered" for each in offers)
        self.of("C03").add("pass" if more else "caution" if offers else "not_yet", *offers)
        for each in offers:
            if each["item"] in ENDED_COURSES:
                late = each.day > COURSES_ENDED_ON and each["result"] in ("offered", "started")
                self.of("C04", each.get("person_id") or "case").add("not_yet" if late else "pass", each)

    def _couple(self, service: str) -> None:
        for (of_service, rule), outcomes in FITS.items():
            if of_service != service:
                continue
            entry = self.of(rule).add("pass" if self.pairs else "not_yet")
            for pair in self.pairs:
                accounts = [each for each in self.accounts if set(each["between"]) == set(pair)]
                entry.add(outcomes.get(column(accounts), "not_yet"), *accounts)
        if service == "mediation":
            entry = self.of("C06").add("pass" if self.pairs and self.children else "not_yet")
            for pair in self.pairs if self.children else []:
                self._parental_responsibility(entry, pair)

    def _parental_responsibility(self, entry: Entry, pair: tuple[str, str]) -> None:
        known = self.latest("parental_responsibility")
        held = {child: [known.get((child, adult)) for adult in pair] for child in self.children}
        entry.read(*(record for records in held.values() for record in records if record))
        values = [[record["held"] if record else "not_known" for record in records] for records in held.values()]
        if ["yes", "yes"] in values:
            return
        unclear = any(value in ("not_known", "disputed") for pair_of_values in values for value in pair_of_values)
        entry.add("not_yet" if unclear else "stop")

    def _children_of_the_service(self) -> None:
        voices, wants = self.latest("child_voice"), self.latest("wants_without_children")
        children = [self.persons[each] for each in self.children]
        if self.service == "mediation":
            for child in self.children:
                voice = voices.get(child)
                if not self._unborn(child):
                    willing = voice is not None and voice["wants_to_take_part"] == "yes"
                    entry = self.of("C07", child).read(self.persons[child], *([voice] if voice else []))
                    entry.add("pass" if self._aged(child, 10) and willing else "caution")
        if self.service == "couple_support":
            younger = any(self._aged(each, 8) is False for each in self.children)
            answers = [wants[each] for each in self.adults_taking if each in wants]
            all_want = self.adults_taking and [each["answer"] for each in answers] == ["yes"] * len(self.adults_taking)
            self.of("C09").add("pass" if younger or all_want else "caution", *children, *answers)
        if self.service == "family_counselling":
            for person in self.taking:
                if person in self.persons:
                    self._counselling_age(person)
            accounts = [each for each in self.accounts if set(each["between"]) <= set(self.adults_taking)]
            if any(column([each]) == "together" for each in accounts):
                entry = self.of("C11").add("pass", *accounts, *children)
                if not all(self._aged(each, 8) for each in self.children):
                    entry.add("caution", manager=True)
            for child in self.children_taking:
                voice = voices.get(child)
                answered = voice["wants_to_take_part"] if voice else "not_asked"
                outcome = {"yes": "pass", "unsure": "caution"}.get(answered, "not_yet")
                self.of("C12", child).add(outcome, *([voice] if voice else []))

    def _counselling_age(self, person: str) -> None:
        entry, aged, born = self.of("C10", person).read(self.persons[person]), self._aged(person, 8), self._born(person)
        if aged or (aged is None and person in self.adults):
            entry.add("pass")
        elif aged is None:
            entry.add("not_yet")
        elif born is None or (person in self.children and self._unborn(person)):
            entry.add("stop")
        elif days_between(self.as_of, birthday(born, 8)) <= 56:
            entry.add("not_yet", due=birthday(born, 8))
        else:
            entry.add("stop")

    # D. Who does well

    def _readiness(self) -> None:
        known = self.latest("readiness")
        for person in self.adults_taking:
            record = known.get(person)
            if record is None:
                for rule in ("D01", "D02", "D03", "D06"):
                    self.of(rule, person).add("not_yet")
                continue
            wants = (record["wants_change"], record["freely_chosen"])
            outcome = "pass" if wants == ("yes", "yes") else "not_yet" if "no" in wants else "caution"
            self.of("D01", person).add(outcome, record)
            self.of("D02", person).add("pass" if record.get("pressure_from", "none") == "none" else "not_yet", record)
            self.of("D03", person).add("pass" if record["sees_child_view"] == "yes" else "caution", record)
            open_to = record["open_to_another_professional"]
            self.of("D06", person).add("pass" if open_to == "yes" else "caution", record)

    def _plan(self) -> None:
        plan = self.newest("plan")
        if plan and plan["type"] not in ("none", "universal"):
            self.of("D04").add("pass" if plan["intervention_in_plan"] == "yes" else "not_yet", plan)
            because, closes = plan["closure_because_of_referral"], plan.get("closure_planned_on")
            soon = closes is not None and days_between(self.as_of, closes) <= 84
            if because == "yes" or (because == "not_known" and soon):
                outcome = "not_yet"
            else:
                outcome = "caution" if soon or because == "not_known" else "pass"
            self.of("D05").add(outcome, plan)
        voices = self.latest("child_voice")
        for child in self.children:
            expected = self.persons[child].get("expected_on")
            if not self._unborn(child) or (expected is not None and expected <= self.as_of):
                voice = voices.get(child)
                unsafe = voice is not None and voice["how"] == "not_safe_to_ask"
                outcome = "not_yet" if voice is None else "caution" if unsafe else "pass"
                self.of("D07", child).add(outcome, *([voice] if voice else []), manager=unsafe)

    # E. Wrap-around

    def _wraparound(self) -> None:
        lead = self.newest("lead_professional")
        self.of("E01").add("pass" if lead and norm(lead["professional"]["name"]) else "not_yet")
        current = [
            each
            for each in self.latest("wraparound").values()
            if not each.get("ended_on") or each["ended_on"] > self.as_of
        ]
        for person in self.adults_taking:
            mine = [each for each in current if each["for_person"] == person]
            self.of("E02", person).add("pass" if mine else "not_yet", *mine)
            if mine:
                known = all(each["known_to_parent"] == "yes" for each in mine)
                self.of("E03", person).add("pass" if known else "caution", *mine)
            if mine and self.service:
                names = PROVIDERS[self.service]
                inside = any(
                    each["outside_service"] != "yes" or norm(each["practitioner"]["organisation"]) in names
                    for each in mine
                )
                self.of("E04", person).add("not_yet" if inside else "pass", *mine)
        if self.service and len(self.adults_taking) >= 2:
            self._shared([each for each in current if each["for_person"] in self.adults_taking])

    def _shared(self, commitments: list[Told]) -> None:
        groups: dict[tuple[str, str], list[Told]] = {}
        for each in commitments:
            who = each["practitioner"]
            groups.setdefault((norm(who["name"]), norm(who["organisation"])), []).append(each)
        e05, e07 = self.of("E05").add("pass", *commitments), self.of("E07").add("pass", *commitments)
        for group in groups.values():
            if len({each["for_person"] for each in group}) < 2:
                continue
            stated = all(len(each.get("boundary_statement", "").strip()) >= 20 for each in group)
            e05.add("caution" if stated else "not_yet")
            if any(each.get("setting") in ("school", "early_years") for each in group):
                e07.add("caution")

    def _sessions(self) -> None:
        touch_points = self.current("touch_point")
        sessions = {each.key: each for each in self.every("session") if not each.superseded}
        for session in sessions.values():
            if session["state"] in ("cancelled", "stopped"):
                continue
            planned = session["planned_for"]
            for person in {*session.get("attendees", [])} & {*self.adults}:
                mine = [
                    each
                    for each in touch_points
                    if (each["session_id"], each["person_id"]) == (session["session_id"], person)
                ]
                held = any(
                    each["individually"] == "yes"
                    and (
                        (each.day, each.time[:5]) <= (planned[:10], planned[11:16])
                        if each.time
                        else each.day <= planned[:10]
                    )
                    for each in mine
                )
                entry, read = self.of("E06", person), (session, *mine)
                if held:
                    entry.add("pass", *read)
                elif planned[:10] <= self.as_of:
                    entry.add("caution", *read, timing="overdue", due=planned[:10])
                elif days_between(self.as_of, planned[:10]) <= 7:
                    entry.add("caution", *read, timing="due", due=planned[:10])

    # F. Agreement and sharing

    def _agreements(self, service: str) -> None:
        known = self.latest("agreement")
        for person in self.adults_taking:
            agreement = known.get((person, service))
            if agreement is None:
                self.of("F01", person).add("not_yet")
                self.of("F02", person).add("not_yet")
            else:
                outcome = {"yes": "pass", "no": "stop", "undecided": "not_yet", "withdrawn": "pass"}[
                    agreement["agreed"]
                ]
                self.of("F01", person).add(outcome, agreement)
                wishes = {"yes": "pass", "no": "stop"}.get(agreement["wishes_to_access"], "not_yet")
                self.of("F02", person).add(wishes, agreement)
                self.of("F06", person).add("pass" if agreement["given_alone"] == "yes" else "not_yet", agreement)
                old = days_between(agreement.day, self.as_of) > 56
                self.of("F08", person).add("caution" if old else "pass", agreement)
                self.of("F07", person).add("stop" if agreement["agreed"] == "withdrawn" else "pass", agreement)
            for each in self.every("agreement"):
                if each.key == (person, service) and each.day > self.as_of and each["agreed"] == "withdrawn":
                    self.of("F07", person).add("stop", each)
        answers = self.latest("child_agreement")
        for child in self.children_taking:
            if self._aged(child, 8) is not False:
                said = answers.get((child, service))
                outcome = "not_yet"
                if said and said["agrees"] == "no":
                    outcome = "stop"
                elif said and (said["informed"], said["agrees"]) == ("yes", "yes"):
                    outcome = "pass"
                self.of("F09", child).add(outcome, *([said] if said else []))

    def _sharing(self, service: str) -> None:
        notices, bases = self.latest("privacy_notice"), self.latest("sharing_basis")
        for person in self.adults_taking:
            notice = notices.get((person, "spr-hiep-families"))
            shared = notice is not None and notice["version"] == "1"
            self.of("F03", person).add("pass" if shared else "not_yet")
        for person in self.taking:
            basis = bases.get(person)
            followed = basis is not None and basis["policy_followed"] == "yes"
            self.of("F04", person).add("pass" if followed else "not_yet")
            if basis is not None:
                named = RECIPIENTS[service] <= set(basis.get("recipients", []))
                self.of("F05", person).add("pass" if named else "not_yet")

    def _contact(self) -> None:
        for person in self.adults_taking:
            points = [each for each in self.latest("contact_point").values() if each["person_id"] == person]
            self.of("F10", person).add("pass" if any(map(self._can_be_used, points)) else "not_yet")

    def _can_be_used(self, point: Told) -> bool:
        confirmed = point.get("confirmed_on")
        if confirmed is None or not 0 <= days_between(confirmed, self.as_of) <= 14:
            return False
        if point["type"] == "via_worker" and point["safe"] != "no":
            return True
        return (point["safe"], point["monitored_by_others"], point["shared_with_other_parent"]) == ("yes", "no", "no")

    # G. After the pack has gone

    def _progress(self) -> None:
        def steps(*names: str) -> list[Told]:
            return [each for each in self.current("referral_progress") if each["step"] in names]

        accepted, sent = steps("accepted"), steps("sent")
        for each in accepted:
            discussed = any(talk.day <= each.day for talk in steps("spr_discussion"))
            self.of("G02").add("pass" if discussed else "not_yet")
        if sent:
            answers = [each for each in steps("accepted", "declined") if each.day >= sent[-1].day]
            self._overdue(self.of("G03"), sent[-1], answers)
        for person in self.adults_taking if accepted else []:
            seen = [each for each in steps("initial_assessment") if each.get("person_id") == person]
            answers = [each for each in seen if each.day >= accepted[-1].day]
            self._overdue(self.of("G04", person), accepted[-1], answers)

    def _overdue(self, entry: Entry, begun: Told, answers: list[Told]) -> None:
        if not answers and days_between(begun.day, self.as_of) > 28:
            due = date.fromisoformat(begun.day) + timedelta(days=28)
            entry.add("caution", begun, timing="overdue", due=due.isoformat())
        else:
            entry.add("pass", begun, *answers)

    # The result

    def _said(self, rule: str, subject: str, entry: Entry) -> Said:
        outcome = max((each.outcome for each in entry.found), key=lambda each: RANK[each])
        worst = [each for each in entry.found if each.outcome == outcome]
        manager = outcome == "caution" and any(each.needs_manager for each in worst)
        timed = [each for each in worst if each.timing == "overdue"] or [each for each in worst if each.timing] or worst
        return Said(
            outcome=outcome,
            kind=None if outcome != "stop" else "safety" if rule.startswith("A") else "suitability",
            accepted=outcome == "caution" and self._accepted(rule, subject, manager, entry.read_records.values()),
            urgent=outcome == "stop" and any(each.urgent for each in worst),
            needs_manager=manager,
            timing=timed[0].timing,
            due_on=min((each.due_on for each in timed if each.due_on), default=None),
        )

    def _accepted(self, rule: str, subject: str, manager: bool, rests_on: Iterable[Told]) -> bool:
        acceptance = self.latest("caution_accepted").get((rule, subject))
        if acceptance is None or (manager and not acceptance.get("oversight_by", "").strip()):
            return False
        return all(each.counts_from <= acceptance.day for each in rests_on)
