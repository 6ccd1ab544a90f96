"""A real browser for tests of pages."""

from __future__ import annotations

from typing import Any


def page_at(browser: Any, address: str, *, width: int = 1280, **context: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 800}, **context).new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: request.url == address or page.problems.append(request.url))
    page.goto(address)
    return page
