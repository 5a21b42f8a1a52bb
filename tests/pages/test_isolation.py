"""What is not yours does not exist: every address with a number or reference, asked for by those it is not for.

The demo is walked as every role. Each number and reference seen there (and an upload, a search and a session made for
the purpose) goes into every address that takes one. Who holds the right role in another organisation gets 404, who
lacks the role 403, a visitor the door; and nothing changes. The owners come from the database, not from the pages.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

from matchmaker.accounts.models import Account, SignInSession
from matchmaker.agreements.models import AgreementTemplate
from matchmaker.applications.models import Application
from matchmaker.assignments.models import AssignmentGroup, Milestone
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.cohorts.models import CohortPlace, CohortRound
from matchmaker.committees.meeting_models import Advice, Meeting
from matchmaker.committees.models import Committee, Dossier, Seat, Term
from matchmaker.consents.models import Consent
from matchmaker.database import db
from matchmaker.demo.accounts import DEMO_PASSWORD, write_accounts
from matchmaker.factors.models import Passkey
from matchmaker.federation.models import Identity, IdentityProvider, ProviderKind
from matchmaker.files.actions import keep
from matchmaker.files.models import StoredFile
from matchmaker.holds.models import Hold
from matchmaker.jobs.actions import enqueue
from matchmaker.jobs.models import Job
from matchmaker.joint.models import JointAssignment, JointPartner
from matchmaker.listings.models import Listing, ListingReport
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Desk, Faculty, Leave, Membership, Organisation, Programme, Team
from matchmaker.placements.models import Placement, Recognition
from matchmaker.placements.records import ChecklistItem, Contact, Signal, StandardCheck
from matchmaker.privacy.models import DataExport, DataRequest, RequestKind
from matchmaker.replies.models import ReceivedMail
from matchmaker.reviews.models import RightsReview
from matchmaker.sessions.models import Session, SessionMaterial
from matchmaker.submissions.models import InterruptedForm
from matchmaker.threads.models import Attachment, Message
from matchmaker.tokens.models import AccessToken, Scope
from matchmaker.vocabulary import ListingStatus, OrganisationKind, Party, Role, Side
from tests.factories import people
from tests.factories.forms import PageReader, encoded
from tests.factories.rollback import rolled_back
from tests.factories.students import student
from tests.house_rules.rights import EVERYONE, RIGHTS, SIGNED_IN
from tests.pages.test_every_page import fingerprint
from tests.pages.walk import signed_in

FORM = "application/x-www-form-urlencoded"
STARTS = ["/start", "/account", "/account/bewaard", "/samen/"]
DRAFTS = len(Side)
"""The first references are drafts."""
PER_ENDPOINT = 2
PER_GAP = 3
"""How many pages of an endpoint are walked, and how many values of one kind are tried."""
OWN = {"session_id", "search_id", "identity_id", "export_id", "consent_id"}
"""What belongs to a person, whatever their organisation."""
FOR_MANY = {"public.keep_listing", "public.report_need", "public.report_offer", "public.show_need",
            "public.show_offer", "student.apply", "together.ask"}  # fmt: skip
"""They take the reference of what others posted; a draft does not exist for them either."""
WHOSE_MATTERS_NOT = {"account.forget_listing", "account.carry_on"}
"""One takes a reference off one's own list; the other leads to the first page whatever is not one's own."""


@dataclass
class Seen:
    """What was found: per gap in an address its first values."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def note(self, given: dict[str, object]) -> None:
        for gap, value in given.items():
            known = self.values.setdefault(gap, [])
            if value and str(value) not in known and len(known) < PER_GAP:
                known.append(str(value))


@pytest.fixture(scope="module")
def demo(demo_app: Flask) -> Iterator[Flask]:
    """The demo; what this file adds is rolled back."""
    with rolled_back(demo_app):
        yield demo_app


@pytest.fixture(scope="module")
def accounts(demo: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    with demo.app_context():
        return {row["role"]: row["email"] for row in write_accounts(tmp_path_factory.mktemp("accounts"))}


@pytest.fixture(scope="module")
def seen(demo: Flask, accounts: dict[str, str]) -> Seen:
    """Every number and reference on the pages of every role."""
    found, adapter = Seen(), demo.url_map.bind("localhost")
    with demo.app_context():
        for side in Side:
            draft = select(Listing.reference).where(Listing.side == side, Listing.status == ListingStatus.DRAFT)
            found.note({"reference": db.session.scalars(draft.order_by(Listing.id)).first()})
    for role, email in accounts.items():
        client = signed_in(demo, email, DEMO_PASSWORD)
        starts = [*STARTS, _leave_traces(client)] if role == Role.LECTURER else STARTS
        _walk(client, adapter, found, starts)
    with demo.app_context():
        _add_what_the_demo_lacks()
        for gap, model in FROM_ROWS.items():
            for number in db.session.scalars(select(model.id).order_by(model.id).limit(PER_GAP)):
                found.note({gap: number})
        job = enqueue("import_listings", by=None, organisation_id=organisation_of(accounts[Role.LECTURER]))
        db.session.commit()
        found.note({"job_id": job.id})
    return found


def _add_what_the_demo_lacks() -> None:
    """A file with a message, one with a lesson, a mail that came in, someone tied to a login that is off, a passkey, a
    token, a signed review, a copy of someone's data, a hold and a request for a correction."""
    message, session = db.session.scalars(select(Message)).first(), db.session.scalars(select(Session)).first()
    one, other = _a_file(), _a_file()
    attachment = Attachment(message_id=message.id, file_id=one.id)
    material = SessionMaterial(session_id=session.id, file_id=other.id, side=Party.SCHOOL)
    added = [attachment, material, ReceivedMail(key="x"), *_a_tied_login(), *_of_an_administrator(), *_of_privacy()]
    db.session.add_all(added)
    db.session.flush()
    for made in added:
        record("walk.added", about=made, by=None)
    db.session.flush()


def _a_tied_login() -> tuple[IdentityProvider, Identity]:
    provider = IdentityProvider(
        organisation_id=db.session.scalars(select(Membership.organisation_id).order_by(Membership.id)).first(),
        kind=ProviderKind.OTHER,
        issuer="https://login.example",
        client_id="x",
        client_secret="x",
    )
    account = db.session.scalars(select(Account).order_by(Account.id)).first()
    return provider, Identity(account=account, provider=provider, issuer=provider.issuer, subject="x")


def _of_an_administrator() -> tuple[Passkey, AccessToken, RightsReview]:
    role = db.session.scalars(
        select(Membership).where(Membership.role == Role.ORG_ADMIN).order_by(Membership.id)
    ).first()
    passkey = Passkey(account_id=role.account_id, name="Telefoon", credential_id="x", public_key="x")
    token = AccessToken(
        account_id=role.account_id,
        membership_id=role.id,
        name="Website",
        scope=Scope.CALENDAR,
        token_hash="x",
        expires_at=now() + timedelta(days=1),
    )
    return passkey, token, RightsReview(organisation_id=role.organisation_id, signed_by_id=role.account_id)


def _of_privacy() -> tuple[DataExport, Hold, DataRequest]:
    first = db.session.scalars(select(Account.id).order_by(Account.id)).first()
    role = db.session.scalars(select(Membership).where(Membership.role == Role.ORG_ADMIN)).first()
    asked = DataRequest(
        kind=RequestKind.CORRECTION,
        account_id=first,
        organisation_id=role.organisation_id,
        text="Mijn naam klopt niet.",
        confirmed_at=now(),
        due_on=today(),
    )
    db.session.add(InterruptedForm(account_id=first, path="/account", sealed="x"))
    export = DataExport(account_id=first, file_id=_a_file().id, until=now() + timedelta(days=1))
    return export, Hold(account_id=first, reason="Er loopt een klacht.", ends_on=today()), asked


def _a_file() -> StoredFile:
    return keep(b"x", name="bijlage.txt", media_type="text/plain", organisation_id=None, by=None)


def organisation_of(email: str) -> int:
    return (
        db.session.scalars(
            select(Membership.organisation_id).join(Membership.account).where(Account.email == email)
        ).first()
        or 0
    )


def _leave_traces(client: FlaskClient) -> str:
    """A search that is kept, and an upload being looked at: the address of its preview."""
    template = client.get("/school/vragen/importeren/voorbeeld.csv").data
    row = b"".join(b";" for _ in range(template.count(b";")))
    form = next(each for each in PageReader(client.get("/school/vragen/importeren").text).forms if each.upload)
    answer = client.post(
        "/school/vragen/importeren",
        data={**dict(form.pairs()), "file": (io.BytesIO(template.rstrip() + b"\r\nx" + row + b"\r\n"), "vragen.csv")},
    )
    assert answer.status_code == 302, answer.text
    search = PageReader(client.get("/zoekopdracht?zoek=/aanbod").text).forms
    form = next(each for each in search if "query" in each.inputs)
    kept = client.post("/zoekopdracht", data=encoded(form.pairs(name=["Mijn zoekopdracht"])), content_type=FORM)
    assert kept.status_code == 302, kept.text
    return urlsplit(answer.location).path


def _walk(client: FlaskClient, adapter: MapAdapter, found: Seen, starts: list[str]) -> None:
    waiting, visits = list(starts), dict[str, int]()
    known = set(waiting)
    for path in waiting:
        try:
            endpoint, given = adapter.match(urlsplit(path).path, method="GET")
        except HTTPException:
            continue
        if endpoint == "static" or visits.get(endpoint, 0) >= PER_ENDPOINT:
            continue
        visits[endpoint] = visits.get(endpoint, 0) + 1
        answer = client.get(path)
        if answer.status_code == 200:
            found.note(given)
        page = PageReader(answer.text) if answer.mimetype == "text/html" else None
        links = [*page.links, *(form.action for form in page.forms)] if page else []
        for link in [*links, answer.location or ""]:
            address = urlsplit(urljoin(f"http://localhost{path}", link))
            target = address.path + (f"?{address.query}" if address.query else "")
            if address.netloc == "localhost" and target not in known:
                known.add(target)
                waiting.append(target)
                for method in ("GET", "POST"):
                    try:
                        found.note(adapter.match(address.path, method=method)[1])
                    except HTTPException:
                        continue


OF_COMMITTEE = {
    "committee_id": Committee, "seat_id": Seat, "term_id": Term, "meeting_id": Meeting, "advice_id": Advice,
    "dossier_id": Dossier,
}  # fmt: skip
FROM_ROWS = {
    **OF_COMMITTEE,
    "leave_id": Leave, "report_id": ListingReport, "programme_id": Programme, "faculty_id": Faculty,
    "session_id": SignInSession, "joint_id": JointAssignment, "partner_id": JointPartner,
    "application_id": Application, "round_id": CohortRound, "place_id": CohortPlace,
    "placement_id": Placement, "contact_id": Contact, "item_id": ChecklistItem, "signal_id": Signal,
    "recognition_id": Recognition, "check_id": StandardCheck, "group_id": AssignmentGroup, "milestone_id": Milestone,
    "attachment_id": Attachment, "material_id": SessionMaterial, "mail_id": ReceivedMail,
    "template_id": AgreementTemplate,
    "identity_id": Identity,
    "passkey_id": Passkey, "token_id": AccessToken, "review_id": RightsReview,
    "export_id": DataExport, "hold_id": Hold, "consent_id": Consent, "asked_id": DataRequest,
    "form_id": InterruptedForm,
}  # fmt: skip
"""What a walk of a few pages may not meet."""
OWNED = {
    "membership_id": Membership, "team_id": Team, "faculty_id": Faculty, "file_id": StoredFile, "job_id": Job,
    "partner_id": JointPartner, "template_id": AgreementTemplate, "review_id": RightsReview,
    "asked_id": DataRequest,
}  # fmt: skip
OF_MUNICIPALITY = {"recognition_id": Recognition, "check_id": StandardCheck}


def owners(gap: str, value: str) -> set[int | None]:
    """The organisations an object belongs to, and those that take part in it."""
    number = int(value) if value.isdigit() else 0
    if gap in OWNED:
        return {db.session.get_one(OWNED[gap], number).organisation_id}
    if gap in OF_COMMITTEE:
        found = db.session.get_one(OF_COMMITTEE[gap], number)
        return {(found if isinstance(found, Committee) else found.committee).organisation_id}
    if gap == "organisation_id":
        return {number}
    if gap == "programme_id":
        return {db.session.get_one(Programme, number).faculty.organisation_id}
    if gap == "match_id":
        match = db.session.get_one(Match, number)
        return {match.school_id, match.municipality_id, *_at_desk(match.desk_id)}
    if gap == "reference":
        return {_listing(Listing.reference == value).organisation_id}
    if gap == "joint_id":
        return {db.session.get_one(JointAssignment, number).listing.organisation_id}
    if gap == "report_id":
        report = db.session.get_one(ListingReport, number)
        return {_listing(Listing.id == report.listing_id).organisation_id}
    if gap == "leave_id":
        account = db.session.get_one(Leave, number).account_id
        return set(db.session.scalars(select(Membership.organisation_id).where(Membership.account_id == account)))
    return _owners_around_students(gap, number)


def _owners_around_students(gap: str, number: int) -> set[int | None]:
    if gap == "placement_id" or gap in OF_MUNICIPALITY:
        return _of_placements(gap, number)
    if gap == "application_id":
        application = db.session.get_one(Application, number)
        desk = application.municipality.desk_id
        return {application.institution_id, application.municipality_id, *_at_desk(desk)}
    if gap == "round_id":
        return {db.session.get_one(CohortRound, number).institution_id}
    if gap == "place_id":
        place = db.session.get_one(CohortPlace, number)
        assert place.offer.organisation is not None
        return {place.offer.organisation_id, *_at_desk(place.offer.organisation.desk_id)}
    return set()


def _of_placements(gap: str, number: int) -> set[int | None]:
    found = db.session.get_one(OF_MUNICIPALITY.get(gap, Placement), number)
    municipality = db.session.get_one(Organisation, found.municipality_id)
    school = getattr(found, "institution_id", None)
    return {school, municipality.id, *_at_desk(municipality.desk_id)}


def _listing(which: ColumnElement[bool]) -> Listing:
    return db.session.scalars(select(Listing).where(which)).one()


def _at_desk(desk_id: int | None) -> set[int | None]:
    desk = db.session.get(Desk, desk_id) if desk_id else None
    return {desk.holder_id} if desk else set()


def strangers(role: Role, apart: set[int | None]) -> Organisation:
    """A real organisation of the demo, with its desk and its postings, that has no part in any of this."""
    kind = {
        Role.LECTURER: OrganisationKind.INSTITUTION,
        Role.COORDINATOR: OrganisationKind.INSTITUTION,
        Role.STUDENT: OrganisationKind.INSTITUTION,
        Role.PROVIDER: OrganisationKind.PROVIDER,
    }.get(role, OrganisationKind.MUNICIPALITY)
    held = select(Desk.holder_id)
    rows = select(Organisation).where(
        Organisation.kind == kind, Organisation.active, Organisation.id.not_in(apart - {None})
    )
    if kind is OrganisationKind.MUNICIPALITY:
        rows = rows.where(Organisation.id.in_(held))
    return db.session.scalars(rows.order_by(Organisation.id.desc())).first() or people.role_home(role)


def _someone(role: Role, home: Organisation) -> Account:
    """A person in this role; a student who has said what is asked first."""
    if role is Role.STUDENT:
        return student(people.programme(home)).account
    return people.member(role, home)


def gaps_of(rule: Rule) -> list[str]:
    return [name for name in rule.arguments if name.endswith("_id") or name == "reference"]


def addresses(app: Flask, seen: Seen) -> Iterator[tuple[str, str, str, str, str]]:
    """(endpoint, method, gap, value, path) of every route with one number or reference, filled with each value.

    A link from a letter is a right of its own: `test_links.py`; what lies in something else: `test_nested.py`."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        gaps = gaps_of(rule)
        if len(gaps) != 1 or rule.endpoint in {None, *WHOSE_MATTERS_NOT} or "token" in rule.arguments:
            continue
        others = {}
        for name, converter in rule._converters.items():
            if name not in gaps:
                others[name] = next(iter(getattr(converter, "items", ["x"])))
        values = seen.values.get(gaps[0], [])
        for value in values[:DRAFTS] if rule.endpoint in FOR_MANY else values:
            given = {**others, gaps[0]: int(value) if gaps[0] != "reference" else value}
            path = adapter.build(rule.endpoint, given)
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                yield rule.endpoint, method, gaps[0], value, path


def asked(client: FlaskClient, method: str, path: str, token: str) -> int:
    if method == "GET":
        return client.get(path).status_code
    typed = [(name, "Anders") for name in ("name", "note", "text", "title", "query")]
    body = encoded([("csrf_token", token), ("version", "1"), *typed])
    return client.post(path, data=body, content_type=FORM).status_code


def token_of(client: FlaskClient) -> str:
    forms = PageReader(client.get("/account").text).forms or PageReader(client.get("/inloggen").text).forms
    return next(form.inputs["csrf_token"].filled[0] for form in forms if "csrf_token" in form.inputs)


def test_the_walk_met_every_kind_of_object(demo: Flask, seen: Seen) -> None:
    """Else the tests below would pass without asking anything."""
    wanted = {gap for rule in demo.url_map.iter_rules() if rule.endpoint in RIGHTS for gap in gaps_of(rule)}
    assert wanted - {gap for gap, values in seen.values.items() if values} == set()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLATFORM_ADMIN])
def test_the_same_role_elsewhere_and_every_other_role_find_nothing(demo: Flask, seen: Seen, role: Role) -> None:
    """The platform administrator is left out: they look after every organisation."""
    with demo.app_context():
        apart = {number for gap, values in seen.values.items() for value in values for number in owners(gap, value)}
        home = strangers(role, apart)
        email = _someone(role, home).email
        db.session.commit()
    client, wrong, tried = signed_in(demo, email, people.PASSWORD), [], 0
    token = token_of(client)
    before = fingerprint(demo)
    for endpoint, method, gap, value, path in addresses(demo, seen):
        within = RIGHTS[endpoint] in {EVERYONE, SIGNED_IN} or role in RIGHTS[endpoint]
        if not within and value != seen.values[gap][0]:
            continue
        status = asked(client, method, path, token)
        tried += 1
        if status != (404 if within else 403):
            wrong.append(f"{status} {method} {path} ({endpoint}, {gap} {value})")
    assert wrong == []
    assert tried > 50
    assert fingerprint(demo) == before, f"{role} elsewhere changed something"


def test_a_visitor_is_shown_the_door(demo: Flask, seen: Seen) -> None:
    client, wrong = demo.test_client(), []
    token = token_of(client)
    before = fingerprint(demo)
    for endpoint, method, _gap, _value, path in addresses(demo, seen):
        answer = client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
        door = answer.status_code == 302 and answer.location.startswith("/inloggen")
        if not (answer.status_code == 404 if RIGHTS[endpoint] == EVERYONE else door):
            wrong.append(f"{answer.status_code} {method} {path} ({endpoint})")
    assert wrong == []
    assert fingerprint(demo) == before


@pytest.mark.parametrize(("role", "audience"), [(Role.LECTURER, "school"), (Role.OFFICER, "gemeente")])
def test_a_download_holds_only_what_the_own_organisation_posted(
    demo: Flask, accounts: dict[str, str], role: Role, audience: str
) -> None:
    client = signed_in(demo, accounts[role], DEMO_PASSWORD)
    files = [client.get(f"/{audience}/{side}/download.csv").text for side in ("aanbod", "vragen")]
    with demo.app_context():
        own = organisation_of(accounts[role])
        rows = db.session.execute(select(Listing.reference, Listing.organisation_id)).all()
    inside = {reference for reference, _ in rows if any(f"\n{reference};" in file for file in files)}
    assert inside == {reference for reference, organisation in rows if organisation == own}
