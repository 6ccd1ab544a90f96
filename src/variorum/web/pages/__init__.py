"""The pages, one module a place of the reading room."""

from variorum.web.pages import dossier, incidents, profiles

ROUTERS = (incidents.router, dossier.router, profiles.router)
"""In the order in which addresses are looked up."""
