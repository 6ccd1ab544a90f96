"""Reading: a report in, its claims with speaker, certainty and words out."""

from variorum.reading.reader import READER, Reader

__all__ = ["READER", "Reader"]
