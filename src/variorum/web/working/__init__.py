"""Work that takes longer than a page: done in processes of its own, so that pages stay quick meanwhile."""

from variorum.web.working.jobs import Jobs
from variorum.web.working.orders import (
    AddOrder,
    Job,
    JobState,
    Kept,
    LinkOrder,
    Order,
    Outcome,
    PileOrder,
    RefreshOrder,
    Result,
    Trouble,
    VerifyOrder,
)
from variorum.web.working.process import Plan, ProcessWorker

__all__ = [
    "AddOrder",
    "Job",
    "JobState",
    "Jobs",
    "Kept",
    "LinkOrder",
    "Order",
    "Outcome",
    "PileOrder",
    "Plan",
    "ProcessWorker",
    "RefreshOrder",
    "Result",
    "Trouble",
    "VerifyOrder",
]
