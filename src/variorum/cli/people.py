"""The command that says who may come in to the reading room of a ledger."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from variorum.cli.ledger_options import By, Where
from variorum.cli.names import RoleName, TextOrJson
from variorum.cli.options import Errors

if TYPE_CHECKING:
    from variorum.model import Record


class Doing(StrEnum):
    """What to do."""

    LIST = "list"
    ADD = "add"
    ROLE = "role"
    PASSWORD = "password"
    REMOVE = "remove"
    TOKEN = "token"
    TOKENS = "tokens"
    REVOKE = "revoke"
    HISTORY = "history"


class ScopeName(StrEnum):
    """How far a token reaches."""

    READ = "read"
    DECIDE = "decide"
    ADMIN = "admin"


def people(
    ledger: Where,
    doing: Annotated[Doing, typer.Argument(metavar="[DOING]", help="|".join(Doing), show_default=False)] = (
        Doing.LIST
    ),
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Who; of revoke the number.", show_default=False)
    ] = None,
    role: Annotated[RoleName | None, typer.Option(help="For add and role.")] = None,
    make_up: Annotated[
        bool,
        typer.Option(
            "--make-up", help="Make a password up, print it, and have it replaced at the first login."
        ),
    ] = False,
    scope: Annotated[ScopeName, typer.Option(help="For token: how far it reaches.")] = ScopeName.READ,
    title: Annotated[str | None, typer.Option(metavar="WORDS", help="For token: what it is for.")] = None,
    days: Annotated[int, typer.Option(metavar="N", help="For token: how long it lasts.")] = 90,
    by: By = None,
    form: Annotated[TextOrJson, typer.Option("--as", help="What to write.")] = TextOrJson.TEXT,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Say who may come in to the reading room: readers, analysts, admins, and the tokens of programs.

    Passwords are asked for on the terminal or taken from the first line of standard input, never from arguments.
    """
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import Ledger, Role, Scope

    with session(errors), Ledger.open(ledger, make=False) as opened:
        who, own = opened.people, name_of(by)
        told: dict[str, str | None] = {"done": doing.value}
        wanted = Role[role.name] if role else None
        match doing:
            case Doing.LIST:
                rows = [{**_plain(one), "role": one.role.word} for one in who.all()]
                _rows(rows, ("name", "role", "made_at"), form)
                return
            case Doing.TOKENS:
                number = who.find(name).number if name else None
                found = [_plain(one) for one in who.tokens.of(number)]
                _rows(found, ("number", "person", "title", "scope", "expires_at", "used_at"), form)
                return
            case Doing.HISTORY:
                done = [_plain(one) for one in who.history(1_000_000)]
                _rows(done, ("recorded_at", "recorded_by", "kind", "person", "detail"), form)
                return
            case Doing.ADD:
                given = None if make_up else _password()
                told["password"] = who.add(_named(name), wanted or Role.READER, given, by=own)
            case Doing.ROLE:
                who.set_role(_named(name), wanted or _missing("--role"), by=own)
            case Doing.PASSWORD:
                given = None if make_up else _password()
                told["password"] = who.set_password(_named(name), given, by=own)
            case Doing.REMOVE:
                who.remove(_named(name), by=own)
            case Doing.TOKEN:
                purpose = title or _missing("--title")
                told["token"] = who.tokens.make(_named(name), purpose, Scope(scope.value), days, by=own)
            case Doing.REVOKE:
                who.tokens.revoke(_number(name), by=own)
        _tell({key: value for key, value in told.items() if value is not None}, form)


def _named(name: str | None) -> str:
    return name or _missing("NAME")


def _number(told: str | None) -> int:
    if not (told and told.isascii() and told.isdigit() and len(told) < 18):
        _missing("the number of the token")
    return int(told)


def _missing(what: str) -> NoReturn:
    from variorum.model import SettingError

    raise SettingError(f"{what} is missing", where="people", remedy="see variorum people --help")


def _password() -> str:
    """A password from the terminal, unseen and asked for twice; else the first line of standard input."""
    from getpass import getpass

    from variorum.model import SettingError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Password: ")
    if getpass("Once more: ") != first:
        raise SettingError("the two passwords are not the same", where="people", remedy="write it twice")
    return first


def _plain(record: Record) -> dict[str, object]:
    return record.model_dump(mode="json")


def _rows(rows: list[dict[str, object]], shown: tuple[str, ...], form: TextOrJson) -> None:
    for row in rows:
        if form is TextOrJson.JSON:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            cells = (str(row[name] if row[name] is not None else "-") for name in shown)
            sys.stdout.write("  ".join(cells) + "\n")


def _tell(told: dict[str, str | None], form: TextOrJson) -> None:
    if form is TextOrJson.JSON:
        sys.stdout.write(json.dumps(told) + "\n")
        return
    secret = told.get("password") or told.get("token")
    sys.stdout.write(f"{secret}\n" if secret else f"done: {told['done']}\n")


COMMANDS = (people,)
