"""Logging in with an identity provider: OpenID Connect, authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636).

Nothing is kept here between leaving for the provider and coming back: a secret in a cookie is the root from which state, nonce
and verifier follow, each by a hash of its own. The cookie goes with the first coming back, so that none can be repeated.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit, urlunsplit

from variorum.intake.extras import needed
from variorum.intake.faults import FetchError
from variorum.intake.provider import ask_provider
from variorum.ledger import Role
from variorum.model import VariorumError
from variorum.web.security.addresses import own_address
from variorum.web.security.provider_settings import ProviderSettings, is_safe_address

BACK: Final = "/login/provider/back"
"""Where the provider sends browsers back to."""
SECONDS: Final = 600
"""How long somebody may take to log in there."""
_SIGNATURES: Final = [f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)]
"""Signatures with two keys. None with a shared one, and not `none`: a token says itself how it is signed."""
_SKEW: Final = 60
"""Seconds by which clocks may differ."""
_KEPT: Final = 3600.0
_ASKED_AGAIN: Final = 60.0
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for."""

    subject: str
    """Who they are to the provider, for ever."""
    name: str
    role: Role
    leads_to: str


class Provider:
    """An identity provider. All that is asked of it is told as `VariorumError` where it fails."""

    def __init__(self, settings: ProviderSettings, clock: Callable[[], float] = time.time) -> None:
        self.settings, self._clock = settings, clock
        self._turn = threading.Lock()
        self._known: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, dict[str, Any]] | None = None

    def begin(self, leads_to: str) -> tuple[str, str]:
        """What to put into the cookie, and where to send the browser."""
        secret = secrets.token_urlsafe(32)
        challenge = _packed(hashlib.sha256(_derived(secret, "verifier").encode()).digest())
        asked = {
            "response_type": "code",
            "client_id": self.settings.client,
            "redirect_uri": self.settings.address + BACK,
            "scope": "openid profile email",
            "state": _derived(secret, "state"),
            "nonce": _derived(secret, "nonce"),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        parts = urlsplit(self._document()["authorization_endpoint"])
        query = urlencode([*parse_qsl(parts.query), *asked.items()])
        cookie = f"{secret}.{_packed(own_address(leads_to).encode())}"
        return cookie, urlunsplit(parts._replace(query=query))

    def finish(self, cookie: str | None, came: Mapping[str, str]) -> Vouched:
        """Whom the provider vouches for, by what the browser came back with.

        Raises `VariorumError` provider-refused where anything is not as it must be, login-refused for somebody without a
        role, provider-unreachable.
        """
        secret, _, packed = (cookie or "").partition(".")
        if not secret or not hmac.compare_digest(
            came.get("state", "").encode(), _derived(secret, "state").encode()
        ):
            raise _refused("this login was not begun in this browser, or it took too long")
        if "error" in came or not came.get("code"):
            raise _refused("the provider did not let you in")
        if came.get("iss", self.settings.issuer) != self.settings.issuer:  # RFC 9207
            raise _refused("another provider answered")
        claims = self._claims(self._token(came["code"], secret), _derived(secret, "nonce"))
        return Vouched(
            subject=f"{self.settings.issuer} {claims['sub']}",
            name=self._name(claims),
            role=self._role(claims),
            leads_to=own_address(_unpacked(packed)),
        )

    def _token(self, code: str, secret: str) -> str:
        document = self._document()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.settings.address + BACK,
            "code_verifier": _derived(secret, "verifier"),
        }
        headers = {}
        if "client_secret_basic" in document.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        ):
            pair = f"{quote_plus(self.settings.client)}:{quote_plus(self.settings.secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self.settings.client, "client_secret": self.settings.secret}
        token = self._ask(document["token_endpoint"], form, headers).get("id_token")
        if not isinstance(token, str):
            raise _refused("the provider sent no token of who you are")
        return token

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        """What a token says, once its signature and all that it says of itself hold (OpenID Connect Core 3.1.3.7)."""
        claims = self._signed(token)
        now, client, heard = self._clock(), self.settings.client, claims.get("aud")
        listeners = heard if isinstance(heard, list) else [heard]
        times = [claims.get(name) for name in ("exp", "iat")]
        if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in times):
            raise _refused("its token does not say when it was made and ends")
        wrong = {
            "is another provider's": claims.get("iss") != self.settings.issuer,
            "is for somebody else": client not in listeners
            or claims.get("azp", client) != client
            or (len(listeners) > 1 and "azp" not in claims),
            "has ended": claims["exp"] <= now - _SKEW,
            "is not of this time": not now - SECONDS <= claims["iat"] <= now + _SKEW,
            "does not hold yet": _number(claims.get("nbf"), 0) > now + _SKEW,
            "was made for another login": not hmac.compare_digest(
                str(claims.get("nonce", "")).encode(), nonce.encode()
            ),
            "does not say who you are": not _is_word(claims.get("sub")),
        }
        for what, is_so in wrong.items():
            if is_so:
                raise _refused(f"its token {what}")
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        with needed("oidc", "logging in with an identity provider"):
            from joserfc import jwt
            from joserfc.errors import JoseError
            from joserfc.jwk import KeySet
        for fresh in (False, True):  # a key that is not known yet may have come lately
            try:
                keys = KeySet.import_key_set({"keys": self._key_list(fresh)})
                return dict(jwt.decode(token, keys, algorithms=_SIGNATURES).claims)
            except (JoseError, ValueError, TypeError, KeyError):
                continue
        raise _refused("its token is not signed by it")

    def _name(self, claims: Mapping[str, Any]) -> str:
        name = claims.get(self.settings.name_claim)
        if not _is_word(name):
            raise _refused(f"its token has no {self.settings.name_claim}")
        return str(name)

    def _role(self, claims: Mapping[str, Any]) -> Role:
        """The highest role that one of the words comes to. `a.b` is b within a."""
        told: Any = claims
        for part in self.settings.role_claim.split("."):
            told = told.get(part) if isinstance(told, Mapping) else None
        words = told if isinstance(told, list) else [told]
        found = [
            self.settings.roles[one] for one in words if isinstance(one, str) and one in self.settings.roles
        ]
        if not found:
            raise VariorumError(
                "your organisation gives you no role here", remedy="ask an admin", code="login-refused"
            )
        return max(found)

    def _document(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0)."""
        with self._turn:
            if self._known is None or self._clock() - self._known[0] > _KEPT:
                told = self._ask(f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
                if told.get("issuer") != self.settings.issuer:
                    raise _refused("the provider calls itself by another name than the settings do")
                if not all(is_safe_address(told.get(name)) for name in _ENDPOINTS):
                    raise _refused("the provider has addresses that do not begin with https://")
                self._known = self._clock(), told
            return self._known[1]

    def _key_list(self, fresh: bool) -> list[Any]:
        where = self._document()["jwks_uri"]
        with self._turn:
            age = self._clock() - self._keys[0] if self._keys else _KEPT
            if self._keys is None or age > (_ASKED_AGAIN if fresh else _KEPT):
                self._keys = self._clock(), self._ask(where)
            keys = self._keys[1].get("keys")
        # Only keys that verify: a shared one among them would let anybody sign who has read it here.
        return [one for one in keys or [] if isinstance(one, dict) and one.get("kty") in ("RSA", "EC")]

    def _ask(
        self, url: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            return ask_provider(url, form=form, headers=headers, authorities=self.settings.authorities)
        except FetchError as error:
            if form is not None and error.code == "fetch-status":
                raise _refused("the provider does not know this login") from None
            raise VariorumError(
                f"the identity provider cannot be asked: {error.what}",
                remedy="try again in a while, or ask whoever runs it",
                code="provider-unreachable",
            ) from None


def _derived(secret: str, purpose: str) -> str:
    return _packed(hmac.digest(secret.encode(), purpose.encode(), "sha256"))


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _unpacked(packed: str) -> str:
    try:
        return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:
        return ""


def _is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise


def _refused(what: str) -> VariorumError:
    return VariorumError(what, remedy="begin the login again", code="provider-refused")
