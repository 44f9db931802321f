"""The look: one table of colours for light, dark and high contrast, one of sizes, and the style sheet of both."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources

BASE_POINTS: Final = 11
"""The least that running text has; a larger font of the system's is kept."""
GAP: Final = 8
BETWEEN: Final = 16
AROUND: Final = 24
MEASURE: Final = 640
"""The widest that running text gets at the least size, in pixels: about 75 characters."""
ROW_HEIGHT: Final = 36
"""The least height of something to choose, in pixels."""


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
HIGH_CONTRAST: Final = Colours(
    window="#000000",
    surface="#000000",
    text="#ffffff",
    quiet="#ffffff",
    outline="#ffffff",
    accent="#ffe000",
    on_accent="#000000",
    focus="#00e5ff",
    stop="#ffb3ab",
    not_yet="#ffffff",
    caution="#ffe000",
    nothing_against="#a5ffb8",
    notice="#1a1a00",
    chosen="#003b66",
)
APPEARANCES: Final[dict[str, Colours | None]] = {
    "system": None,
    "light": LIGHT,
    "dark": DARK,
    "high_contrast": HIGH_CONTRAST,
}
"""What a person may choose; without a choice it is as the system has it."""


class _Chosen:
    """What this person chose for this laptop."""

    appearance = "system"
    scale = 1.0


def colours() -> Colours:
    """The colours that were chosen, or those that go with the system's own."""
    chosen = APPEARANCES[_Chosen.appearance]
    app = QApplication.instance()
    if chosen or not isinstance(app, QApplication):
        return chosen or LIGHT
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def base_points() -> float:
    """The size of running text, in points: the system's own where that is larger, times what was chosen."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return max(BASE_POINTS, system) * _Chosen.scale


def measure() -> int:
    """The widest that running text gets, in pixels: about 75 characters of the size that it has."""
    return round(MEASURE * base_points() / BASE_POINTS)


def apply_theme(app: QApplication, appearance: str = "", scale: float = 0) -> None:
    """Give the application its palette, font and style sheet; an unknown appearance is the system's."""
    if appearance:
        _Chosen.appearance = appearance if appearance in APPEARANCES else "system"
    if scale:
        _Chosen.scale = scale
    app.setStyle("Fusion")
    font = app.font()
    font.setPointSizeF(base_points())
    app.setFont(font)
    app.setPalette(_palette(colours()))
    app.setStyleSheet(style_sheet(colours(), base_points()))


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


def _drawing(what: str, of: Colours) -> str:
    """A small drawing in the right colour, as a file: a style sheet takes nothing else."""
    name = {LIGHT: "light", DARK: "dark", HIGH_CONTRAST: "high_contrast"}[of]
    return (Path(resources.__path__[0]) / "icons" / f"{what}-{name}.svg").as_posix()


def style_sheet(of: Colours, points: float = BASE_POINTS) -> str:
    """The style sheet; sizes of text are in points, so that they grow with the system's font size."""
    return f"""
    QLabel[role="title"] {{ font-size: {points * 1.6:.1f}pt; font-weight: 600; }}
    QLabel[role="part"] {{ font-size: {points * 1.4:.1f}pt; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {points * 1.25:.1f}pt; font-weight: 600; }}
    QLabel[role="label"] {{ font-weight: 600; }}
    QLabel[role="quiet"] {{ color: {of.quiet}; }}
    QLabel[role="error"] {{ color: {of.stop}; font-weight: 600; }}
    QLabel[role="chip"] {{ border: 1px solid {of.caution}; border-radius: 4px; padding: 3px 8px; color: {of.caution};
        background: {of.surface}; font-weight: 600; }}
    QLabel[role="passphrase"] {{ font-family: monospace; font-size: {points * 1.6:.1f}pt; font-weight: 600;
        border: 2px solid transparent; border-radius: 4px; padding: 4px; }}
    QLabel[role="passphrase"]:focus {{ border-color: {of.focus}; }}
    QLabel[role="secret"] {{ font-family: monospace; font-size: {points * 1.25:.1f}pt; }}
    QFrame[role="card"] {{ background: {of.surface}; border: 1px solid {of.outline}; border-radius: 4px; }}
    QFrame[role="notice"] {{ background: {of.notice}; border: 1px solid {of.caution}; border-radius: 4px; }}
    QFrame[role="band"] {{ background: {of.chosen}; border: none; border-left: 6px solid {of.accent}; }}
    QFrame[role="rail"] {{ background: {of.surface}; border: none; border-right: 1px solid {of.outline}; }}
    QFrame[role="top"] {{ background: {of.surface}; border: none; border-bottom: 1px solid {of.outline}; }}
    QFrame[role="status"] {{ background: {of.surface}; border: none; border-top: 1px solid {of.outline}; }}
    QPushButton {{ padding: 6px 14px; min-height: 24px; border: 1px solid {of.outline}; border-radius: 4px;
                   background: {of.surface}; color: {of.text}; }}
    QPushButton:disabled {{ color: {of.quiet}; background: {of.window}; }}
    QPushButton[role="main"] {{ background: {of.accent}; color: {of.on_accent}; border-color: {of.accent};
                               font-weight: 600; padding: 10px 20px; }}
    QPushButton[role="main"]:disabled {{ background: {of.window}; color: {of.quiet}; border-color: {of.outline}; }}
    QPushButton[role="link"] {{ border: 1px solid transparent; background: transparent; color: {of.accent};
                               text-align: left; padding: 4px 6px; text-decoration: underline; }}
    QPushButton[role="rail"] {{ border: 2px solid transparent; border-left: 4px solid transparent; border-radius: 0;
        background: transparent; text-align: left; padding: 8px 12px; }}
    QPushButton[role="rail"][here="true"] {{ background: {of.chosen}; border-left-color: {of.accent};
        font-weight: 600; }}
    QPushButton[role="filter"] {{ padding: 5px 12px; }}
    QPushButton[role="tool"] {{ padding: 2px 8px; }}
    QPushButton[role="filter"]:checked {{ background: {of.chosen}; border: 2px solid {of.accent}; font-weight: 600; }}
    QPushButton[role="filter"]:focus {{ border: 2px solid {of.focus}; }}
    QPushButton:focus, QPushButton[role="link"]:focus, QPushButton[role="main"]:focus, QPushButton[role="rail"]:focus
        {{ border: 2px solid {of.focus}; }}
    QLineEdit, QPlainTextEdit, QTextBrowser, QComboBox {{ border: 1px solid {of.outline}; border-radius: 4px;
        padding: 5px 7px; background: {of.surface}; color: {of.text}; selection-background-color: {of.accent};
        selection-color: {of.on_accent}; }}
    QLineEdit, QComboBox {{ min-height: 24px; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox::down-arrow {{ image: url({_drawing("opens", of)}); width: 16px; height: 16px; }}
    QPushButton::menu-indicator {{ image: url({_drawing("opens", of)}); width: 16px; height: 16px;
        subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }}
    QPushButton[opens="true"] {{ padding-right: 32px; }}
    QLineEdit, QPlainTextEdit {{ placeholder-text-color: {of.quiet}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QComboBox:focus, QTableView:focus, QListView:focus,
    QScrollArea:focus, QPdfView:focus {{ border: 2px solid {of.focus}; }}
    QRadioButton, QCheckBox {{ min-height: 32px; padding: 2px 8px; border: 2px solid transparent; border-radius: 4px; }}
    QRadioButton:hover, QCheckBox:hover {{ background: {of.window}; }}
    QRadioButton:focus, QCheckBox:focus {{ border: 2px solid {of.focus}; }}
    QRadioButton::indicator, QCheckBox::indicator {{ width: 16px; height: 16px; border: 2px solid {of.outline};
        background: {of.surface}; }}
    QRadioButton::indicator {{ border-radius: 10px; }}
    QCheckBox::indicator {{ border-radius: 3px; }}
    QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 6px solid {of.accent}; }}
    QCheckBox::indicator:checked {{ background: {of.accent}; border-color: {of.accent};
        image: url({_drawing("ticked", of)}); }}
    QPdfView {{ border: 2px solid {of.outline}; }}
    QTableView, QListView {{ background: {of.surface}; border: 1px solid {of.outline}; border-radius: 4px;
        selection-background-color: {of.chosen}; selection-color: {of.text}; }}
    QTableView::item {{ padding: 0 8px; }}
    QListView::item {{ padding: 4px 6px; min-height: 24px; }}
    QListView::item:selected {{ background: {of.chosen}; color: {of.text}; }}
    QHeaderView::section {{ background: {of.window}; color: {of.quiet}; border: none;
        border-bottom: 1px solid {of.outline}; padding: 6px 8px; font-weight: 600; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {of.outline}; border-radius: 4px; min-height: 40px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QTabBar::tab {{ background: transparent; color: {of.text}; padding: 8px 14px; min-height: 24px;
        border: 2px solid transparent; border-bottom: 4px solid {of.window}; }}
    QTabBar::tab:selected {{ border-bottom-color: {of.accent}; font-weight: 600; }}
    QTabBar::tab:focus {{ border-color: {of.focus}; }}
    QMenu {{ background: {of.surface}; color: {of.text}; border: 1px solid {of.outline}; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; min-height: 24px; }}
    QMenu::item:selected {{ background: {of.chosen}; color: {of.text}; }}
    """
