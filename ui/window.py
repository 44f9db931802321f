"""The one window: going from place to place and back, keeping what is typed, and locking."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from spr_desktop.casework.home import default_vault_folder, holds_vault
from spr_desktop.casework.preferences import Preferences
from ui.backing_up import BackingUp
from ui.caret import caret_in, put_caret
from ui.clipboard import forget_secret, forget_selection
from ui.desk import Place, Scope
from ui.dropping import DROPS, take_drop
from ui.frame import Frame
from ui.jobs import Jobs
from ui.parts import keep_in_sight
from ui.shortcuts import ALWAYS, shortcuts
from ui.theme import apply_theme
from ui.where import IN_PARENT_MODE, OUTSIDE, Where

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload
    from ui.keeping import Keeping
    from ui.watch import Watch

DRAFT_MILLISECONDS: Final = 1_000
"""What is typed is in the vault within two seconds."""
_FORGET_MILLISECONDS: Final = 500
"""After locking, when what was thrown away has gone: nothing else happens that would make Python forget it."""
_PRACTICE: Final = "Practice. Everybody here is invented, and nothing reaches your own families."
_BY_TAB: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_HERE: Final = "here"
"""The name under which the vault keeps where the window is."""


class Window(QMainWindow):
    """The one window. Its title never holds a name."""

    def __init__(
        self, folder: Path | None = None, passphrase: str = "", preferences: Preferences | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle("SPR Desktop")
        self.resize(1200, 720)
        self.setAcceptDrops(True)
        self.jobs = Jobs(self)
        self.backing_up = BackingUp(self.jobs, self.say, self)
        self.backing_up.changed.connect(self._say_status)
        self.preferences = preferences or Preferences()
        self._caseload: Caseload | None = None
        self._own: Caseload | None = None
        """One's own vault, while one practises in another."""
        self._scope: Scope | None = None
        self._viewed = ""
        """The family that was opened last, and is at hand still."""
        self._folder = folder or self.preferences.remembered_folder() or default_vault_folder()
        self._ways_back: list[dict[str, Any]] = []
        self._here = Where("unlock")
        self._kept: dict[str, dict[str, Any]] = {}
        self._watch: Watch | None = None
        self._known_as = ""
        """Of the parent whose page is open."""
        self._frame = Frame(self)
        self.messages, self._stack = self._frame.messages, self._frame.stack
        self.setCentralWidget(self._frame)
        self._add_shortcuts()
        self._drafts = QTimer(self)
        self._drafts.setInterval(DRAFT_MILLISECONDS)
        self._keeping: Keeping | None = None
        self._drafts.timeout.connect(self._try_to_keep)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)
        if holds_vault(self._folder):
            self._show(Where("unlock", {"folder": self._folder, "passphrase": passphrase}))
        else:
            self.show_create(self._folder)

    # The frame

    def _show_frame(self) -> None:
        is_open = self._caseload is not None
        stays = bool(self._stack.count() and self.place.stays)
        self._frame.show_around(
            self._here.place,
            is_open=is_open,
            is_free=is_open and self._scope is None and not stays,
            has_way_back=bool(self._ways_back) and not stays,
        )
        if self._scope is not None and is_open:
            way_out = "Leave this page" if self._here.place != "leave_parent" else ""
            self._frame.show_band(f"{self._known_as}'s page. Nobody else's but the children's is shown.", way_out)
        elif self._own is not None:
            self._frame.show_band(_PRACTICE, "Back to my own families")
        else:
            self._frame.show_band("", "")

    def _add_shortcuts(self) -> None:
        for old in self.actions():
            self.removeAction(old)
            old.deleteLater()
        for each in shortcuts(self.preferences.hide_key):
            action = QAction(self)
            action.setShortcut(QKeySequence(each.keys))
            action.triggered.connect(getattr(self, each.does))
            self.addAction(action)
        self._frame.name_hide_key(self.preferences.hide_key)

    def go_by_rail(self, place: str) -> None:
        """Go to a place of the rail."""
        self.go(Where(place))

    # Where the window is

    @property
    def caseload(self) -> Caseload:
        """The open vault."""
        if self._caseload is None:
            raise RuntimeError("the vault is locked")
        return self._caseload

    @property
    def scope(self) -> Scope | None:
        """Whose page is open, if it is one parent's."""
        return self._scope

    @property
    def place(self) -> Place:
        """Where the window is."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Place)
        return shown

    def _show(
        self, where: Where, caret: Mapping[str, Any] | None = None, standing: Mapping[str, Any] | None = None
    ) -> None:
        """Make a place and go there; the place before is kept safe and thrown away, but stays if this one fails."""
        try:
            self._keep()
        except Exception:
            if self._holds_what_is_not_kept():
                raise
        place = where.make(self)
        self._throw_away()
        self._here = where
        self._note_viewed(where.about.get("case_ref") or "")
        self._kept = place.drafts()
        if standing:
            place.stand(standing)
        self._stack.addWidget(place)
        self._stack.setCurrentWidget(place)
        self._show_frame()
        QTimer.singleShot(0, self, lambda: self._focus(place, caret))  # with the place as its owner it may never let go

    def _note_viewed(self, case_ref: str) -> None:
        """Opening a family stands in the activity, once for as long as it is at hand."""
        if case_ref and case_ref != self._viewed and self._caseload is not None:
            from spr_desktop.casework.activity_trail import note_viewed

            note_viewed(self._caseload, case_ref)
        self._viewed = case_ref

    def _focus(self, place: Place, caret: Mapping[str, Any] | None) -> None:
        if place is self._stack.currentWidget() and not (caret and put_caret(place, dict(caret))):
            place.focus_first()

    def _throw_away(self) -> None:
        while old := self._stack.currentWidget():
            self.jobs.forget(old)
            for each in old.findChildren(QTimer):
                each.stop()  # it would still look into the vault before it has gone
            self._stack.removeWidget(old)
            old.setParent(None)  # it may still be calling us; a screen reader finds it no more
            old.deleteLater()

    def _standing(self) -> dict[str, Any]:
        """Where the window is, as it is kept."""
        place = self.place
        return self._here.plain() | {"caret": caret_in(place), "standing": place.standing()}

    def _stand(self, standing: Mapping[str, Any]) -> None:
        """Go where the window was; to what is due where that is no more."""
        try:
            if standing.get("scope"):
                self._narrow(Scope(*standing["scope"]))
            self._show(Where.read(standing), standing.get("caret"), standing.get("standing"))
        except Exception as error:  # noqa: BLE001 - the family may have gone meanwhile; the vault is open all the same
            from ui.failures import sentence

            self._scope = None
            self._show(Where("today"))
            self.say(sentence(error))

    def go(self, where: Where) -> None:
        """Go to a place; the way back leads here. On a parent's page only to what belongs to it."""
        if self._caseload is None:
            return
        if self.place.stays:
            self.say(self.place.stays)
            return
        if self._scope is not None and where.place not in IN_PARENT_MODE:
            self.say("This page shows one parent only. Leave it first, with your passphrase.")
            return
        if not self._can_leave():
            return
        if self._stack.count() and self._here != where:
            self._ways_back.append(self._standing())
        self.messages.clear()
        self._show(where)

    def back(self) -> None:
        """Go back to the place before, made afresh; what was typed here is kept as a draft."""
        if self._caseload is not None and self.place.stays:
            self.say(self.place.stays)
        elif self._caseload is not None and not self._can_leave():
            return
        elif self._caseload is not None and self._ways_back:
            self._stand(self._ways_back.pop())
        elif self._scope is not None:
            self._show(Where("parent", {"case_ref": self._scope.case_ref, "person_id": self._scope.person_id}))
        elif self._caseload is not None:
            self._show(Where("today"))

    def forget_ways_back(self) -> None:
        """Families are about to be disposed of: no way back leads to them, or to what was looked for."""
        self._ways_back.clear()
        self._keep()
        self._show_frame()

    def say(self, message: str) -> None:
        """Show a sentence in the message bar."""
        self.messages.say(message)

    def prefer(self, preferences: Preferences) -> None:
        """Look and behave as this person likes; raises OSError where it cannot be kept for the next time."""
        from spr_desktop.casework.preferences import keep_preferences

        self.preferences = preferences
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, preferences.appearance, preferences.text_scale)
        self._frame.rail.draw_icons()
        self._add_shortcuts()
        if self._watch:
            self._watch.idle_minutes = preferences.idle_minutes
        self._say_status()
        keep_preferences(preferences)

    def _say_status(self) -> None:
        vault = "Practice" if self._own else f"Vault: {self._folder.name}"
        locks = f"Locks after {self.preferences.idle_minutes} minutes without a key"
        backup = [] if self._own else [self.backing_up.in_words()]
        goes_first = [locks, *([] if self._own else [vault]), *backup]
        self._frame.say_status([vault, *backup, locks, "In an emergency ring 999"], goes_first)

    # Places

    def show_unlock(self, folder: Path | None = None) -> None:
        """Go to the unlock page."""
        self._folder = folder or self._folder
        self._show(Where("unlock", {"folder": self._folder}))

    def show_create(self, folder: Path) -> None:
        """Go to the page that makes a vault."""
        self._show(Where("create", {"folder": folder}))

    def show_restore(self, folders: Sequence[Path]) -> None:
        """Go to the backups of a vault."""
        where = Where("restore", {"folders": [str(each) for each in folders]})
        if self._caseload is None:
            self._show(where)
        else:
            self.go(where)

    def show_salvage(self, folder: Path) -> None:
        """Go to the page that saves what can be read of a damaged vault."""
        self._show(Where("salvage", {"folder": str(folder)}))

    def back_to(self, folder: Path) -> None:
        """Go back to the place before, or to a vault's lock."""
        if self._caseload is not None:
            self.back()
        elif holds_vault(folder):
            self.show_unlock(folder)
        else:
            self.show_create(folder)

    def open_vault(self, folder: Path, *, remember: bool) -> None:
        """Lock what is open, and go to the lock of another vault."""
        if remember:
            with suppress(OSError):  # it opens all the same, and is asked for the next time
                self.prefer(replace(self.preferences, vault_folder=str(folder)))
        self._folder = folder
        if self._caseload is None:
            self.show_unlock(folder)
        else:
            self.lock("")

    def show_prove(self) -> None:
        """Go to the page that checks the vault."""
        self.go(Where("prove"))

    def show_today(self) -> None:
        """Go to what is due."""
        self.go(Where("today"))

    def show_families(self) -> None:
        """Go to the caseload."""
        self.go(Where("families"))

    def show_new_family(self) -> None:
        """Go to the page that looks for a family before it is opened."""
        self.go(Where("new_family"))

    def show_register(self) -> None:
        """Go to what was made and sent."""
        self.go(Where("register"))

    def show_report(self) -> None:
        """Go to the report."""
        self.go(Where("report"))

    def show_library(self) -> None:
        """Go to the library."""
        self.go(Where("library"))

    def show_settings(self) -> None:
        """Go to the settings."""
        self.go(Where("settings"))

    def show_find(self) -> None:
        """Go to the page that finds a family or a place."""
        self.go(Where("find"))

    def show_shortcuts(self) -> None:
        """Go to the list of shortcuts."""
        self.go(Where("shortcuts"))

    def show_guidance(self) -> None:
        """Open the guidance for what is on the screen."""
        if self._caseload is not None:
            self.go(Where("library", {"page": self.place.guidance}))

    def show_family(self, case_ref: str) -> None:
        """Go to one family."""
        self.go(Where("family", {"case_ref": case_ref}))

    def show_form(
        self,
        case_ref: str,
        kind: str,
        given: Mapping[str, Any],
        starting: Mapping[str, Any] | None = None,
        correcting: str | None = None,
        at: str = "",
    ) -> None:
        """Go to the form for one record, or for the correction of one; ``at`` is the field that is asked for."""
        about = {"case_ref": case_ref, "kind": kind, "given": dict(given), "starting": dict(starting or {})}
        self.go(Where("form", about | {"correcting": correcting, "at": at} | self._scope_of(case_ref)))

    def show_history(self, case_ref: str, record_id: str) -> None:
        """Go to one record and what it was before."""
        self.go(Where("history", {"case_ref": case_ref, "record_id": record_id} | self._scope_of(case_ref)))

    def _scope_of(self, case_ref: str) -> dict[str, str | None]:
        if self._scope is None:
            return {"scope": None}
        if self._scope.case_ref != case_ref:
            raise RuntimeError("another family's page is open")
        return {"scope": self._scope.person_id}

    def show_conversation(self, case_ref: str, person_id: str) -> None:
        """Go to the safety conversation with one parent, on that parent's page."""
        self.show_parent(case_ref, person_id)
        self.go(Where("conversation", {"case_ref": case_ref, "person_id": person_id}))

    def show_check(self, case_ref: str) -> None:
        """Go to every rule of the pathway for a family."""
        self.go(Where("check", {"case_ref": case_ref}))

    def show_pack(self, case_ref: str) -> None:
        """Go to the referral pack of a family."""
        self.go(Where("document", {"case_ref": case_ref}))

    def write_note(self) -> None:
        """Begin a note about the family at hand; without one, find it first."""
        if self._caseload is None:
            return
        if self._scope is not None:
            self.show_form(self._scope.case_ref, "note", {}, {"about": [self._scope.person_id]})
        elif self.place.case_ref:
            self.show_form(self.place.case_ref, "note", {})
        else:
            self.go(Where("find", {"then": "note"}))

    # One parent's page

    def show_parent(self, case_ref: str, person_id: str) -> None:
        """Open one parent's page, and show nothing else until the passphrase is typed."""
        where = Where("parent", {"case_ref": case_ref, "person_id": person_id})
        if self._scope == Scope(case_ref, person_id):
            if self._here != where:
                self.go(where)
            return
        if self._scope is not None:
            self.say("Another parent's page is open. Leave it first, with your passphrase.")
            return
        self._narrow(Scope(case_ref, person_id))
        self._ways_back.clear()  # the way back must not lead past the passphrase
        self.messages.clear()
        self._show(where)

    def _narrow(self, scope: Scope) -> None:
        """Whose page it is from now on; raises KeyError for nobody of the family."""
        person = self.caseload.case(scope.case_ref, date.today()).people[scope.person_id].body
        self._scope = scope
        self._known_as = person.known_as

    def ask_to_leave(self) -> None:
        """Leave one parent's page, or practice."""
        if self._scope is not None:
            self.go(Where("leave_parent", {"case_ref": self._scope.case_ref, "person_id": self._scope.person_id}))
        elif self._own is not None:
            self.leave_practice()

    def leave_parent(self, where: Where) -> None:
        """The passphrase was typed: show everything again, and go there."""
        self._scope = None
        self._ways_back.clear()
        self._show(where)

    # Opening and locking

    def unlocked(self, caseload: Caseload) -> None:
        """A vault was opened: go where the window was when it was left."""
        from spr_desktop.casework.drafts import draft
        from ui.watch import Watch

        self._caseload = caseload
        self._folder = caseload.vault.folder
        self._ways_back.clear()
        self._frame.rail.draw_icons()
        self.backing_up.attend(caseload)
        self._say_status()
        if self._watch is None:
            self._watch = Watch(self, self.preferences.idle_minutes)
            self._watch.warn.connect(self._warn)
            self._watch.active.connect(self.messages.clear)
            self._watch.lock.connect(self.lock)
        self._watch.start()
        self._drafts.start()
        standing = draft(caseload, _HERE)
        self._ways_back = standing.get("back", [])
        self._stand(standing or Where("today").plain())
        self._say_where_it_lies(caseload)

    def _say_where_it_lies(self, caseload: Caseload) -> None:
        """Once: that a service copies the vault to other computers."""
        from spr_desktop.casework.places import accept_copying, is_copied_unknowingly, what_to_know

        if is_copied_unknowingly(self._folder, caseload):
            self.say(what_to_know(self._folder))
            with suppress(Exception):  # it is said again the next time
                accept_copying(self._folder, caseload)

    def practise(self, practice: Caseload) -> None:
        """Work in a vault of invented families; one's own stays open behind it."""
        self._keep()
        self.jobs.stop_all()
        self._viewed = ""
        self._own, self._caseload = self._caseload, practice
        self._ways_back.clear()
        self._say_status()
        self._show_without_keeping(Where("families"))

    def leave_practice(self) -> None:
        """Go back to one's own families."""
        if self._own is None:
            return
        self._keep()
        practice, self._caseload, self._own = self._caseload, self._own, None
        self._scope = None
        self._ways_back.clear()
        self._say_status()
        self._show_without_keeping(Where("today"))
        self.jobs.stop_all()
        if practice:
            practice.close()

    def _show_without_keeping(self, where: Where) -> None:
        """What is on the screen belongs to another vault, which has kept it."""
        self._kept = {}
        self._throw_away()
        self.messages.clear()
        self._show(where)

    def lock(self, why: str) -> None:
        """Keep drafts, close every window that is open on top, forget everything, and drop the key. Never asks."""
        self._lock(Where("unlock", {"folder": self._folder, "why": why}))

    def lock_now(self) -> None:
        """Lock because somebody asked for it."""
        self.lock("You locked it.")

    def hide_and_lock(self) -> None:
        """Show a screen that says nothing, and lock."""
        self._lock(Where("hidden", {"folder": self._folder}))

    def _lock(self, to: Where) -> None:
        self._close_everything_on_top()
        forget_secret()
        forget_selection()
        if self._caseload is None:
            self.place.cover()
            return
        try:
            self._keep()
        except Exception:  # noqa: BLE001 - a full disk must not keep the vault open
            to = Where(to.place, {**to.about, "why": self._parked_in_words()})
        self._throw_away()
        open_ones = [each for each in (self._caseload, self._own) if each]
        self._caseload = self._own = self._scope = None
        if self._watch:
            self._watch.stop()
        self._drafts.stop()
        self._keeping = None
        self.backing_up.leave()
        self._ways_back = []
        self._viewed = ""
        self._kept = {}
        self.messages.clear()
        self._frame.say_status([])
        self._known_as = ""
        self._show(to)
        self.repaint()  # nothing is to be read while the step in hand of a job is waited for
        self.jobs.stop_all()
        for each in open_ones:
            with suppress(Exception):  # it is closed all the same; what is wrong with it, opening it tells
                each.close()
        QTimer.singleShot(_FORGET_MILLISECONDS, self, gc.collect)

    def _close_everything_on_top(self) -> None:
        while popup := QApplication.activePopupWidget():
            popup.close()
        for each in QApplication.topLevelWidgets():
            if each is not self and each.isVisible():
                each.close()

    def _keep(self) -> None:
        """Keep in the vault what is being typed, and where the window is."""
        if self._caseload is None or not self._stack.count() or self._here.place in OUTSIDE:
            return
        from spr_desktop.casework.drafts import drop_draft, keep_drafts

        drafts = self.place.drafts()
        for gone in self._kept.keys() - drafts.keys() - {_HERE}:
            drop_draft(self._caseload, gone)
        here = self._standing() | {"back": self._ways_back[-20:]}
        if self._scope:
            here |= {"scope": [self._scope.case_ref, self._scope.person_id]}
        drafts = {**drafts, _HERE: here}
        changed = {name: typed for name, typed in drafts.items() if self._kept.get(name) != typed}
        if changed:
            keep_drafts(self._caseload, changed)
        self._kept = drafts

    def _try_to_keep(self) -> None:
        """As ``_keep``, once a second: what stands in the way is said and tried again, and stays on the screen."""
        from ui.keeping import Keeping

        if self._keeping is None:
            self._keeping = Keeping(self._keep, lambda: self.caseload.vault.reopen(), self.messages)
        self._keeping.try_to_keep()

    def _parked_in_words(self) -> str:
        """Keep what is typed outside the vault, which is about to be closed and takes nothing; and how that went."""
        from spr_desktop.casework.drafts import park_drafts

        with suppress(Exception):
            unkept = {name: typed for name, typed in self.place.drafts().items() if self._kept.get(name) != typed}
            if not unkept:
                return "It locked. The vault's disk takes nothing at the moment, but all that was typed is kept."
            if park_drafts(self.caseload, unkept):
                return "It locked. What was typed last is kept on this computer, encrypted, until the vault opens here."
        return "It locked, but what was typed last could not be kept."

    def _can_leave(self) -> bool:
        """Keep what is typed here; where that fails, it stays on the screen, and why is said."""
        self._try_to_keep()
        if self._holds_what_is_not_kept() and self._keeping:
            self.say(self._keeping.trouble)
            return False
        return True

    def _holds_what_is_not_kept(self) -> bool:
        """Whether something typed is on the screen only; a full disk keeps nobody from looking at something else."""
        return any(self._kept.get(name) != typed for name, typed in self.place.drafts().items())

    def _warn(self, seconds: int) -> None:
        if not self.messages.text.startswith("The vault locks in"):
            self.say(f"The vault locks in {seconds} seconds. Press any key to go on.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide and Lock work over every dialog, menu and preview: their keys are looked for before anything else.

        A dropped file is looked at before a box for text takes its path for words.
        """
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            if event.reason() in _BY_TAB:
                keep_in_sight(watched)
        elif event.type() in DROPS and isinstance(event, QDropEvent) and isinstance(watched, QWidget):
            is_ours = self._caseload is not None and watched.window() is self
            if is_ours and take_drop(self, self.place, event):
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if QApplication.activePopupWidget() or QApplication.activeModalWidget():
                for each in shortcuts(self.preferences.hide_key):
                    if each.does in ALWAYS and pressed == QKeySequence(each.keys):
                        getattr(self, each.does)()
                        return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks the vault, with a backup of what was recorded."""
        self.hide()
        self.jobs.stop_all()
        self.backing_up.make_before_closing()
        self.lock("")
        self.jobs.stop_all()
        app = QApplication.instance()
        if app:
            app.removeEventFilter(self)
        super().closeEvent(event)
