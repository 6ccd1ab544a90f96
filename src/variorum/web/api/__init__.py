"""The HTTP API: the ledger as JSON at `/api/v1`, described by OpenAPI."""

from variorum.web.api import decisions, incidents, reports, whole, work
from variorum.web.api.describing import router as description
from variorum.web.api.page import router as page

ROUTERS = (incidents.router, reports.router, decisions.router, work.router, whole.router, description, page)
"""In the order in which addresses are looked up."""
