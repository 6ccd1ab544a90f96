"""The pages, one module a place of the reading room."""

from variorum.web.pages import agreement, decisions, dossier, incidents, joining, reports, review

ROUTERS = (
    incidents.router,
    agreement.router,
    review.router,
    review.changing,
    reports.router,
    reports.changing,
    decisions.router,
    decisions.changing,
    joining.router,
    joining.changing,
    dossier.router,
)
"""In the order in which addresses are looked up."""
