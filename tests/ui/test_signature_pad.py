"""The pad to sign on: strokes from mouse, pen and finger, kept in its own size, simplified, undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.signature_pad import HEIGHT, MOST_POINTS, WIDTH, Pad, SignatureField, simplified

LINE = [QPoint(20, 20), QPoint(60, 60), QPoint(120, 30)]


@pytest.fixture
def field(qtbot: QtBot) -> SignatureField:
    made = SignatureField()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def pad_of(field: SignatureField) -> Pad:
    pad = field.first_widget()
    assert isinstance(pad, Pad)
    return pad


def draw(pad: Pad, points: list[QPoint]) -> None:
    """Draw one stroke with the mouse."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for each in points[1:]:
        QTest.mouseMove(pad, each)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def in_pad(pad: Pad, points: list[QPoint]) -> list[tuple[int, int]]:
    scale = min(pad.width() / WIDTH, pad.height() / HEIGHT)
    return [(round(each.x() / scale), round(each.y() / scale)) for each in points]


def test_a_stroke_is_kept_in_the_size_of_the_field(field: SignatureField) -> None:
    pad = pad_of(field)
    draw(pad, LINE)
    assert field.value() == [in_pad(pad, LINE)]


def test_a_pen_draws(field: SignatureField, qtbot: QtBot) -> None:
    pad = pad_of(field)
    types = (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease)
    for kind, at in zip(types, LINE, strict=True):
        where = QPointF(at)
        event = QTabletEvent(
            kind,
            QPointingDevice.primaryPointingDevice(),
            where,
            QPointF(pad.mapToGlobal(at)),
            0.5,
            0,
            0,
            0,
            0,
            0,
            Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
        )
        QApplication.sendEvent(pad, event)
        assert event.isAccepted()
    assert field.value() == [in_pad(pad, LINE[:2])]


def test_a_finger_draws(field: SignatureField) -> None:
    pad = pad_of(field)
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(pad, device).press(0, LINE[0], pad).commit()
    QTest.touchEvent(pad, device).move(0, LINE[1], pad).commit()
    QTest.touchEvent(pad, device).move(0, LINE[2], pad).commit()
    QTest.touchEvent(pad, device).release(0, LINE[2], pad).commit()
    assert field.value() == [in_pad(pad, LINE)]


def test_what_leaves_the_pad_stays_at_its_edge(field: SignatureField) -> None:
    pad = pad_of(field)
    draw(pad, [QPoint(10, 10), QPoint(pad.width() + 300, -40)])
    assert field.value() == [[in_pad(pad, [QPoint(10, 10)])[0], (WIDTH, 0)]]


def test_the_last_stroke_is_undone_and_all_are_cleared_by_keyboard(field: SignatureField) -> None:
    pad = pad_of(field)
    undo, clear = field.findChildren(QPushButton)
    assert not undo.isEnabled()
    draw(pad, LINE)
    draw(pad, [QPoint(5, 5)])
    draw(pad, LINE)
    QTest.keyClick(undo, Qt.Key.Key_Space)
    assert field.value() == [in_pad(pad, LINE), in_pad(pad, [QPoint(5, 5)])]
    QTest.keyClick(clear, Qt.Key.Key_Space)
    assert field.value() is None
    assert QApplication.focusWidget() is pad


def test_a_drawing_grows_with_the_pad(field: SignatureField, qtbot: QtBot) -> None:
    pad = pad_of(field)
    draw(pad, LINE)
    before, width = field.value(), pad.width()
    field.resize(300, 400)
    qtbot.waitUntil(lambda: pad.width() < width)
    assert field.value() == before
    assert abs(pad.height() - pad.width() * HEIGHT / WIDTH) <= 1


def test_it_says_that_it_does_not_bind_and_how_to_do_without(field: SignatureField) -> None:
    said = " ".join(each.text() for each in field.findChildren(QLabel))
    assert "A drawing of what was agreed. It is not a legally binding signature." in said
    assert "Signed on paper" in said
    assert "agreed aloud" in pad_of(field).accessibleDescription()


def test_a_draft_brings_the_drawing_back(field: SignatureField, qtbot: QtBot) -> None:
    draw(pad_of(field), LINE)
    other = SignatureField()
    qtbot.addWidget(other)
    other.restore(field.typed())
    assert other.value() == field.value()


def test_a_drawing_never_outgrows_a_record(field: SignatureField) -> None:
    field.restore([[[x % WIDTH, x % HEIGHT] for x in range(MOST_POINTS)]])
    assert "full" in " ".join(each.text() for each in field.findChildren(QLabel) if each.isVisible())
    draw(pad_of(field), LINE)
    assert sum(map(len, field.value() or [])) == MOST_POINTS


POINTS = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))


@given(st.lists(POINTS, min_size=1, max_size=60))
def test_simplifying_keeps_the_ends_and_invents_nothing(points: list[tuple[int, int]]) -> None:
    kept = simplified(points)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    rest = iter(points)
    assert all(each in rest for each in kept), "in the order in which they were drawn"


def test_a_straight_line_needs_its_ends_only() -> None:
    assert simplified([(x, x // 2) for x in range(500)]) == [(0, 0), (499, 249)]
