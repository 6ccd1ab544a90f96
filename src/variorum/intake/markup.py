"""The paragraphs of marked-up text that is known to be the article: bodies of wire items, whole texts in feeds."""

from __future__ import annotations

import re
from typing import Any

from variorum.intake.xml import local_name

_BLOCK = re.compile(
    r"address|article|blockquote|body|body\.content|br|d[dlt]|div|fieldset|footer|form|h[1-6]|header|hl2|hr|html|li"
    r"|main|nav|[ou]l|p|pre|section"
)
"""Elements that end a paragraph where they begin and where they end."""

_LEFT_OUT = re.compile(
    r"aside|button|figure|iframe|media|noscript|object|script|select|style|svg|table|template"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def paragraphs(root: Any) -> str:
    """The text under an lxml element, an empty line between paragraphs; pictures, tables and scripts left out.

    Runs of white space count as one space, as a browser shows them.
    """
    found: list[str] = []
    current: list[str] = []

    def end() -> None:
        if text := _SPACE.sub(" ", "".join(current)).strip():
            found.append(text)
        current.clear()

    stack: list[tuple[Any, bool]] = [(root, False)]  # no recursion: depth is the sender's to choose
    while stack:
        element, is_closing = stack.pop()
        name = (local_name(element) or "").lower()
        is_known = bool(name) and not _LEFT_OUT.fullmatch(name)
        if _BLOCK.fullmatch(name) or (name and not is_known):
            end()
        if not is_closing:
            if is_known:
                current.append(element.text or "")
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
                continue
            stack.append((element, True))
            continue
        if element is not root:
            current.append(element.tail or "")
    end()
    return "\n\n".join(found)


def fragment(markup: str) -> str:
    """The paragraphs of a piece of HTML; empty where there are none."""
    from lxml import etree, html  # a tenth of a second: only where there is markup

    if not markup.strip():
        return ""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup, parser=parser, ensure_head_body=True)
        return paragraphs(root.find("body"))
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
