"""The reading room: a ledger's incidents as pages in a browser, and as JSON at `/api/v1`."""

from variorum.web.application import create_app
from variorum.web.settings import WebSettings

__all__ = ["WebSettings", "create_app"]
