"""A first login, a sign-up, tying and untying: what comes of an arrival, and what never does."""

from datetime import timedelta

import pytest
import time_machine

from matchmaker.accounts.models import Account, SignInSession
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.federation import metadata
from matchmaker.federation.models import Identity, ProviderKind, ProviderVisit
from matchmaker.federation.visits import forget_old_visits
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Membership, MembershipStatus, Organisation
from matchmaker.vocabulary import OrganisationKind, Role
from tests.factories import people
from tests.factories.client import Client
from tests.federation.provider import FOREIGN_KEY, Provider, signed
from tests.federation.scenes import (
    address_in,
    come_back,
    is_in,
    known,
    leave,
    lecturer,
    letters_to,
    link_path,
    path_of,
    provider_row,
    register,
    sign_in,
)

TIE = "/inloggen/koppelen/"
SIGN_UP = "/aanmelden/organisatie/"
MAIL = "/inloggen/organisatie/mail"


def says(address: str, **more: object) -> dict[str, object]:
    return {"sub": "persoon-1", "email": address, "email_verified": True, **more}


def test_who_is_known_goes_to_the_page_they_came_for_in_a_new_session(
    client: Client, school: Organisation, provider: Provider
) -> None:
    person = known(school)
    answer = sign_in(client, school, provider, target="/school/vragen/nieuw?soort=guest_lecture")
    assert answer.location == "/school/vragen/nieuw?soort=guest_lecture"
    first = client.get_cookie("matchmaker")
    events = [each.action for each in db.session.query(AuditEvent).filter_by(actor_id=person.id)]
    assert events == ["sign_in_by_provider", "sign_in"]
    client.post("/uitloggen")
    sign_in(client, school, provider)
    second = client.get_cookie("matchmaker")
    assert first is not None and second is not None and first.value != second.value


def test_who_is_signed_in_already_gets_a_new_session_and_the_old_one_ends(
    client: Client, school: Organisation, provider: Provider
) -> None:
    person = known(school)
    client.sign_in(person)
    (old,) = db.session.query(SignInSession.token_hash).all()
    sign_in(client, school, provider)
    (new,) = db.session.query(SignInSession.token_hash).all()
    assert old != new


def test_the_domain_of_an_address_finds_the_provider_and_tells_no_accounts(
    client: Client, school: Organisation, provider: Provider
) -> None:
    person = lecturer(school, email="bekend@school.example")
    pages = [
        client.post("/inloggen/organisatie", data={"email": address})
        for address in (person.email, "onbekend@school.example", "wie@onder.school.example")
    ]
    assert [urls.split("?")[0] for urls in map(address_in, pages)] == [f"{provider.issuer}/inloggen"] * 3
    elsewhere = client.post("/inloggen/organisatie", data={"email": "wie@elders.example"})
    assert "Wij kennen bij dit adres geen organisatie" in elsewhere.text


def test_the_sign_in_page_offers_it_only_where_it_can_be_done(client: Client, app: object) -> None:
    assert "Log in met uw organisatie" not in client.get("/inloggen").text
    register(people.institution(), "https://login.school.example")
    db.session.flush()
    assert "Log in met uw organisatie" in client.get("/inloggen").text


def test_a_first_login_ties_by_a_letter_once(client: Client, school: Organisation, provider: Provider) -> None:
    person = lecturer(school, email="docent@school.example")
    provider.person = says("Docent@School.example")
    assert path_of(sign_in(client, school, provider)) == MAIL
    assert not is_in(client) and db.session.query(Identity).count() == 0
    path = link_path(person.email, "identity_to_tie", TIE)
    assert "docent@school.example" in client.get(path).text
    assert db.session.query(Identity).count() == 0
    assert path_of(client.post(path)) == "/start"
    assert is_in(client)
    client.post("/uitloggen")
    assert client.post(path).status_code == 410
    assert sign_in(client, school, provider).location == "/start"
    assert letters_to(person.email) == ["identity_to_tie", "identity_tied"]


def test_the_link_of_a_tie_works_in_no_other_browser(
    client: Client, school: Organisation, provider: Provider, other: Client
) -> None:
    """A stranger's login, and a victim who opens the letter: nothing is tied."""
    person = lecturer(school, email="slachtoffer@school.example")
    provider.person = says(person.email, sub="aanvaller")
    sign_in(client, school, provider)
    path = link_path(person.email, "identity_to_tie", TIE)
    assert (other.get(path).status_code, other.post(path).status_code) == (400, 400)
    other.sign_in(person)
    assert (other.get(path).status_code, other.post(path).status_code) == (400, 400)
    assert db.session.query(Identity).count() == 0


def test_the_link_of_a_tie_lasts_a_day(client: Client, school: Organisation, provider: Provider) -> None:
    person = lecturer(school, email="docent@school.example")
    provider.person = says(person.email)
    sign_in(client, school, provider)
    path = link_path(person.email, "identity_to_tie", TIE)
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        assert client.post(path).status_code == 410


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}, {"email": None}, {"email": ["x"]},
     {"email": "geen adres"}, {"email": "a@school.example\r\nBcc: b@elders.example"}],
)  # fmt: skip
def test_an_address_that_is_not_confirmed_ties_nothing(
    client: Client, school: Organisation, provider: Provider, claims: dict[str, object]
) -> None:
    person = lecturer(school, email="docent@school.example")
    provider.person = {**says(person.email), **claims}
    assert sign_in(client, school, provider).status_code == 400
    assert letters_to(person.email) == [] and not is_in(client)


def test_an_address_with_a_new_owner_opens_nothing_of_the_old_one(
    client: Client, school: Organisation, provider: Provider
) -> None:
    person = known(school, "de vorige")
    provider.person = says(person.email, sub="de nieuwe")
    assert path_of(sign_in(client, school, provider)) == MAIL
    assert letters_to(person.email) == [] and not is_in(client)
    assert db.session.query(AuditEvent).filter_by(action="refuse_arrival").one().details["reason"] == "changed_subject"


def test_a_known_address_of_elsewhere_is_not_taken_over(
    client: Client, school: Organisation, provider: Provider
) -> None:
    """The provider of one organisation says an address of another."""
    person = people.member(Role.OFFICER, people.municipality(), who=people.account(email="loket@stad.example"))
    provider.person = says(person.email)
    assert path_of(sign_in(client, school, provider)) == MAIL
    assert letters_to(person.email) == ["account_exists"] and not is_in(client)


def test_an_administrator_of_the_platform_gets_no_link(
    client: Client, school: Organisation, provider: Provider
) -> None:
    person = lecturer(school, email="baas@school.example")
    people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM), who=person)
    provider.person = says(person.email)
    assert path_of(sign_in(client, school, provider)) == MAIL
    assert letters_to(person.email) == []


def test_the_page_is_the_same_for_known_and_unknown(client: Client, school: Organisation, provider: Provider) -> None:
    lecturer(school, email="bekend@school.example")
    pages = []
    for number, address in enumerate(("bekend@school.example", "nieuw@school.example", "wie@elders.example")):
        provider.person = says(address, sub=f"persoon-{number}")
        answer = sign_in(client, school, provider)
        pages.append((answer.status_code, answer.location))
    assert len(set(pages)) == 1


def test_at_most_three_letters_an_hour(client: Client, school: Organisation, provider: Provider) -> None:
    person = lecturer(school, email="docent@school.example")
    provider.person = says(person.email)
    for _ in range(5):
        assert path_of(sign_in(client, school, provider)) == MAIL
    assert letters_to(person.email) == ["identity_to_tie"] * 3


def test_a_sign_up_by_the_provider_waits_for_an_administrator_as_any_other(
    client: Client, school: Organisation, provider: Provider
) -> None:
    boss = people.member(Role.ORG_ADMIN, school)
    provider.person = says("nieuw@school.example", name="Nieuwe Docent")
    sign_in(client, school, provider)
    assert letters_to("nieuw@school.example") == ["confirm_address"]
    assert db.session.query(Account).filter_by(email="nieuw@school.example").count() == 0
    path = link_path("nieuw@school.example", "confirm_address", SIGN_UP)
    assert 'value="Nieuwe Docent"' in client.get(path).text
    answer = client.post(path, data={"display_name": "Nieuwe Docent", "role": "lecturer"})
    assert path_of(answer) == "/aanmelden/klaar"
    made = db.session.query(Membership).join(Membership.account).filter(Account.email == "nieuw@school.example").one()
    assert (made.status, made.organisation_id) == (MembershipStatus.ASKED, school.id)
    assert letters_to(boss.email) == ["sign_up_to_confirm"]
    assert sign_in(client, school, provider).location == "/start"
    assert client.get("/school/vragen").status_code in (403, 404)


def test_a_sign_up_link_works_once_and_in_no_other_browser(
    client: Client, school: Organisation, provider: Provider, other: Client
) -> None:
    people.member(Role.ORG_ADMIN, school)
    provider.person = says("nieuw@school.example")
    sign_in(client, school, provider)
    path, data = (
        link_path("nieuw@school.example", "confirm_address", SIGN_UP),
        {"display_name": "N", "role": "lecturer"},
    )
    assert other.post(path, data=data).status_code == 400
    assert client.post(path, data={**data, "role": "organisation_admin"}).status_code == 200
    assert client.post(path, data=data).status_code == 302
    assert client.post(path, data=data).status_code == 410
    assert db.session.query(Identity).count() == 1


def test_signed_in_one_ties_without_a_letter_also_without_an_address(
    client: Client, school: Organisation, provider: Provider
) -> None:
    person = lecturer(school)
    client.sign_in(person)
    assert "Inloggen met uw organisatie" in client.get("/account").text
    brought = provider.authorize(address_in(client.post(f"/account/organisatie-login/{school.id}/koppelen")))
    assert path_of(come_back(client, school, brought)) == "/account"
    assert letters_to(person.email) == ["identity_tied"]
    client.post("/uitloggen")
    assert sign_in(client, school, provider).location == "/start"


def test_a_tie_that_another_began_is_not_finished_by_who_is_signed_in_now(
    client: Client, school: Organisation, provider: Provider
) -> None:
    one, two = lecturer(school), lecturer(school)
    client.sign_in(one)
    brought = provider.authorize(address_in(client.post(f"/account/organisatie-login/{school.id}/koppelen")))
    with client.session_transaction() as kept:
        mark = kept["provider_visit"]
    client.post("/uitloggen")
    client.sign_in(two)
    with client.session_transaction() as kept:
        kept["provider_visit"] = mark
    assert come_back(client, school, brought).status_code == 400
    assert db.session.query(Identity).count() == 0


def test_one_identity_opens_one_account(client: Client, school: Organisation, provider: Provider) -> None:
    known(school)
    second = lecturer(school)
    client.sign_in(second)
    brought = provider.authorize(address_in(client.post(f"/account/organisatie-login/{school.id}/koppelen")))
    come_back(client, school, brought)
    assert "hoort al bij een ander account" in client.get("/account").text
    assert db.session.query(Identity).filter_by(account_id=second.id).count() == 0


def test_untying_ends_it_and_only_ones_own(
    client: Client, school: Organisation, provider: Provider, other: Client
) -> None:
    person, stranger = known(school), lecturer(school)
    (identity,) = db.session.query(Identity).all()
    path = f"/account/organisatie-login/{identity.id}/loskoppelen"
    other.sign_in(stranger)
    assert other.post(path).status_code == 404
    client.sign_in(person)
    assert client.post(path).status_code == 302
    assert letters_to(person.email) == ["identity_untied"]
    client.post("/uitloggen")
    assert sign_in(client, school, provider).status_code == 400


def test_nobody_ties_the_login_of_an_organisation_they_are_not_in(client: Client, school: Organisation) -> None:
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert client.post(f"/account/organisatie-login/{school.id}/koppelen").status_code == 404


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"schac_home_organization": "school.example"}, 302),
        ({"schac_home_organization": "onder.school.example", "eduperson_affiliation": ["employee"]}, 302),
        ({}, 302),
        ({"schac_home_organization": "andere-school.example"}, 400),
        ({"schac_home_organization": "nepschool.example"}, 400),
        ({"schac_home_organization": ["school.example"]}, 400),
    ],
)
def test_surfconext_lets_in_who_is_of_this_school(
    client: Client, school: Organisation, provider: Provider, claims: dict[str, object], status: int
) -> None:
    """One issuer for every school: what tells them apart comes from userinfo, and may be missing."""
    provider_row(school).kind = ProviderKind.SURFCONEXT
    known(school)
    provider.userinfo = {"sub": "persoon-1", **claims}
    assert sign_in(client, school, provider).status_code == status
    assert is_in(client) is (status == 302)


def test_surfconext_gives_addresses_in_userinfo_and_only_those_of_the_school_count(
    client: Client, school: Organisation, provider: Provider
) -> None:
    provider_row(school).kind = ProviderKind.SURFCONEXT
    db.session.flush()
    for address, status in (("docent@school.example", 302), ("docent@gmail.example", 400)):
        provider.userinfo = {"sub": "persoon-1", "email": address, "eduperson_principal_name": "d@school.example"}
        assert sign_in(client, school, provider).status_code == status
    assert [each.to_address for each in db.session.query(Letter)] == ["docent@school.example"]


@pytest.mark.parametrize(
    ("claims", "gets_in"),
    [
        ({"tid": "huurder", "oid": "mens"}, True),
        ({"tid": "andere-huurder", "oid": "mens"}, False),
        ({"tid": "huurder", "oid": "ander-mens"}, False),
        ({"tid": "huurder"}, False),
        ({"oid": "mens"}, False),
        ({"tid": "http:", "oid": "mens"}, False),
        ({"tid": ["huurder"], "oid": "mens"}, False),
    ],
)
def test_of_entra_tenant_and_object_count(
    client: Client, school: Organisation, provider: Provider, claims: dict[str, object], gets_in: bool
) -> None:
    row = provider_row(school)
    provider.issuer += "/huurder"
    row.kind, row.issuer = ProviderKind.ENTRA, provider.issuer
    known(school, "huurder/mens")
    provider.person = {"sub": "paarsgewijs", **claims}
    sign_in(client, school, provider)
    assert is_in(client) is gets_in


def test_an_address_that_entra_did_not_get_from_the_organisation_counts_for_nothing(
    client: Client, school: Organisation, provider: Provider
) -> None:
    """Anyone with a tenant of their own can type any address there."""
    row = provider_row(school)
    provider.issuer += "/huurder"
    row.kind, row.issuer = ProviderKind.ENTRA, provider.issuer
    person = lecturer(school, email="docent@thuis.example")
    provider.person = {"sub": "x", "tid": "huurder", "oid": "y", "email": person.email, "email_verified": True}
    assert sign_in(client, school, provider).status_code == 400
    assert letters_to(person.email) == []


@pytest.mark.parametrize(
    ("trusted", "claims", "proved"),
    [
        (True, {"amr": ["pwd", "mfa"]}, True),
        (True, {"acr": "http://surfconext.nl/assurance/loa2"}, True),
        (True, {"amr": ["pwd"]}, False),
        (True, {"amr": "mfa"}, False),
        (True, {"amr": [["mfa"]]}, False),
        (False, {"amr": ["mfa"]}, False),
    ],
)
def test_a_second_step_counts_when_it_is_said_and_trusted(
    client: Client, school: Organisation, provider: Provider, trusted: bool, claims: dict[str, object], proved: bool
) -> None:
    provider_row(school).trusted_second_step = trusted
    known(school)
    provider.person = {"sub": "persoon-1", **claims}
    sign_in(client, school, provider)
    event = db.session.query(AuditEvent).filter_by(action="sign_in_by_provider").one()
    assert event.details["second_step"] is proved


def test_a_key_that_was_changed_at_the_provider_is_found_again(
    client: Client, school: Organisation, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "KEYS_AGAIN_SECONDS", 0.0)
    known(school)
    brought = provider.authorize(leave(client, school))
    new = {**FOREIGN_KEY.as_dict(private=False), "kid": "twee"}
    provider.change_keys = lambda said: said.update(keys=[new])
    provider.sign = lambda claims: signed(claims, key=FOREIGN_KEY, kid="twee")
    assert come_back(client, school, brought).location == "/start"


def test_what_is_kept_of_a_visit_is_no_secret_and_goes_after_a_day(
    client: Client, school: Organisation, provider: Provider
) -> None:
    brought = provider.authorize(leave(client, school))
    (visit,) = db.session.query(ProviderVisit).all()
    (grant,) = provider.grants.values()
    kept = (visit.state_hash, visit.nonce_hash, visit.browser_hash, visit.verifier)
    assert not {brought["state"], brought["code"], grant.nonce} & set(kept)
    assert forget_old_visits() == 0
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        assert forget_old_visits() == 1


def test_no_code_token_or_secret_stands_in_a_log(
    client: Client, school: Organisation, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    known(school)
    tokens: list[str] = []
    provider.change_answer = lambda said: tokens.extend([said["id_token"], said["access_token"]])
    with caplog.at_level("DEBUG"):
        brought = provider.authorize(leave(client, school))
        come_back(client, school, brought)
        provider.change_claims = lambda claims: claims.update(nonce="x")
        brought_again = provider.authorize(leave(client, school))
        come_back(client, school, brought_again)
    ours = "\n".join(each.getMessage() for each in caplog.records if each.name != "werkzeug")
    for secret in (*tokens, "een heel lang geheim", brought["code"], brought["state"], brought_again["code"]):
        assert secret not in ours
    assert len(tokens) == 4
