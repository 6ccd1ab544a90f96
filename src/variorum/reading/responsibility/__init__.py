"""Who is said to have done it: every name, force and pronoun beside words for deeds, weighed one by one."""

from variorum.reading.responsibility.finding import find_responsibility

__all__ = ["find_responsibility"]
