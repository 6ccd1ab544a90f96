"""XML that strangers wrote: parsed without entities, without a document type, without the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from variorum.model import InputError

_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_MARK = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)+")


def root_name(head: bytes) -> str | None:
    """The local name of the root element that the first bytes of a file show, if they are XML that shows one."""
    plain = _MARK.sub(b"", head).replace(b"\0", b"")
    start = _PROLOG.match(plain)
    rest = plain[start.end() if start else 0 :]
    if rest[:9].upper() == b"<!DOCTYPE":
        rest = rest[9:].lstrip()
        found = re.match(rb"([\w.:-]{1,80})", rest)
    else:
        found = re.match(rb"<([A-Za-z_][\w.:-]{0,80})[\s/>]", rest)
    return found[1].decode("ascii", "replace").rpartition(":")[2] if found else None


def is_xml(head: bytes) -> bool:
    """Whether the first bytes declare XML."""
    return _MARK.sub(b"", head[:100]).replace(b"\0", b"").lstrip().startswith(b"<?xml")


def parse_xml(data: bytes, where: str, *, recover: bool = False) -> Any:
    """The root element of a document. Raises `InputError` bad-xml, and xml-doctype for one that declares its own type.

    With `recover` what is not well-formed is read as far as it makes sense. No format of news has a document type;
    what is declared in one (entities that grow without bound, or that name files and addresses) is never wanted.
    """
    from lxml import etree  # a tenth of a second: only for XML

    plain = _MARK.sub(b"", data[:100_000]).replace(b"\0", b"")
    prolog = _PROLOG.match(plain)
    if prolog and plain[prolog.end() : prolog.end() + 9].upper() == b"<!DOCTYPE":
        raise _doctype(where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
        if root is None:
            raise ValueError("nothing could be recovered")
    except (etree.XMLSyntaxError, ValueError) as error:
        place = f" at line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise InputError(
            f"not XML that holds together{place}",
            where=where,
            remedy="get the file again; if it was cut off or changed by hand, that shows here",
            code="bad-xml",
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(where)
    return root


def local_name(element: Any) -> str | None:
    """An element's name without its namespace; None for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else None


def children(parent: Any, name: str) -> Iterator[Any]:
    """The children of a local name, in whatever namespace: those of a format's versions differ."""
    return (child for child in (parent if parent is not None else ()) if local_name(child) == name)


def child(parent: Any, name: str) -> Any:
    """The first of them, or None."""
    return next(children(parent, name), None)


def words(element: Any) -> str | None:
    """All text in an element on one line; None where there is none."""
    return None if element is None else " ".join("".join(element.itertext()).split()) or None


def _doctype(where: str) -> InputError:
    return InputError(
        "it declares a document type of its own, in which entities could stand",
        where=where,
        remedy="get it as its publisher sends it: formats of news need no DOCTYPE",
        code="xml-doctype",
    )
