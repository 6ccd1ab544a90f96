"""Logging in with an identity provider: one that is honest, and ones that are not."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import serving
from tests.web.security.identity_provider import CLIENT, SECRET, ECKey, IdentityProvider, OctKey, RSAKey
from variorum.ledger import Ledger, Role
from variorum.model import SettingError
from variorum.web import WebSettings
from variorum.web.security.provider_settings import ProviderSettings, read_provider_settings

LINK = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    made = IdentityProvider()
    with serving(made.app) as address:
        made.issuer = address
        yield made


@pytest.fixture
def settings(settings: WebSettings, provider: IdentityProvider) -> WebSettings:
    told = ProviderSettings(
        issuer=provider.issuer,
        client=CLIENT,
        secret=SECRET,
        address="https://localhost",
        title="the institute",
        roles={"desk": Role.ANALYST, "all": Role.READER},
    )
    return replace(settings, provider=told)


def leave(client: TestClient, asked: str = "/incidents") -> str:
    """Where the provider sends the browser back to, after leaving for it."""
    answer = client.get("/login/provider", params={"next": asked})
    assert answer.status_code == 303
    there = httpx.get(answer.headers["location"], follow_redirects=False, trust_env=False)
    assert there.status_code == 303, there.text
    return there.headers["location"]


def come(client: TestClient, asked: str = "/incidents") -> httpx.Response:
    return client.get(leave(client, asked), headers=LINK)


def assert_refused(answer: httpx.Response, ledger: Ledger, why: str = "") -> None:
    assert answer.status_code == 403, answer.text
    assert "You could not be logged in." in answer.text
    assert why in answer.text
    assert "__Host-variorum=" not in answer.headers.get("set-cookie", "")
    assert "Paula" not in [one.name for one in ledger.people.all()]


def test_whom_the_provider_vouches_for_comes_in(client: TestClient, ledger: Ledger) -> None:
    assert "Log in with the institute" in client.get("/login").text
    answer = come(client, "/incidents?as-of=2031-05-06")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents?as-of=2031-05-06")
    page = client.get("/me")
    assert "Paula" in page.text
    assert "Analyst" in page.text
    assert 'name="current"' not in page.text, "there is no password to change"
    assert [(one.recorded_by, one.kind) for one in ledger.people.history(1)] == [
        ("identity provider", "added")
    ]


def test_the_cookie_of_a_login_under_way_is_guarded_and_gone_afterwards(client: TestClient) -> None:
    cookie = client.get("/login/provider").headers["set-cookie"]
    assert cookie.startswith("__Host-variorum-login=")
    assert {"httponly", "secure", "samesite=lax", "max-age=600"} <= {
        part.strip().lower() for part in cookie.split(";")
    }
    come(client)
    assert "__Host-variorum-login" not in client.cookies


def test_a_role_that_is_taken_away_there_is_taken_away_here(
    client: TestClient, ledger: Ledger, provider: IdentityProvider
) -> None:
    come(client)
    provider.person["roles"] = "all"
    come(client)
    assert ledger.people.find("Paula").role is Role.READER
    provider.person["roles"] = ["something else"]
    answer = come(client)
    assert answer.status_code == 403
    assert "no role here" in answer.text


def test_who_was_removed_here_stays_out(client: TestClient, ledger: Ledger) -> None:
    come(client)
    ledger.people.remove("Paula", by="Admin Adam")
    assert come(client).status_code == 403


def test_nobody_becomes_somebody_who_has_a_password(
    client: TestClient, provider: IdentityProvider, ledger: Ledger
) -> None:
    provider.person["preferred_username"] = "admin adam"
    answer = come(client)
    assert answer.status_code == 400
    assert "This name is taken" in answer.text
    assert client.get("/incidents").status_code == 303


def test_a_provider_that_takes_the_secret_in_the_form(client: TestClient, provider: IdentityProvider) -> None:
    provider.document["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert come(client).status_code == 303


def test_a_provider_may_change_its_key(client: TestClient, provider: IdentityProvider, app: Any) -> None:
    come(client)
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    assert come(client).status_code == 403, "the keys were asked for a moment ago"
    app.state.provider._clock = lambda: time.time() + 61
    assert come(client).status_code == 303


def test_elliptic_curves_are_understood(client: TestClient, provider: IdentityProvider) -> None:
    provider.key = ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"})
    provider.forge = lambda claims: provider.signed(claims, algorithm="ES256")
    assert come(client).status_code == 303


# Answers that are not as they must be


def without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def changed(**values: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {**claims, **values}


NOW = int(time.time())


@pytest.mark.parametrize(
    ("bend", "why"),
    [
        (changed(nonce="another"), "was made for another login"),
        (without("nonce"), "was made for another login"),
        (changed(iss="https://attacker.example"), "another provider"),
        (without("iss"), "another provider"),
        (changed(aud="another client"), "is for somebody else"),
        (changed(aud=[CLIENT, "another"]), "is for somebody else"),
        (changed(aud=[CLIENT, "another"], azp="another"), "is for somebody else"),
        (without("aud"), "is for somebody else"),
        (changed(exp=NOW - 3600), "has ended"),
        (without("exp"), "does not say when"),
        (changed(exp="tomorrow"), "does not say when"),
        (changed(exp=True), "does not say when"),
        (changed(iat=NOW - 7200), "is not of this time"),
        (changed(iat=NOW + 7200), "is not of this time"),
        (changed(nbf=NOW + 7200), "does not hold yet"),
        (changed(sub=""), "does not say who you are"),
        (changed(sub=7), "does not say who you are"),
        (without("preferred_username"), "has no preferred_username"),
        (changed(roles=[]), "no role here"),
        (changed(roles={"desk": True}), "no role here"),
        (without("roles"), "no role here"),
    ],
)
def test_claims_that_do_not_hold(
    bend: Callable[[dict[str, Any]], dict[str, Any]],
    why: str,
    client: TestClient,
    ledger: Ledger,
    provider: IdentityProvider,
) -> None:
    provider.bend = bend
    assert_refused(come(client), ledger, why.replace("'", "&#39;"))


def unsigned(claims: dict[str, Any]) -> str:
    def part(told: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part(claims)}."


def test_signatures_that_do_not_hold(client: TestClient, ledger: Ledger, provider: IdentityProvider) -> None:
    other = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    public = provider.key.as_pem(private=False)
    shared = OctKey.import_key("a shared key of enough length, is it not", {"kid": "shared"})
    provider.extra_keys = [shared.as_dict(private=True)]
    confused = OctKey.import_key(public.replace(b"-----", b"").strip(), {"kid": "one"})
    for forge in (
        unsigned,
        lambda claims: provider.signed(claims, key=other),
        lambda claims: provider.signed(claims, key=shared, algorithm="HS256"),
        lambda claims: provider.signed(claims, key=confused, algorithm="HS256"),
        lambda claims: provider.signed(claims)[:-8] + "AAAAAAAA",
        lambda claims: provider.signed(claims).rpartition(".")[0] + ".",
        lambda claims: "nonsense",
        lambda claims: "",
    ):
        provider.forge = forge
        assert_refused(come(client), ledger)
    provider.forge = lambda claims: 7
    assert_refused(come(client), ledger, "no token")


def test_a_coming_back_cannot_be_repeated(client: TestClient, provider: IdentityProvider) -> None:
    back = leave(client)
    cookie = client.cookies["__Host-variorum-login"]
    assert client.get(back, headers=LINK).status_code == 303
    assert client.get(back, headers=LINK).status_code == 403, "the cookie is gone"
    client.cookies.set("__Host-variorum-login", cookie, domain="localhost.local", path="/")
    assert client.get(back, headers=LINK).status_code == 403, "and the provider takes its code once"


def test_nobody_is_logged_in_by_the_link_of_another(
    new_client: Callable[[], TestClient], ledger: Ledger
) -> None:
    """Login CSRF: an attacker's own coming back, opened in another's browser."""
    attacker, victim = new_client(), new_client()
    back = leave(attacker)
    assert_refused(victim.get(back, headers=LINK), ledger, "was not begun in this browser")
    leave(victim)
    assert_refused(victim.get(back, headers=LINK), ledger, "was not begun in this browser")


@pytest.mark.parametrize(
    "query",
    ["", "?code=x", "?state=&code=x", "?state=x&code=x", "?error=access_denied", "?code=x&state=%00%ff"],
)
def test_coming_back_with_nonsense(query: str, client: TestClient, ledger: Ledger) -> None:
    client.get("/login/provider")
    assert_refused(client.get(f"/login/provider/back{query}", headers=LINK), ledger)
    assert_refused(client.get(f"/login/provider/back{query}", headers=LINK), ledger)


def test_another_providers_answer_is_not_taken(client: TestClient, ledger: Ledger) -> None:
    back = leave(client).replace("iss=http", "iss=https")
    assert_refused(client.get(back, headers=LINK), ledger, "Another provider answered")


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://attacker.example"},
        {"token_endpoint": "http://attacker.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_says_odd_things_of_itself(
    document: dict[str, Any], client: TestClient, provider: IdentityProvider, ledger: Ledger
) -> None:
    provider.document = document
    assert_refused(client.get("/login/provider"), ledger)


def test_a_provider_that_is_gone_is_told(client: TestClient, app: Any) -> None:
    app.state.provider.settings = replace(app.state.provider.settings, issuer="http://127.0.0.1:9")
    answer = client.get("/login/provider")
    assert answer.status_code == 503
    assert "identity provider cannot be asked" in answer.text


@pytest.mark.parametrize("asked", ["https://attacker.example", "//attacker.example", "/\\attacker.example"])
def test_no_login_by_provider_leads_to_another_site(asked: str, client: TestClient) -> None:
    assert come(client, asked).headers["location"] == "/incidents"


# Settings


GOOD = {
    "issuer": "https://login.example.org",
    "client": "variorum",
    "secret_file": "secret",
    "address": "https://room.example.org/",
    "roles": {"desk": "analyst"},
}


def written(folder: Path, told: object) -> Path:
    (folder / "secret").write_text("hush\n", encoding="utf-8")
    path = folder / "oidc.yaml"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_settings_are_read_and_the_secret_is_not_shown(tmp_path: Path) -> None:
    found = read_provider_settings(written(tmp_path, GOOD))
    assert (found.secret, found.address, found.roles) == (
        "hush",
        "https://room.example.org",
        {"desk": Role.ANALYST},
    )
    assert "hush" not in repr(found)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"issuer": "http://login.example.org"}, "https://"),
        ({"issuer": "http://localhost.attacker.example"}, "https://"),
        ({"client": None}, "client is missing"),
        ({"colour": "blue"}, "colour is unknown"),
        ({"secret_file": "none"}, "secret_file cannot be read"),
        ({"roles": {"desk": "king"}}, "reader, analyst, admin"),
        ({"roles": ["desk"]}, "reader, analyst, admin"),
        ({"title": 7}, "title is no text"),
    ],
)
def test_settings_that_make_no_sense_are_refused(changes: dict[str, Any], why: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=why):
        read_provider_settings(written(tmp_path, {**GOOD, **changes}))
