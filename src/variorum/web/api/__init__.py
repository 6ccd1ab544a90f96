"""The HTTP API: the ledger as JSON at `/api/v1`, described by OpenAPI."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from variorum.web.api import decisions, incidents, reports, whole, work
from variorum.web.api.describing import router as description
from variorum.web.api.filing import KeptReader
from variorum.web.api.jobs import Jobs
from variorum.web.api.page import router as page

ROUTERS = (incidents.router, reports.router, decisions.router, work.router, whole.router, description, page)
"""In the order in which addresses are looked up."""


@contextmanager
def working(app: FastAPI, waiting: int) -> Iterator[None]:
    """Do the work that is asked for by HTTP, as long as the application is served."""
    app.state.api_jobs, app.state.api_reader = Jobs(waiting), KeptReader()
    try:
        yield
    finally:
        app.state.api_jobs.stop()
