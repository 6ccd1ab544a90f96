"""`Tables`: what a ledger, dossiers or readings hold, as tables for a program, with the columns of the exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from variorum.exports.case import cases_of
from variorum.exports.dataframes import arrow_table, pandas_table, polars_table
from variorum.exports.options import QUOTE_WORDS, Options
from variorum.exports.tables import TABLES, Row, table_called
from variorum.linking import Decision, find_copies
from variorum.linking import link as link_readings
from variorum.model import Dossier, Reading, Record, SettingError
from variorum.reconciling import reconcile_incidents
from variorum.reconciling.profiles import DEFAULT

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from variorum.ledger import Ledger, Wanted

Decisions = Sequence[Record | Mapping[str, Any]]
Pairs = Iterable[tuple[Dossier, Sequence[Reading]]]


class Tables:
    """The tables of `TABLES` by name, in memory. Make them with `of_ledger`, `of_readings` or `of_cases`.

    Nothing is done before the first table is asked for. Then the incidents are gone through once, one at a time, and the
    rows of all tables are kept, so that all tables tell of one state and their ids fit together; `only` names the tables to
    keep, where others would take memory for nothing. The same cases give the same rows in the same order.

    `profile` settles the tolls of the table `figures`. Quotes have at most `quote_words` words, and whole texts stand in
    the table `reports` only `with_text`, as in all exports.

    All constructors raise `SettingError` for a profile or table that nothing is called; asking for a table raises it too for
    a library that is not installed (missing-extra), and for a report of a dossier without its reading.
    """

    def __init__(
        self, source: Callable[[], tuple[Pairs, Decisions]], options: Options, only: Sequence[str] | None
    ) -> None:
        self._source = source
        self._options = options
        self._tables = {name: table_called(name) for name in (TABLES if only is None else only)}
        self._held: dict[str, list[Row]] | None = None

    @classmethod
    def of_ledger(
        cls,
        ledger: Ledger,
        wanted: Wanted | None = None,
        *,
        as_of: date | None = None,
        recorded: datetime | None = None,
        profile: str = DEFAULT,
        quote_words: int = QUOTE_WORDS,
        with_text: bool = False,
        only: Sequence[str] | None = None,
    ) -> Tables:
        """Of the incidents of a ledger that are as wanted, with all its decisions.

        `as_of` and `recorded` as in `Ledger.incidents`. The ledger must be open when the first table is asked for. Where
        others write meanwhile, `recorded` keeps out what they write.
        """

        def source() -> tuple[Pairs, Decisions]:
            from variorum.exports.from_ledger import cases_in, decisions_in

            pairs = cases_in(ledger, wanted, as_of=as_of, recorded=recorded)
            return pairs, decisions_in(ledger, recorded=recorded)

        return cls(source, Options(profile, quote_words, with_text), only)

    @classmethod
    def of_readings(
        cls,
        readings: Iterable[Reading],
        *,
        as_of: date | None = None,
        decisions: Sequence[Decision] = (),
        profile: str = DEFAULT,
        quote_words: int = QUOTE_WORDS,
        with_text: bool = False,
        only: Sequence[str] | None = None,
    ) -> Tables:
        """Of readings without a ledger: linked by all that is known and by decisions, and laid out as of a day."""

        def source() -> tuple[Pairs, Decisions]:
            known = {reading.report.id: reading for reading in readings}
            incidents = link_readings(known.values(), decisions)
            copies = find_copies(reading.report for reading in known.values())
            dossiers = reconcile_incidents(known.values(), incidents, copies, as_of=as_of)
            return ((one, [known[name] for name in one.reports]) for one in dossiers), decisions

        return cls(source, Options(profile, quote_words, with_text), only)

    @classmethod
    def of_cases(
        cls,
        cases: Pairs,
        *,
        decisions: Decisions = (),
        profile: str = DEFAULT,
        quote_words: int = QUOTE_WORDS,
        with_text: bool = False,
        only: Sequence[str] | None = None,
    ) -> Tables:
        """Of dossiers, each with the readings of its reports, as `export` takes them."""
        return cls(lambda: (cases, decisions), Options(profile, quote_words, with_text), only)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables; `TABLES` tells their columns."""
        return tuple(self._tables)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A table as plain objects by column: lists as lists, days as `date`, unknown as None."""
        table, rows = table_called(name), self._rows(name)
        return [table.as_object(row) for row in rows]

    def to_arrow(self, name: str) -> pyarrow.Table:
        """A table of pyarrow (extra `parquet`)."""
        return arrow_table(table_called(name), self._rows(name))

    def to_pandas(self, name: str) -> pandas.DataFrame:
        """A data frame of pandas (extra `pandas`). A list is a tuple."""
        return pandas_table(table_called(name), self._rows(name))

    def to_polars(self, name: str) -> polars.DataFrame:
        """A data frame of polars (extra `polars`)."""
        return polars_table(table_called(name), self._rows(name))

    def _rows(self, name: str) -> list[Row]:
        table_called(name)
        if name not in self._tables:
            raise SettingError(
                f"the table {name!r} was not kept", remedy="name it in `only`, or leave `only` out"
            )
        if self._held is None:
            self._held = self._gathered()
        return self._held[name]

    def _gathered(self) -> dict[str, list[Row]]:
        """The rows of all tables, by going through the cases once."""
        pairs, decisions = self._source()
        options = replace(self._options, decisions=decisions)
        seen: dict[str, set[Row]] = {name: set() for name in self._tables}
        held = {
            name: list(table.unseen(table.rows_beside(options), seen[name]))
            for name, table in self._tables.items()
        }
        for case in cases_of(pairs):
            for name, table in self._tables.items():
                held[name] += table.unseen(table.rows_of(case, options), seen[name])
        return held
