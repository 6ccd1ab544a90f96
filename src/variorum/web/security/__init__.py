"""What keeps the reading room from being used against its users."""

from variorum.web.security.headers import SecureHeaders
from variorum.web.security.requests import SafeRequests

__all__ = ["SafeRequests", "SecureHeaders"]
