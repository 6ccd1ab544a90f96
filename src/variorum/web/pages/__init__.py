"""The pages, one module a place of the reading room."""

from variorum.web.pages import about, adding, dossier, exporting, incidents, operations

ROUTERS = (
    incidents.router,
    dossier.router,
    adding.router,
    exporting.router,
    about.router,
    operations.router,
)
"""In the order in which addresses are looked up."""
