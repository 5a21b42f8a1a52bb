"""An administrator sets up the login of an organisation."""

from collections.abc import Iterator

import pytest

from matchmaker.accounts.models import Account
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.federation.metadata import forget_descriptions
from matchmaker.federation.models import Identity, IdentityProvider
from matchmaker.federation.visits import SECRET_OF_CLIENT
from matchmaker.organisations.models import Organisation
from matchmaker.outgoing.client import use_loopback
from matchmaker.outgoing.lines import wake_all
from matchmaker.sealing import unseal
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.federation.provider import Provider, serving_provider

SECRET = "het geheim van de login"


@pytest.fixture(autouse=True)
def loopback() -> Iterator[None]:
    use_loopback(True)
    wake_all()
    forget_descriptions()
    yield
    use_loopback(False)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving_provider() as made:
        yield made


@pytest.fixture
def school(client: Client) -> Organisation:
    """A school whose administrator is signed in."""
    made = people.institution()
    client.sign_in(people.member(Role.ORG_ADMIN, made))
    return made


def form(issuer: str, **changes: str) -> dict[str, str]:
    typed = {"kind": "other", "issuer": issuer, "client_id": "ons", "client_secret": SECRET, **changes}
    row = db.session.query(IdentityProvider).one_or_none()
    return {**typed, "version": str(row.version)} if row else typed


def save(client: Client, school: Organisation, issuer: str, **changes: str) -> int:
    return client.post(f"/beheer/organisaties/{school.id}/inloggen", data=form(issuer, **changes)).status_code


def row() -> IdentityProvider:
    db.session.expire_all()
    return db.session.query(IdentityProvider).one()


def press(client: Client, school: Organisation, what: str) -> str:
    answer = client.post(f"/beheer/organisaties/{school.id}/inloggen/{what}")
    assert answer.status_code == 302
    return client.get(answer.location).text


def tied(school: Organisation) -> Account:
    person = people.member(Role.LECTURER, school)
    db.session.add(Identity(account=person, provider=row(), issuer=row().issuer, subject="x"))
    db.session.flush()
    return person


def test_it_is_saved_tried_switched_on_and_off_and_taken_away(
    client: Client, school: Organisation, provider: Provider
) -> None:
    assert (
        "http://localhost:5000/inloggen/organisatie/" in client.get(f"/beheer/organisaties/{school.id}/inloggen").text
    )
    assert save(client, school, provider.issuer) == 302
    assert not row().active
    assert "De login antwoordt" in press(client, school, "proberen")
    assert not row().active
    assert "kunnen nu zo inloggen" in press(client, school, "aan")
    assert row().active
    press(client, school, "uit")
    assert not row().active
    press(client, school, "weghalen")
    assert db.session.query(IdentityProvider).count() == 0
    done = [each.action for each in db.session.query(AuditEvent).filter_by(object_kind="IdentityProvider")]
    assert done == ["save_provider", "switch_on_provider", "switch_off_provider", "remove_provider"]


def test_the_secret_is_sealed_never_shown_and_kept_when_left_empty(
    client: Client, school: Organisation, provider: Provider
) -> None:
    save(client, school, provider.issuer)
    assert SECRET not in row().client_secret and unseal(row().client_secret, purpose=SECRET_OF_CLIENT) == SECRET
    assert SECRET not in client.get(f"/beheer/organisaties/{school.id}/inloggen").text
    sealed = row().client_secret
    assert save(client, school, provider.issuer, client_secret="", client_id="ander") == 302
    assert (row().client_secret, row().client_id) == (sealed, "ander")


def test_another_issuer_needs_its_own_secret_starts_off_and_keeps_nobody(
    client: Client, school: Organisation, provider: Provider
) -> None:
    """Else the secret would be sent to whoever is named next, and its people would be ours."""
    save(client, school, provider.issuer)
    press(client, school, "aan")
    tied(school)
    assert save(client, school, "https://elders.example", client_secret="") == 200
    assert db.session.query(Identity).count() == 1 and row().active
    assert save(client, school, "https://elders.example") == 302
    assert db.session.query(Identity).count() == 0 and not row().active


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("http://login.school.example", "other"),
        ("https://10.0.0.1", "other"),
        ("https://a@login.school.example", "other"),
        ("https://login.school.example/?x=1", "other"),
        ("login", "other"),
        ("https://login.microsoftonline.com/common/v2.0", "entra"),
        ("https://login.microsoftonline.com/organizations/v2.0", "entra"),
    ],
)
def test_what_can_be_no_issuer_is_refused(client: Client, school: Organisation, issuer: str, kind: str) -> None:
    assert save(client, school, issuer, kind=kind) == 200
    assert db.session.query(IdentityProvider).count() == 0


def test_a_login_that_does_not_answer_cannot_be_switched_on(
    client: Client, school: Organisation, provider: Provider
) -> None:
    save(client, school, provider.issuer)
    provider.change_description = lambda said: said.update(issuer="https://elders.example")
    assert "noemt een andere issuer" in press(client, school, "aan")
    assert not row().active


def test_a_login_in_a_private_network_is_not_asked(client: Client, school: Organisation) -> None:
    save(client, school, "https://bestaat-niet.invalid")
    page = press(client, school, "proberen")
    assert "Dit adres bestaat niet" in page or "antwoordt niet op tijd" in page


def test_the_login_of_another_organisation_does_not_exist(client: Client, school: Organisation) -> None:
    elsewhere = people.institution()
    assert client.get(f"/beheer/organisaties/{elsewhere.id}/inloggen").status_code == 404
    for what in ("proberen", "aan", "uit", "weghalen"):
        assert client.post(f"/beheer/organisaties/{elsewhere.id}/inloggen/{what}").status_code == 404


def test_who_changes_it_at_the_same_time_sees_so(client: Client, school: Organisation, provider: Provider) -> None:
    save(client, school, provider.issuer)
    stale = {**form(provider.issuer, client_id="mijn"), "version": "0"}
    answer = client.post(f"/beheer/organisaties/{school.id}/inloggen", data=stale)
    assert answer.status_code == 200 and "Iemand anders heeft dit intussen veranderd" in answer.text
    assert row().client_id == "ons"
