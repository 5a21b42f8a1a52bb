"""A placement that was arranged and approved, and its agreement at each step, by the real actions."""

from dataclasses import dataclass, field
from datetime import date

from matchmaker.accounts.models import Account
from matchmaker.agreements.drawing_up import draw_up, make_document, send
from matchmaker.agreements.models import Agreement, Signatory
from matchmaker.agreements.queries import standing_agreement
from matchmaker.agreements.signing import sign
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import Goal, approve, arrange, submit
from matchmaker.placements.models import Placement, PlacementPerson, Recognition
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import open_placement
from matchmaker.vocabulary import Kind, Mode, Role, Sector
from tests.factories import people

FIRST, LAST = date(2027, 2, 1), date(2027, 6, 30)
CREBO = "25998"
ORIGIN = "192.0.2.7"


@dataclass
class World:
    """A school and a municipality, and who signs for them."""

    sector: Sector = Sector.HBO
    school: Organisation = field(init=False)
    town: Organisation = field(init=False)
    coordinator: Account = field(init=False)
    officer: Account = field(init=False)
    programme: Programme = field(init=False)

    def __post_init__(self) -> None:
        self.school = people.institution(sector=self.sector, name="Hogeschool De Brug")
        self.town = people.municipality(name="Waterstad")
        self.coordinator = people.member(Role.COORDINATOR, self.school)
        self.officer = people.member(Role.OFFICER, self.town)
        level = "mbo4" if self.sector is Sector.MBO else "hbo_bachelor"
        self.programme = people.programme(self.school, levels=[level])
        if self.sector is Sector.MBO:
            db.session.add(Recognition(
                municipality=self.town, crebo=CREBO, company_id="100123456", valid_until=date(2028, 1, 1)
            ))  # fmt: skip
            db.session.flush()

    @property
    def as_school(self) -> Actor:
        return Actor(Part.COORDINATOR, self.coordinator)

    @property
    def as_town(self) -> Actor:
        return Actor(Part.OFFICER, self.officer)


def approved(
    world: World, *, minor: bool = False, student: Account | None = None, parent: str = "ouder@thuis.example",
    name: str = "Sanne de Vries",
) -> Placement:  # fmt: skip
    """A placement the programme approved. Without an account the student acts from links."""
    mbo = world.sector is Sector.MBO
    named = [
        PlacementPerson(part=Part.STUDENT, account=student)
        if student
        else PlacementPerson(part=Part.STUDENT, name=name, address="sanne@student.example"),
        PlacementPerson(part=Part.SCHOOL_SUPERVISOR, account=people.member(Role.LECTURER, world.school)),
        PlacementPerson(part=Part.SUPERVISOR, name="Kees Bakker", address="kees@waterstad.example"),
    ]
    if mbo:
        named.append(PlacementPerson(part=Part.PRACTICE_TRAINER, name="Ria Smit", address="ria@waterstad.example"))
    if minor:
        named.append(PlacementPerson(part=Part.PARENT, name="Joke de Vries", address=parent))
    made = open_placement(
        kind=Kind.WORK if mbo else Kind.GRADUATION, programme=world.programme, institution=world.school,
        municipality=world.town, offer=None, title="Groen in de wijk", people=named,
        minor_until=date(2027, 9, 1) if minor else None, by=world.as_school,
    )  # fmt: skip
    arrange(made, values(mbo=mbo), [Goal("Plannen maken die anderen begrijpen")], by=world.as_school)
    submit(made, by=world.as_school)
    approve(made, by=world.as_school)
    return made


def values(*, mbo: bool = False, **changed: object) -> dict[str, object]:
    """What was arranged, with what a test wants otherwise."""
    return {
        "assignment": "Onderzoek hoe bewoners samen een park kunnen onderhouden.",
        "hours_per_week": 32, "weekdays": ["mon", "tue", "wed", "thu"], "first_day": FIRST, "last_day": LAST,
        "allowance": 500, "workplace": "Stadhuis, Markt 1", "mode": Mode.HYBRID,
        "crebo": CREBO if mbo else "", "interim_on": None, **changed,
    }  # fmt: skip


def drawn_up(world: World, **how: object) -> Agreement:
    return draw_up(approved(world, **how), by=world.as_school)  # type: ignore[arg-type]


def to_sign(world: World, **how: object) -> Agreement:
    """An agreement whose file is made and that waits for its signatures."""
    agreement = drawn_up(world, **how)
    send([agreement], by=world.as_school, organisation=world.school)
    make_document(agreement, render_agreement)
    return agreement


def sign_as(signatory: Signatory, *, by: Account | None = None, name: str = "") -> Signatory:
    """Sign the file as it stands."""
    return sign(
        signatory, name=name or signatory.name, agreed=True, by=by, origin=ORIGIN,
        document_hash=signatory.agreement.document_hash,
    )  # fmt: skip


def sign_all_left(world: World, agreement: Agreement) -> None:
    """Those who have not signed do, and the final file is made."""
    accounts = {Part.COORDINATOR: world.coordinator, Part.OFFICER: world.officer}
    for signatory in agreement.to_sign:
        by = accounts.get(signatory.part) or signatory.account
        sign_as(signatory, by=by, name=by.display_name if by else "")
    make_document(agreement, render_agreement)


def signed(world: World, **how: object) -> Agreement:
    agreement = to_sign(world, **how)
    sign_all_left(world, agreement)
    standing = standing_agreement(agreement.placement)
    assert standing is agreement
    return agreement
