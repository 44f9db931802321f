"""The tables of a vault, as the steps that lead to them; a step that was released is never changed."""

from __future__ import annotations

from typing import Final

_VERSION_1: Final = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    case_ref TEXT NOT NULL,
    kind TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT,
    supersedes TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (case_ref, id)
) STRICT;
CREATE INDEX record_of_case ON record (case_ref, sequence);
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN
    SELECT RAISE(ABORT, 'records are only ever added');
END;
CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
BEGIN
    SELECT RAISE(ABORT, 'records are only ever added');
END;

CREATE TABLE activity (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    case_ref TEXT,
    detail TEXT,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
BEGIN
    SELECT RAISE(ABORT, 'activity is only ever added');
END;
CREATE TRIGGER activity_is_never_removed BEFORE DELETE ON activity
BEGIN
    SELECT RAISE(ABORT, 'activity is only ever added');
END;

CREATE TABLE chain (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    length INTEGER NOT NULL,
    head BLOB NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_summary (
    number INTEGER PRIMARY KEY,
    case_ref TEXT NOT NULL UNIQUE,
    names TEXT NOT NULL,
    service TEXT,
    outcome TEXT NOT NULL,
    ready INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    next_step TEXT NOT NULL,
    due_on TEXT,
    last_contact TEXT,
    as_of TEXT NOT NULL
) STRICT;
CREATE INDEX case_summary_in_order ON case_summary (urgent DESC, due_on IS NULL, due_on, case_ref);
CREATE INDEX case_summary_by_day ON case_summary (as_of, case_ref);
CREATE VIRTUAL TABLE person_search USING fts5 (
    words, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3 4 5', columnsize = 0
);
INSERT INTO person_search (person_search, rank) VALUES ('secure-delete', 1);
"""

# Drafts leave the settings for a table of their own; rows of the caseload learn when time alone will change them, and
# what will be due. Rows that were worked out before know neither, so each is marked to be worked out again.
_VERSION_2: Final = """
CREATE TABLE draft (
    name TEXT PRIMARY KEY,
    kept_at TEXT NOT NULL,
    typed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO draft (name, kept_at, typed)
    SELECT substr(name, 7), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), value
    FROM setting WHERE substr(name, 1, 6) = 'draft:' AND value <> '';
DELETE FROM setting WHERE substr(name, 1, 6) = 'draft:';

CREATE TABLE due (
    case_ref TEXT NOT NULL,
    due_on TEXT NOT NULL,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (case_ref, due_on, rule, subject, words)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_day ON due (due_on, case_ref);

ALTER TABLE case_summary ADD COLUMN changes_on TEXT;
UPDATE case_summary SET changes_on = as_of;
CREATE INDEX case_summary_by_change ON case_summary (changes_on, case_ref);
DROP INDEX case_summary_in_order;
CREATE INDEX case_summary_in_order
    ON case_summary (urgent DESC, due_on IS NULL, due_on, case_ref, outcome, service, ready);

CREATE INDEX record_of_document ON record (kind, happened_on DESC, sequence DESC, case_ref, id)
    WHERE kind IN ('document_made', 'document_sent', 'document_revoked');
CREATE INDEX record_corrects_document ON record (case_ref, supersedes)
    WHERE kind IN ('document_made', 'document_sent', 'document_revoked') AND supersedes <> '[]';
"""

# Disposal: a gap takes the place of each record of a case, with the hashes that keep the chain whole and nothing else
# of it. That is the only way in which a record leaves, and there is none back.
_VERSION_3: Final = """
CREATE TABLE hold (
    case_ref TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    review_on TEXT NOT NULL,
    placed_on TEXT NOT NULL,
    placed_by TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE disposal (
    case_ref TEXT PRIMARY KEY,
    certificate TEXT NOT NULL,
    disposed_at TEXT NOT NULL,
    disposed_by TEXT,
    reason TEXT NOT NULL,
    records INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER disposal_is_never_changed BEFORE UPDATE ON disposal
BEGIN
    SELECT RAISE(ABORT, 'what was disposed of stays disposed of');
END;
CREATE TRIGGER disposal_is_never_removed BEFORE DELETE ON disposal
BEGIN
    SELECT RAISE(ABORT, 'what was disposed of stays disposed of');
END;
CREATE TRIGGER held_case_is_not_disposed_of BEFORE INSERT ON disposal
WHEN EXISTS (SELECT 1 FROM hold WHERE hold.case_ref = NEW.case_ref)
BEGIN
    SELECT RAISE(ABORT, 'the case is held');
END;
CREATE TRIGGER disposed_case_takes_no_records BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM disposal WHERE disposal.case_ref = NEW.case_ref)
BEGIN
    SELECT RAISE(ABORT, 'the case was disposed of');
END;

CREATE TABLE gap (
    sequence INTEGER PRIMARY KEY,
    case_ref TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX gap_of_case ON gap (case_ref, sequence);
CREATE TRIGGER gap_is_left_by_a_record BEFORE INSERT ON gap
WHEN NOT EXISTS (SELECT 1 FROM disposal WHERE disposal.case_ref = NEW.case_ref) OR NOT EXISTS (
    SELECT 1 FROM record WHERE record.sequence = NEW.sequence AND record.case_ref = NEW.case_ref
    AND record.previous_hash = NEW.previous_hash AND record.hash = NEW.hash
)
BEGIN
    SELECT RAISE(ABORT, 'a gap is left by a record of a case that is disposed of');
END;
CREATE TRIGGER gap_takes_the_place_of_a_record AFTER INSERT ON gap
BEGIN
    DELETE FROM record WHERE sequence = NEW.sequence;
END;
CREATE TRIGGER gap_is_never_changed BEFORE UPDATE ON gap
BEGIN
    SELECT RAISE(ABORT, 'gaps are only ever added');
END;
CREATE TRIGGER gap_is_never_removed BEFORE DELETE ON gap
BEGIN
    SELECT RAISE(ABORT, 'gaps are only ever added');
END;
DROP TRIGGER record_is_never_removed;
CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
WHEN NOT EXISTS (SELECT 1 FROM gap WHERE gap.sequence = OLD.sequence AND gap.hash = OLD.hash)
BEGIN
    SELECT RAISE(ABORT, 'records are only ever added');
END;
"""

STEPS: Final = (_VERSION_1, _VERSION_2, _VERSION_3)
"""The database is of version n when the first n steps were run."""
