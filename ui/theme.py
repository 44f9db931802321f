"""The look: one table of colours for light and dark, one of sizes, and the style sheet made from them."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

BASE_POINTS: Final = 11
GAP: Final = 8
BETWEEN: Final = 16
AROUND: Final = 24
MEASURE: Final = 640
"""The widest that running text gets, in pixels: about 75 characters."""


class Colours(NamedTuple):
    """Every colour of the program; each text colour has 4.5:1 on ``window`` and ``surface``, outlines have 3:1."""

    window: str
    surface: str
    text: str
    quiet: str
    outline: str
    accent: str
    on_accent: str
    focus: str
    stop: str
    not_yet: str
    caution: str
    nothing_against: str
    notice: str
    """Behind a message that wants to be read."""
    chosen: str
    """Behind the chosen row of a table or list."""

    def outcome(self, outcome: str) -> str:
        """The colour of an outcome, which always comes with its word and shape."""
        return {
            "stop": self.stop,
            "not_yet": self.not_yet,
            "caution": self.caution,
            "pass": self.nothing_against,
        }[outcome]


LIGHT: Final = Colours(
    window="#f4f5f6",
    surface="#ffffff",
    text="#17212b",
    quiet="#4b5863",
    outline="#7d8894",
    accent="#1b5a8a",
    on_accent="#ffffff",
    focus="#b04a00",
    stop="#8e1b1b",
    not_yet="#44525f",
    caution="#734600",
    nothing_against="#1d6738",
    notice="#fff3d6",
    chosen="#d9e7f3",
)
DARK: Final = Colours(
    window="#14181c",
    surface="#1e242a",
    text="#eef2f5",
    quiet="#b6c1cb",
    outline="#7f8b97",
    accent="#86bdea",
    on_accent="#0c1a26",
    focus="#ffb066",
    stop="#ff9f96",
    not_yet="#bac6d1",
    caution="#f3c673",
    nothing_against="#8fd6a8",
    notice="#3a2f17",
    chosen="#24435c",
)


def colours() -> Colours:
    """The colours that go with the system's light or dark."""
    app = QApplication.instance()
    dark = isinstance(app, QApplication) and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def apply_theme(app: QApplication) -> None:
    """Give the application its palette, font and style sheet."""
    app.setStyle("Fusion")
    font = app.font()
    font.setPointSize(BASE_POINTS)
    app.setFont(font)
    app.setPalette(_palette(colours()))
    app.setStyleSheet(style_sheet(colours()))


def _palette(of: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for each, colour in {
        role.Window: of.window,
        role.WindowText: of.text,
        role.Base: of.surface,
        role.AlternateBase: of.window,
        role.Text: of.text,
        role.Button: of.surface,
        role.ButtonText: of.text,
        role.Highlight: of.accent,
        role.HighlightedText: of.on_accent,
        role.PlaceholderText: of.quiet,
        role.ToolTipBase: of.surface,
        role.ToolTipText: of.text,
        role.Link: of.accent,
    }.items():
        palette.setColor(each, QColor(colour))
    return palette


def style_sheet(of: Colours) -> str:
    """The style sheet; sizes of text are in points, so that they grow with the system's font size."""
    return f"""
    QLabel[role="title"] {{ font-size: {BASE_POINTS * 1.6:.0f}pt; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {BASE_POINTS * 1.25:.0f}pt; font-weight: 600; }}
    QLabel[role="label"] {{ font-weight: 600; }}
    QLabel[role="quiet"] {{ color: {of.quiet}; }}
    QLabel[role="error"] {{ color: {of.stop}; font-weight: 600; }}
    QLabel[role="secret"] {{ font-family: monospace; font-size: {BASE_POINTS * 1.25:.0f}pt; }}
    QFrame[role="card"] {{ background: {of.surface}; border: 1px solid {of.outline}; border-radius: 4px; }}
    QFrame[role="notice"] {{ background: {of.notice}; border: 1px solid {of.caution}; border-radius: 4px; }}
    QPushButton {{ padding: 6px 14px; min-height: 24px; border: 1px solid {of.outline}; border-radius: 4px;
                   background: {of.surface}; color: {of.text}; }}
    QPushButton:disabled {{ color: {of.quiet}; background: {of.window}; }}
    QPushButton[role="main"] {{ background: {of.accent}; color: {of.on_accent}; border-color: {of.accent};
                               font-weight: 600; padding: 10px 20px; }}
    QPushButton[role="main"]:disabled {{ background: {of.window}; color: {of.quiet}; border-color: {of.outline}; }}
    QPushButton[role="link"] {{ border: 1px solid transparent; background: transparent; color: {of.accent};
                               text-align: left; padding: 4px 6px; text-decoration: underline; }}
    QPushButton:focus, QPushButton[role="link"]:focus, QPushButton[role="main"]:focus
        {{ border: 2px solid {of.focus}; }}
    QLineEdit, QPlainTextEdit, QComboBox {{ border: 1px solid {of.outline}; border-radius: 4px; padding: 5px 7px;
        background: {of.surface}; color: {of.text}; selection-background-color: {of.accent};
        selection-color: {of.on_accent}; }}
    QLineEdit, QComboBox {{ min-height: 24px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QTableView:focus, QListWidget:focus
        {{ border: 2px solid {of.focus}; }}
    QRadioButton, QCheckBox {{ min-height: 32px; padding: 2px 8px; border: 2px solid transparent; border-radius: 4px; }}
    QRadioButton:hover, QCheckBox:hover {{ background: {of.window}; }}
    QRadioButton:focus, QCheckBox:focus {{ border: 2px solid {of.focus}; }}
    QTableView, QListWidget {{ background: {of.surface}; border: 1px solid {of.outline}; border-radius: 4px;
        selection-background-color: {of.chosen}; selection-color: {of.text}; }}
    QTableView::item {{ padding: 0 8px; }}
    QListWidget::item {{ padding: 0 6px; }}
    QListWidget::item:selected {{ background: {of.chosen}; color: {of.text}; }}
    QHeaderView::section {{ background: {of.window}; color: {of.quiet}; border: none;
        border-bottom: 1px solid {of.outline}; padding: 6px 8px; font-weight: 600; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {of.outline}; border-radius: 4px; min-height: 40px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    """
