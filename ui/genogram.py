"""A picture of the family, drawn from what is on record and never typed, printed or exported.

Adults stand on top and children below. Everybody born is a circle: nothing is guessed from a name or a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy

from spr_desktop.casework.words import age_words
from spr_desktop.records.case import Case
from spr_desktop.records.people import ParentalResponsibility, Person, Relationship, RelationshipStatus
from ui.form_texts import words_for
from ui.picture import Picture
from ui.sayings import apart
from ui.theme import GAP, colours

Bond = Literal["together", "apart", "unsure"]

_BONDS: Final[dict[RelationshipStatus, tuple[Bond, str]]] = {
    "together_living_together": ("together", "together"),
    "together_living_apart": ("together", "together"),
    "separated_living_apart": ("apart", "separated"),
    "separated_same_home": ("apart", "separating"),
    "separating": ("apart", "separating"),
    "never_together": ("unsure", "never together"),
    "undecided": ("unsure", "undecided"),
    "not_known": ("unsure", "not known"),
}
_ADULT: Final = 44
_CHILD: Final = 32
_EDGE: Final = 8
_BUS: Final = 12
"""Between the lines of responsibility of two adults."""
_STROKE: Final = 5
_WIDEST: Final = 210
"""The widest that the room of one person gets."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as the picture shows them."""

    person_id: str
    name: str
    age: str
    role: str
    is_adult: bool
    is_unborn: bool

    @property
    def words(self) -> str:
        """The same in words."""
        return f"{apart(self.name)}, {self.role}, {self.age}"


@dataclass(frozen=True, slots=True)
class Couple:
    """What two adults are to each other by all accounts."""

    one: str
    other: str
    bond: Bond
    words: str


@dataclass(frozen=True, slots=True)
class Held:
    """Parental responsibility of an adult for a child: known, or not known."""

    adult: str
    child: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """What the picture is drawn from."""

    adults: tuple[Somebody, ...]
    """Parents first, other adults at the side."""
    children: tuple[Somebody, ...]
    couples: tuple[Couple, ...]
    held: tuple[Held, ...]

    @property
    def everybody(self) -> tuple[Somebody, ...]:
        """In the order in which the arrow keys go."""
        return self.adults + self.children

    def sentences(self) -> Iterable[str]:
        """The whole picture in words."""
        names = {each.person_id: apart(each.name) for each in self.everybody}
        for each in self.everybody:
            yield f"{each.words}."
        for couple in self.couples:
            yield f"{names[couple.one]} and {names[couple.other]}: {couple.words}."
        for each_held in self.held:
            told = "is held" if each_held.is_known else "is not known to be held"
            yield f"Parental responsibility for {names[each_held.child]} {told} by {names[each_held.adult]}."


def family_tree(case: Case, on: date) -> FamilyTree:
    """The family as it is on record, on a day."""
    adults = sorted((each.body for each in case.adults), key=lambda each: each.role != "parent_carer")
    return FamilyTree(
        tuple(_somebody(each, on) for each in adults),
        tuple(_somebody(each.body, on) for each in case.children),
        tuple(_couples(case, adults)),
        tuple(_held(case, adults)),
    )


def _somebody(person: Person, on: date) -> Somebody:
    old = age_words(person, on)
    role = words_for(person.parenting_role or person.role)
    return Somebody(person.person_id, person.known_as, old, role.lower(), person.is_adult, old.startswith("due"))


def _couples(case: Case, adults: Sequence[Person]) -> Iterable[Couple]:
    accounts = [each.body for each in case.current(Relationship).values()]
    for one, other in combinations([each.person_id for each in adults], 2):
        told = [each.status for each in accounts if each.pair == {one, other}]
        said = {_BONDS[each] for each in told if each != "not_known"} or {_BONDS[each] for each in told}
        if len(said) == 1:
            yield Couple(one, other, *said.pop())
        elif said:
            yield Couple(one, other, "unsure", "accounts differ")


def _held(case: Case, adults: Sequence[Person]) -> Iterable[Held]:
    """Known where it is recorded as held; not known where nobody asked a parent, or the answer was no answer."""
    for child in case.children:
        for adult in adults:
            found = case.body(ParentalResponsibility, child.body.person_id, adult.person_id)
            if found is None and adult.role != "parent_carer":
                continue
            if found is None or found.held != "no":
                is_known = found is not None and found.held == "yes"
                yield Held(adult.person_id, child.body.person_id, is_known)


class Genogram(Picture):
    """The picture; arrow keys go from person to person, who is then told in full below it."""

    def __init__(self, case: Case, on: date) -> None:
        super().__init__()
        self._tree = family_tree(case, on)
        self._people = self._tree.everybody
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._name())
        self.setAccessibleDescription(" ".join(self._tree.sentences()))

    @property
    def current(self) -> Somebody | None:
        """Who is looked at."""
        return self._people[self._current] if self._people else None

    def _name(self) -> str:
        who = f": {self.current.words}" if self.current else ": nobody is on record yet"
        return f"Picture of the family{who}"

    # Room

    @property
    def _line(self) -> int:
        return QFontMetrics(self.font()).lineSpacing()

    def _top(self) -> int:
        """Above the circles there is room for what is said of couples who do not stand beside each other."""
        return _EDGE + self._line * (1 + self._arcs())

    def _arcs(self) -> int:
        return sum(not self._are_beside(each) for each in self._tree.couples)

    def _are_beside(self, couple: Couple) -> bool:
        order = [each.person_id for each in self._tree.adults]
        return abs(order.index(couple.one) - order.index(couple.other)) == 1

    def _under_adults(self) -> int:
        return self._top() + _ADULT + 2 * self._line + GAP

    def _top_of_children(self) -> int:
        return self._under_adults() + _BUS * (len(self._tree.adults) + 1)

    def _told(self) -> QRect:
        children = _CHILD + 2 * self._line + GAP if self._tree.children else 0
        return QRect(_EDGE, self._top_of_children() + children + GAP, self.width() - 2 * _EDGE, 2 * self._line)

    def sizeHint(self) -> QSize:
        return QSize(480, self._told().bottom() + _EDGE)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def place_of(self, number: int) -> QRect:
        """The room of a person: the shape, and below it name and age."""
        adults = len(self._tree.adults)
        is_adult = number < adults
        here = number if is_adult else number - adults
        wide, start = self._slots(adults if is_adult else len(self._tree.children))
        top = self._top() if is_adult else self._top_of_children()
        return QRect(
            round(start + here * wide), top, round(wide), (_ADULT if is_adult else _CHILD) + 2 * self._line + 2
        )

    def _slots(self, count: int) -> tuple[float, float]:
        """How wide each person's room is in a row of so many, and where the row begins: rows stand in one middle."""
        room = self.width() - 2 * _EDGE
        longest = max(len(self._tree.adults), len(self._tree.children), 1)
        whole = min(room, longest * _WIDEST)
        wide = min(whole / max(count, 1), _WIDEST)
        return wide, _EDGE + (whole - wide * count) / 2

    def thing_at(self, x: float, y: float) -> int | None:
        return next((n for n in range(len(self._people)) if self.place_of(n).contains(int(x), int(y))), None)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._people) - 1
        adults = len(self._tree.adults)
        to = {
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Down: adults if self._current < adults else self._current,
            Qt.Key.Key_Up: 0 if self._current >= adults else self._current,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None or last < 0:
            super().keyPressEvent(event)
            return
        self.look_at(min(max(to, 0), last))

    def look_at(self, number: int) -> None:
        self._current = number
        self.setAccessibleName(self._name())
        self.update()

    def words_of(self, number: int) -> str:
        return self._people[number].words

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        arc = 0
        for couple in self._tree.couples:
            arc += not self._are_beside(couple)
            self._paint_couple(painter, couple, arc)
        for number, adult in enumerate(self._tree.adults):
            self._paint_responsibility(painter, number, adult)
        for number, somebody in enumerate(self._people):
            self._paint_person(painter, number, somebody)
        told = self.current.words if self.current else "Nobody is on record yet. Record the people first."
        painter.setPen(QColor(colours().text))
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextForceLeftToRight)
        painter.drawText(self._told(), flags, told)
        painter.end()

    def _middle(self, person_id: str) -> QPointF:
        number = next(n for n, each in enumerate(self._people) if each.person_id == person_id)
        place = self.place_of(number)
        size = _ADULT if self._people[number].is_adult else _CHILD
        return QPointF(place.x() + place.width() / 2, place.y() + size / 2)

    def _paint_person(self, painter: QPainter, number: int, somebody: Somebody) -> None:
        of = colours()
        place = self.place_of(number)
        middle = self._middle(somebody.person_id)
        half = (_ADULT if somebody.is_adult else _CHILD) / 2 - 2
        painter.setBrush(QColor(of.surface))
        painter.setPen(QPen(QColor(of.text), 2))
        if somebody.is_unborn:
            corners = ((0.0, -half), (half, half), (-half, half))
            painter.drawPolygon(QPolygonF([middle + QPointF(*each) for each in corners]))
        else:
            painter.drawEllipse(middle, half, half)
        line = QRect(place.x() + 2, int(middle.y() + half + 4), place.width() - 4, self._line)
        for text, colour in ((somebody.name, of.text), (somebody.age, of.quiet)):
            painter.setPen(QColor(colour))
            shown = QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignHCenter), shown)
            line.translate(0, self._line)
        if self.hasFocus() and number == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(of.focus), 2))
            measure = QFontMetrics(self.font())
            words = max(measure.horizontalAdvance(each) for each in (somebody.name, somebody.age))
            spare = max((place.width() - max(words, int(2 * half)) - 16) / 2, 1)
            painter.drawRoundedRect(QRectF(place).adjusted(spare, -3, -spare, 3), 4, 4)

    def _paint_couple(self, painter: QPainter, couple: Couple, arc: int) -> None:
        """Solid where they are together, broken by two short strokes where apart, dotted where it is not sure."""
        one, other = sorted((self._middle(couple.one), self._middle(couple.other)), key=lambda each: each.x())
        style = Qt.PenStyle.DotLine if couple.bond == "unsure" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colours().text), 2, style))
        if self._are_beside(couple):
            start, end = one + QPointF(_ADULT / 2, 0), other - QPointF(_ADULT / 2, 0)
        else:
            up = _ADULT / 2 + arc * self._line - self._line / 2
            lift, foot = QPointF(0, -up), QPointF(0, -_ADULT / 2)
            start, end = one + lift, other + lift
            painter.drawLine(one + foot, start)
            painter.drawLine(other + foot, end)
        middle = (start + end) / 2
        gap = _STROKE if couple.bond == "apart" else 0
        painter.drawLine(start, middle - QPointF(gap, 0))
        painter.drawLine(middle + QPointF(gap, 0), end)
        for side in (-gap, gap) if gap else ():
            foot, head = QPointF(side - 3, _STROKE + 2), QPointF(side + 3, -_STROKE - 2)
            painter.drawLine(middle + foot, middle + head)
        self._paint_bond(painter, couple.words, middle, int(end.x() - start.x()))

    def _paint_bond(self, painter: QPainter, words: str, middle: QPointF, wide: int) -> None:
        painter.setPen(QColor(colours().quiet))
        room = QRect(int(middle.x() - wide / 2), int(middle.y()) - self._line - _STROKE - 2, wide, self._line)
        shown = QFontMetrics(self.font()).elidedText(words, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), shown)

    def _paint_responsibility(self, painter: QPainter, number: int, adult: Somebody) -> None:
        """One line across for each adult, and from it one down to each child: solid where known, dotted where not."""
        held = [each for each in self._tree.held if each.adult == adult.person_id]
        if not held:
            return
        colour = QColor(colours().accent if number % 2 == 0 else colours().not_yet)
        across = self._under_adults() + _BUS * (number + 1) - _BUS // 2
        spread = (number - (len(self._tree.adults) - 1) / 2) * 7
        from_adult = self._middle(adult.person_id).x() + spread
        ends = {each.child: self._middle(each.child).x() + spread for each in held}
        known = [ends[each.child] for each in held if each.is_known]
        self._paint_bus(painter, colour, from_adult, across, list(ends.values()), Qt.PenStyle.DotLine)
        self._paint_bus(painter, colour, from_adult, across, known, Qt.PenStyle.SolidLine)
        for each in held:
            style = Qt.PenStyle.SolidLine if each.is_known else Qt.PenStyle.DotLine
            painter.setPen(QPen(colour, 2, style))
            # The shape is drawn over the end of the line.
            painter.drawLine(QPointF(ends[each.child], across), QPointF(ends[each.child], self._middle(each.child).y()))

    def _paint_bus(
        self, painter: QPainter, colour: QColor, start: float, y: float, ends: Sequence[float], style: Qt.PenStyle
    ) -> None:
        if not ends:
            return
        painter.setPen(QPen(colour, 2, style))
        painter.drawLine(QPointF(start, self._under_adults() - GAP / 2), QPointF(start, y))
        painter.drawLine(QPointF(min(start, *ends), y), QPointF(max(start, *ends), y))
