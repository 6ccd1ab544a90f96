"""What every page is looked at for in a real browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (320, 768, 1280)


def problems_of(browser: Any, address: str) -> list[str]:
    """What axe, the console and the width of a page have to object to, at three widths, one of them in the dark."""
    found: list[str] = []
    for width, scheme in zip(WIDTHS, ("light", "dark", "light"), strict=True):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.set_default_timeout(60_000)
        page = context.new_page()
        told = f"{address} at {width}, {scheme}"
        page.on("console", lambda message, told=told: found.append(f"{told}: {message.text}"))
        page.on("pageerror", lambda error, told=told: found.append(f"{told}: {error}"))
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{told}: wider than the window")
        for rule in Axe().run(page).response["violations"]:
            found.append(f"{told}: {rule['id']}: {[node['html'][:120] for node in rule['nodes'][:3]]}")
        context.close()
    return found
