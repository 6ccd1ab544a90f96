"""The pages, one module a place of the reading room."""

from variorum.web.pages import (
    agreement,
    decisions,
    dossier,
    incidents,
    joining,
    login,
    me,
    people,
    profiles,
    reports,
    review,
)

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
    profiles.router,
    login.router,
    me.router,
    people.router,
)
"""In the order in which addresses are looked up."""
