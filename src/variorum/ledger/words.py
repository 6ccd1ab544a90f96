"""Full text: an index over titles and texts of reports, kept up by the database. It is no record: it can be made anew.

Words are found as they are written, whatever their case; accents count. Both databases find the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_WORDS: Final = re.compile(r"[^\W_]+")
_PHRASES: Final = re.compile(r'"([^"]*)"|([^\s"]+)')

_LONGEST: Final = 200_000
"""Characters of a text that PostgreSQL indexes: a `tsvector` holds no more than a megabyte."""

_BETWEEN: Final = r"[\u0001-\u002f:-@\[-`{-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+"
"""What stands between words, for PostgreSQL: told by characters, as its classes of them depend on a locale."""


def statements(dialect: str) -> Iterator[str]:
    """The statements that set up the index: `sqlite` or `postgresql`."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def phrases(wanted: str) -> list[list[str]]:
    """The words of each phrase asked for: what stands in quotation marks, and every other run of letters."""
    found = (_WORDS.findall(quoted or plain) for quoted, plain in _PHRASES.findall(wanted))
    return [words for words in found if words]


def condition(dialect: str) -> str:
    """SQL that is true of the rows of `words` that match `:wanted`, as `query` makes it."""
    return "words MATCH :wanted" if dialect == "sqlite" else "words.words @@ to_tsquery('simple', :wanted)"


def query(dialect: str, asked: list[list[str]]) -> str:
    """What to bind to `:wanted`: all phrases must be there. Letters and digits only, so nothing in it is syntax."""
    if dialect == "sqlite":
        return " AND ".join('"' + " ".join(phrase) + '"' for phrase in asked)
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in asked)


def _sqlite() -> Iterator[str]:
    yield (
        "CREATE VIEW searchable AS SELECT reports.number AS number, reports.title AS title, texts.text AS text "
        "FROM reports JOIN texts ON texts.hash = reports.hash"
    )
    yield (
        "CREATE VIRTUAL TABLE words USING fts5(title, text, content='searchable', content_rowid='number', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield (
        "CREATE TRIGGER reports_words AFTER INSERT ON reports BEGIN INSERT INTO words (rowid, title, text) "
        "SELECT number, title, text FROM searchable WHERE number = NEW.number; END"
    )


def _postgresql() -> Iterator[str]:
    yield "CREATE TABLE words (number integer PRIMARY KEY, words tsvector NOT NULL)"
    yield "CREATE INDEX ix_words_words ON words USING gin (words)"
    yield (
        "CREATE FUNCTION variorum_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO words SELECT NEW.number, to_tsvector('simple', regexp_replace("
        f"left(coalesce(NEW.title, '') || ' . ' || text, {_LONGEST}), '{_BETWEEN}', ' ', 'g')) "
        "FROM texts WHERE hash = NEW.hash; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER reports_words AFTER INSERT ON reports FOR EACH ROW EXECUTE FUNCTION variorum_words()"
    )
