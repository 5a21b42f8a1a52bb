"""Everything someone could forge between a provider and us. Each case has a known person who would get in: 0 do."""

import hmac
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from matchmaker.accounts.models import AccountStatus, SignInSession
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.federation.actions import save_provider, switch_provider
from matchmaker.federation.models import Identity, ProviderKind
from matchmaker.organisations.models import MembershipStatus, Organisation
from matchmaker.outgoing.lines import wake_all
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.federation.provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    FOREIGN_KEY,
    KEY,
    Provider,
    in_base64,
    serving_provider,
    signed,
    unsigned,
)
from tests.federation.scenes import come_back, is_in, known, leave, provider_row, register, sign_in

Claims = dict[str, Any]


def put(**values: Any) -> Callable[[Claims], None]:
    return lambda claims: claims.update(values)


def drop(name: str) -> Callable[[Claims], None]:
    return lambda claims: claims.pop(name, None)


def later(name: str, seconds: int) -> Callable[[Claims], None]:
    return lambda claims: claims.update({name: int(time.time()) + seconds})


def with_secret(secret: bytes, **header: Any) -> Callable[[Claims], str]:
    def sign(claims: Claims) -> str:
        said = unsigned({"alg": "HS256", **header}, claims).rpartition(".")[0]
        return f"{said}.{in_base64(hmac.digest(secret, said.encode(), 'sha256'))}"

    return sign


def tampered(claims: Claims) -> str:
    head, _, signature = signed({**claims, "sub": "iemand-anders"}).split(".")
    return ".".join((head, unsigned({}, claims).split(".")[1], signature))


PUBLIC_PEM = KEY.as_pem(private=False)
WEAK_KEY = {"kty": "RSA", "kid": "een", "e": "AQAB", "n": "w" * 171}
CLAIMS: dict[str, Callable[[Claims], None]] = {
    "another issuer": put(iss="https://elders.example"),
    "an issuer with a stroke more": lambda claims: claims.update(iss=claims["iss"] + "/"),
    "an issuer that is a list": lambda claims: claims.update(iss=[claims["iss"]]),
    "no issuer": drop("iss"),
    "another audience": put(aud="een-ander"),
    "one audience more": put(aud=[CLIENT_ID, "een-ander"]),
    "no audience": drop("aud"),
    "an empty list of audiences": put(aud=[]),
    "another authorised party": put(azp="een-ander"),
    "another nonce": put(nonce="iets anders"),
    "no nonce": drop("nonce"),
    "a nonce that is no text": put(nonce=7),
    "expired": later("exp", -120),
    "no expiry": drop("exp"),
    "an expiry that is no number": put(exp="straks"),
    "made in the future": later("iat", 600),
    "made long ago": later("iat", -3600),
    "not when it was made": drop("iat"),
    "not yet valid": later("nbf", 600),
    "no subject": drop("sub"),
    "an empty subject": put(sub=""),
    "a subject that is a number": put(sub=1),
    "a subject that is a list": put(sub=["persoon-1"]),
    "a subject too long": put(sub="x" * 300),
    "made for another access token": put(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}
SIGNATURES: dict[str, Callable[[Claims], str]] = {
    "alg none": lambda claims: unsigned({"alg": "none"}, claims),
    "alg None with capitals": lambda claims: unsigned({"alg": "nOnE"}, claims),
    "no alg at all": lambda claims: unsigned({}, claims),
    "signed with our public key as a shared secret": with_secret(PUBLIC_PEM, kid="een"),
    "signed with the client secret": with_secret(CLIENT_SECRET.encode()),
    "a foreign key under the same name": lambda claims: signed(claims, key=FOREIGN_KEY),
    "a foreign key that comes along": lambda claims: signed(
        claims, key=FOREIGN_KEY, jwk=FOREIGN_KEY.as_dict(private=False)
    ),
    "a foreign key at another address": lambda claims: signed(claims, key=FOREIGN_KEY, jku="https://elders.example/k"),
    "a key nobody has": lambda claims: signed(claims, key=FOREIGN_KEY, kid="twee"),
    "the signature taken off": lambda claims: signed(claims).rpartition(".")[0] + ".",
    "only two parts": lambda claims: signed(claims).rpartition(".")[0],
    "changed after it was signed": tampered,
    "a header we must understand and do not": lambda claims: signed(claims).replace(
        signed(claims).split(".")[0], unsigned({"alg": "RS256", "kid": "een", "crit": ["x"], "x": 1}, {}).split(".")[0]
    ),
    "encrypted": lambda _claims: "a.b.c.d.e",
    "no token but words": lambda _claims: "hallo",
    "characters that are not ASCII": lambda claims: signed(claims) + "é",
    "far too long": lambda claims: signed({**claims, "x": "x" * 60_000}),
}
ANSWERS: dict[str, Callable[[Claims], None]] = {
    "no token of identity": drop("id_token"),
    "a token of identity that is a list": put(id_token=["x"]),
    "an access token with a line in it": put(access_token="x\r\nX-Iets: 1"),
}
DESCRIPTIONS: dict[str, Callable[[Claims], None]] = {
    "a description of another issuer": put(issuer="https://elders.example"),
    "no PKCE but plain": put(code_challenge_methods_supported=["plain"]),
    "keys in the cloud's metadata": put(jwks_uri="http://169.254.169.254/keys"),
    "a token endpoint in a private network": put(token_endpoint="https://10.0.0.1/token"),
    "a token endpoint that is a file": put(token_endpoint="file:///etc/passwd"),
    "a page to sign in that is a script": put(authorization_endpoint="javascript:alert(1)"),
    "a token endpoint with a user in it": put(token_endpoint="https://a@b.example/token"),
    "no token endpoint": drop("token_endpoint"),
}
KEYS: dict[str, Callable[[Claims], None]] = {
    "a shared secret among the keys": put(keys=[{"kty": "oct", "kid": "een", "k": in_base64(b"geheim" * 6)}]),
    "a key of 1024 bits": put(keys=[WEAK_KEY]),
    "no keys": put(keys=[]),
    "keys that are words": put(keys="geen"),
    "a key for encryption": put(keys=[{**KEY.as_dict(private=False), "use": "enc"}]),
}


@pytest.fixture
def victim(school: Organisation) -> Organisation:
    """The school, with someone who is known by the provider."""
    known(school)
    return school


def nobody_is_in(client: Client) -> bool:
    return not is_in(client) and db.session.query(SignInSession).count() == 0


def reasons() -> list[str]:
    rows = db.session.query(AuditEvent).filter_by(action="refuse_arrival").order_by(AuditEvent.id)
    return [each.details["reason"] for each in rows]


def test_without_a_forgery_the_same_person_gets_in(client: Client, victim: Organisation, provider: Provider) -> None:
    """Else every case below would pass."""
    answer = sign_in(client, victim, provider)
    assert (answer.status_code, answer.location) == (302, "/start")
    assert is_in(client)


def test_there_are_enough_cases() -> None:
    assert len(CLAIMS) + len(SIGNATURES) + len(ANSWERS) + len(DESCRIPTIONS) + len(KEYS) > 50


@pytest.mark.parametrize("case", CLAIMS)
def test_forged_claims(client: Client, victim: Organisation, provider: Provider, case: str) -> None:
    provider.change_claims = CLAIMS[case]
    assert sign_in(client, victim, provider).status_code == 400
    assert provider.token_requests == 1 and nobody_is_in(client) and len(reasons()) == 1


@pytest.mark.parametrize("case", SIGNATURES)
def test_forged_signatures(client: Client, victim: Organisation, provider: Provider, case: str) -> None:
    provider.sign = SIGNATURES[case]
    assert sign_in(client, victim, provider).status_code == 400
    assert provider.token_requests == 1 and nobody_is_in(client) and len(reasons()) == 1


@pytest.mark.parametrize("case", ANSWERS)
def test_forged_answers(client: Client, victim: Organisation, provider: Provider, case: str) -> None:
    provider.change_claims, provider.change_answer = drop("at_hash"), ANSWERS[case]
    assert sign_in(client, victim, provider).status_code == 400
    assert provider.token_requests == 1 and nobody_is_in(client)


@pytest.mark.parametrize("case", DESCRIPTIONS)
def test_forged_descriptions(client: Client, victim: Organisation, provider: Provider, case: str) -> None:
    provider.change_description = DESCRIPTIONS[case]
    answer = client.post("/inloggen/organisatie", data={"organisation": str(victim.id)})
    assert answer.status_code == 503 and "antwoordt niet" in answer.text and "data-go-on" not in answer.text


@pytest.mark.parametrize("case", KEYS)
def test_forged_keys(client: Client, victim: Organisation, provider: Provider, case: str) -> None:
    provider.change_keys = KEYS[case]
    answer = client.post("/inloggen/organisatie", data={"organisation": str(victim.id)})
    assert answer.status_code == 503 and "data-go-on" not in answer.text


def test_userinfo_of_another_subject(client: Client, victim: Organisation, provider: Provider) -> None:
    provider.userinfo = {"sub": "iemand-anders", "email": "baas@school.example", "email_verified": True}
    assert sign_in(client, victim, provider).status_code == 400
    assert nobody_is_in(client) and reasons() == ["other_subject"]


def test_a_token_of_an_earlier_visit(client: Client, victim: Organisation, provider: Provider) -> None:
    caught: list[str] = []
    provider.change_answer = lambda tokens: caught.append(tokens["id_token"])
    sign_in(client, victim, provider)
    client.post("/uitloggen")
    provider.change_answer = lambda tokens: tokens.update(id_token=caught[0])
    assert sign_in(client, victim, provider).status_code == 400
    assert nobody_is_in(client)


@pytest.mark.parametrize("state", ["iets anders", "é", "x" * 5000, "a\tb"])
def test_another_state(client: Client, victim: Organisation, provider: Provider, state: str) -> None:
    brought = provider.authorize(leave(client, victim))
    assert come_back(client, victim, {**brought, "state": state}).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 0


@pytest.mark.parametrize("missing", ["state", "code"])
def test_no_state_or_no_code(client: Client, victim: Organisation, provider: Provider, missing: str) -> None:
    brought = provider.authorize(leave(client, victim))
    assert come_back(client, victim, {**brought, missing: ""}).status_code == 400
    form = {**brought, missing: ""}
    assert client.post(f"/inloggen/organisatie/{victim.id}/terug", data=form).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 0


def test_a_return_that_was_meant_for_another_browser(
    client: Client, victim: Organisation, provider: Provider, other: Client
) -> None:
    """Someone lets another come in under their account, to see what is typed there."""
    leave(client, victim)
    assert come_back(client, victim, provider.authorize(leave(other, victim))).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 0 and reasons() == ["unknown_visit"]


def test_a_browser_that_never_left(client: Client, victim: Organisation, provider: Provider, other: Client) -> None:
    assert come_back(client, victim, provider.authorize(leave(other, victim))).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 0


def test_a_return_used_twice(client: Client, victim: Organisation, provider: Provider) -> None:
    brought = provider.authorize(leave(client, victim))
    mark = client.get_cookie("matchmaker")
    assert mark is not None
    assert come_back(client, victim, brought).status_code == 302
    client.post("/uitloggen")
    client.set_cookie("matchmaker", mark.value)
    assert come_back(client, victim, brought).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 1


def test_a_return_that_failed_cannot_be_tried_again(client: Client, victim: Organisation, provider: Provider) -> None:
    brought = provider.authorize(leave(client, victim))
    provider.change_claims = put(nonce="iets anders")
    assert come_back(client, victim, brought).status_code == 400
    provider.change_claims = lambda _claims: None
    assert come_back(client, victim, brought).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 1


def test_a_stolen_code_in_a_visit_of_ones_own(
    client: Client, victim: Organisation, provider: Provider, other: Client
) -> None:
    """PKCE: the code belongs to the visit it was asked in."""
    stolen = provider.authorize(leave(other, victim))["code"]
    mine = provider.authorize(leave(client, victim))
    assert come_back(client, victim, {**mine, "code": stolen}).status_code == 400
    assert nobody_is_in(client) and provider.refused == [stolen] and reasons() == ["code_refused"]


def test_a_return_too_late(client: Client, victim: Organisation, provider: Provider) -> None:
    brought = provider.authorize(leave(client, victim))
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert come_back(client, victim, brought).status_code == 400
        assert nobody_is_in(client) and provider.token_requests == 0


@pytest.mark.parametrize("named", ["https://elders.example", "HTTP://LOCALHOST", "x"])
def test_a_return_that_names_another_provider(
    client: Client, victim: Organisation, provider: Provider, named: str
) -> None:
    brought = provider.authorize(leave(client, victim))
    assert come_back(client, victim, {**brought, "iss": named}).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 0 and reasons() == ["mix_up"]


def test_a_return_without_a_name_from_a_provider_that_names_itself(
    client: Client, victim: Organisation, provider: Provider
) -> None:
    provider.change_description = put(authorization_response_iss_parameter_supported=True)
    brought = provider.authorize(leave(client, victim))
    assert come_back(client, victim, {**brought, "iss": ""}).status_code == 400
    assert nobody_is_in(client) and provider.token_requests == 0


def test_a_return_at_the_address_of_another_organisation(
    client: Client, victim: Organisation, provider: Provider
) -> None:
    """The code of an honest provider must not be handed to a hostile one."""
    with serving_provider() as hostile:
        elsewhere = people.municipality()
        register(elsewhere, hostile.issuer)
        brought = provider.authorize(leave(client, victim))
        assert come_back(client, elsewhere, {**brought, "iss": ""}).status_code == 400
        assert nobody_is_in(client) and (hostile.token_requests, provider.token_requests) == (0, 0)


def test_a_hostile_provider_cannot_be_someone_of_another(
    client: Client, victim: Organisation, provider: Provider
) -> None:
    """It signs well, for the same subject, and is the provider of somebody else."""
    with serving_provider() as hostile:
        elsewhere = people.municipality()
        register(elsewhere, hostile.issuer)
        assert sign_in(client, elsewhere, hostile).status_code == 400
        hostile.change_claims = put(iss=provider.issuer)
        assert sign_in(client, elsewhere, hostile).status_code == 400
        assert nobody_is_in(client)


def test_a_provider_that_was_switched_off_meanwhile(client: Client, victim: Organisation, provider: Provider) -> None:
    brought = provider.authorize(leave(client, victim))
    switch_provider(provider_row(victim), on=False, by=people.account())
    assert come_back(client, victim, brought).status_code == 404
    assert nobody_is_in(client)


def test_a_provider_that_was_replaced_meanwhile(client: Client, victim: Organisation, provider: Provider) -> None:
    """Who takes over the settings gets none of the people."""
    brought = provider.authorize(leave(client, victim))
    with serving_provider() as hostile:
        hostile.grants = provider.grants
        row = save_provider(
            victim,
            kind=ProviderKind.OTHER,
            issuer=hostile.issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            trusted_second_step=False,
            by=people.account(),
        )
        switch_provider(row, on=True, by=people.account())
        assert db.session.query(Identity).count() == 0
        assert come_back(client, victim, {**brought, "iss": ""}).status_code == 400
        assert nobody_is_in(client)


@pytest.mark.parametrize("error", ["access_denied", "server_error", "<script>alert(1)</script>"])
def test_an_error_instead_of_a_code(client: Client, victim: Organisation, provider: Provider, error: str) -> None:
    brought = provider.authorize(leave(client, victim))
    answer = come_back(client, victim, {"error": error, "error_description": error, "state": brought["state"]})
    assert answer.status_code == 400 and "<script>alert" not in answer.text
    assert nobody_is_in(client)


def test_someone_whose_account_is_closed(client: Client, school: Organisation, provider: Provider) -> None:
    known(school).status = AccountStatus.DISABLED
    db.session.flush()
    assert sign_in(client, school, provider).status_code == 400
    assert nobody_is_in(client) and reasons() == ["not_let_in"]


def test_someone_who_left_the_organisation(client: Client, school: Organisation, provider: Provider) -> None:
    person = known(school)
    people.member(Role.OFFICER, people.municipality(), who=person)
    next(each for each in person.memberships if each.organisation_id == school.id).status = MembershipStatus.ENDED
    db.session.flush()
    assert sign_in(client, school, provider).status_code == 400
    assert nobody_is_in(client)


@pytest.mark.parametrize("role", [Role.PLATFORM_ADMIN, Role.ORG_ADMIN])
def test_an_administrator_of_something_else(
    client: Client, school: Organisation, provider: Provider, role: Role
) -> None:
    person = known(school)
    people.member(role, people.role_home(role), who=person)
    assert sign_in(client, school, provider).status_code == 400
    assert nobody_is_in(client)


@pytest.mark.parametrize("target", ["https://elders.example/", "//elders.example", "/\\elders.example", "javascript:x"])
def test_nobody_is_sent_to_another_site(client: Client, victim: Organisation, provider: Provider, target: str) -> None:
    assert sign_in(client, victim, provider, target=target).location == "/start"


def test_a_provider_that_stumbles_lets_nobody_in(client: Client, victim: Organisation, provider: Provider) -> None:
    brought = provider.authorize(leave(client, victim))
    provider.sign = lambda _claims: 1 / 0  # type: ignore[assignment,return-value]
    assert come_back(client, victim, brought).status_code == 503
    wake_all()
    assert nobody_is_in(client)
