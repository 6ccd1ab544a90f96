"""A small identity provider of OpenID Connect on loopback, which can be told to answer wrongly."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT, SECRET = "reading room", "what only we two know: ä&="


@cache
def _first_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class IdentityProvider:
    """Everybody who comes is who `person` says, at once. `bend` may change claims, `forge` makes the token itself."""

    def __init__(self) -> None:
        self.issuer = ""
        self.person: dict[str, Any] = {"sub": "p-1", "preferred_username": "Paula", "roles": ["desk"]}
        self.key: Any = _first_key()
        self.bend: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.forge: Callable[[dict[str, Any]], str] = self.signed
        self.document: dict[str, Any] = {}
        self.extra_keys: list[dict[str, Any]] = []
        self.asked_for_keys = 0
        self._codes: dict[str, dict[str, str]] = {}
        self.app = self._application()

    def signed(self, claims: dict[str, Any], key: Any = None, algorithm: str = "RS256") -> str:
        used = key or self.key
        return jwt.encode({"alg": algorithm, "kid": used.kid}, claims, used, algorithms=[algorithm])

    def _application(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def configuration() -> dict[str, Any]:
            told = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize?tenant=7",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
            return {**told, **self.document}

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            self.asked_for_keys += 1
            return {"keys": [self.key.as_dict(private=False), *self.extra_keys]}

        @app.get("/authorize")
        def authorize(request: Request) -> Response:
            asked = dict(request.query_params)
            assert (asked["response_type"], asked["client_id"], asked["tenant"]) == ("code", CLIENT, "7")
            assert asked["code_challenge_method"] == "S256"
            assert "openid" in asked["scope"].split()
            code = secrets.token_urlsafe(16)
            self._codes[code] = asked
            return RedirectResponse(
                f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}",
                303,
            )

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = dict(parse_qsl((await request.body()).decode()))
            kind, _, pair = request.headers.get("authorization", "").partition(" ")
            told = base64.b64decode(pair).decode() if kind == "Basic" else ""
            wanted = urlencode({"a": CLIENT})[2:] + ":" + urlencode({"a": SECRET})[2:]
            if told != wanted and (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
                raise HTTPException(401)
            asked = self._codes.pop(form.get("code", ""), None)
            verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
            if asked is None or challenge != asked["code_challenge"]:
                raise HTTPException(400)
            if form["redirect_uri"] != asked["redirect_uri"]:
                raise HTTPException(400)
            now = int(time.time())
            claims = {
                "iss": self.issuer,
                "aud": CLIENT,
                "iat": now,
                "exp": now + 300,
                "nonce": asked["nonce"],
            }
            return JSONResponse(
                {"id_token": self.forge(self.bend({**claims, **self.person})), "token_type": "Bearer"}
            )

        return app


__all__ = ["CLIENT", "SECRET", "ECKey", "IdentityProvider", "OctKey", "RSAKey"]
