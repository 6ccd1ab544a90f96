"""The pages, one module a place of the reading room."""

from variorum.web.pages import dossier, incidents, login, me, people, profiles

ROUTERS = (incidents.router, dossier.router, profiles.router, login.router, me.router, people.router)
"""In the order in which addresses are looked up."""
