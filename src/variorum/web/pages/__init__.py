"""The pages, one module a place of the reading room."""

from variorum.web.pages import (
    about,
    adding,
    agreement,
    decisions,
    dossier,
    exporting,
    incidents,
    joining,
    login,
    me,
    operations,
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
    adding.router,
    exporting.router,
    about.router,
    operations.router,
    login.router,
    me.router,
    people.router,
)
"""In the order in which addresses are looked up."""
