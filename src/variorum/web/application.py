"""The application: what it is made of, in the order in which a request passes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from variorum._version import __version__
from variorum.ledger import Ledger
from variorum.web import api, assets, faults, pages
from variorum.web.catching_up import CatchingUp
from variorum.web.counting import Counting
from variorum.web.dossiers.keeping import KeptDossiers
from variorum.web.observing import Measures, Observed
from variorum.web.security.bodies import BoundedBodies
from variorum.web.security.gate import Gate
from variorum.web.security.headers import SecureHeaders
from variorum.web.security.provider import Provider
from variorum.web.security.requests import SafeRequests
from variorum.web.settings import WebSettings
from variorum.web.working import Jobs, Plan, ProcessWorker

_WORTH_PACKING = 1_000
"""Bytes from which an answer is sent gzipped."""


def create_app(settings: WebSettings) -> FastAPI:
    """The reading room over one ledger, as an ASGI application. The ledger is opened when it starts, made if need be."""

    measures = Measures()

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        plan = Plan(settings.ledger, settings.cache, settings.fetching)
        with (
            Ledger.open(settings.ledger, cache=settings.cache) as ledger,
            Jobs(settings.jobs, ProcessWorker(plan), waiting=settings.waiting) as jobs,
        ):
            app.state.ledger, app.state.jobs = ledger, jobs
            app.state.dossiers = KeptDossiers(ledger)
            app.state.team = ledger.people.are_there() if settings.team is None else settings.team
            app.state.catching_up = CatchingUp(ledger)
            app.state.counting = Counting(ledger)
            measures.watch(jobs.all, app.state.counting.last)
            yield
            app.state.counting.close()
            app.state.catching_up.wait()

    app = FastAPI(
        title="Variorum",
        version=__version__,
        lifespan=opened,
        docs_url=None,  # its page fetches from elsewhere
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings, app.state.measures = settings, measures
    app.state.provider = Provider(settings.provider) if settings.provider else None
    # Whatever comes last is asked first.
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(BoundedBodies)
    app.add_middleware(Gate)
    app.add_middleware(SafeRequests, hosts=settings.hosts)
    app.add_middleware(SecureHeaders)
    app.add_middleware(Observed, measures=measures, name_people=settings.log_people)
    app.include_router(assets.router, include_in_schema=False)
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    for router in api.ROUTERS:
        app.include_router(router)
    faults.install(app)
    return app
