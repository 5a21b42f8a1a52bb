"""The dossier for accreditation: complete for any period, accessible, sealed before a name goes."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from matchmaker.clock import now, pretending, today
from matchmaker.committees import advising, meetings, terms
from matchmaker.committees.dossier import Facts, facts_of
from matchmaker.committees.models import Dossier, Term
from matchmaker.database import db
from matchmaker.documents.committee_dossier import pdf, workbook
from matchmaker.documents.committee_sealing import seal, seal_and_forget
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import read
from matchmaker.vocabulary import AdviceAnswer
from tests.committees.scenes import Scene, scene
from tests.documents.accessible import assert_accessible
from tests.documents.pdf_reader import read_pdf

pytestmark = pytest.mark.usefixtures("app")
NASTY = "=1+1 <b>#let x = 1</b> \\ $ \u202e omgekeerd"


def lived(**person: object) -> Scene:
    """A committee that met and advised, a month from now."""
    here = scene()
    here.member(**person)  # type: ignore[arg-type]
    meeting = here.meeting(10)
    with pretending(now() + timedelta(days=11)):
        meetings.hold(meeting, present=[meeting.people[0].id], minutes=f"Goed gesprek. {NASTY}", by=here.coordinator)
        given = advising.give(
            here.committee, title="Meer veldwerk", text="Buiten leren.", given_on=today(), meeting=meeting,
            by=here.coordinator,
        )  # fmt: skip
        advising.answer(given, answer=AdviceAnswer.ADOPTED, text="Dat doen wij.", by=here.coordinator)
        advising.close(given, follow_up="Het staat in het rooster.", by=here.coordinator)
    here.seat("Vrije plek", work_field="W10", size=None)
    return here


def text_of(content: bytes) -> str:
    return read_pdf(content).root.whole_text()


def whole(here: Scene) -> Facts:
    return facts_of(here.committee, today() - timedelta(days=365), today() + timedelta(days=60))


def test_it_holds_who_sat_there_what_was_said_and_what_came_of_it() -> None:
    facts = whole(lived())
    [member], [meeting], [advice] = facts.members, facts.meetings, facts.advices
    assert (member.name, member.organisation, member.work_field) == ("Marit Verhoef", "Gemeente Utrecht", "W20")
    assert (meeting.present, meeting.absent) == (("Marit Verhoef",), ("Desirée Blokland",))
    assert (advice.answer, advice.follow_up) == (AdviceAnswer.ADOPTED, "Het staat in het rooster.")
    assert (facts.attendance, facts.vacant) == ((1, 2), ("Vrije plek",))


def test_it_holds_nothing_from_outside_the_period() -> None:
    here = lived()
    before = facts_of(here.committee, date(2020, 1, 1), today() - timedelta(days=1))
    assert (before.members, before.meetings, before.advices) == ((), (), ())


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 2, 1), date(2026, 1, 1), "reversed"),
        (date(1990, 1, 1), date(2026, 1, 1), "too_long_period"),
        (date(1, 1, 1), date(2, 1, 1), "unlikely_year"),
        (date(2026, 1, 1), date(9999, 12, 31), "unlikely_year"),
    ],
)
def test_a_period_that_cannot_be_is_refused(first: date, last: date, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        facts_of(scene().committee, first, last)
    assert refused.value.reason == reason


@pytest.mark.parametrize("filled", [True, False])
def test_the_pdf_is_accessible_whatever_is_in_it(filled: bool) -> None:
    here = lived(name="Renée Ångström") if filled else scene()
    content = pdf(whole(here))
    assert_accessible(content, title="Dossier Werkveldcommissie Civiele Techniek")
    said = text_of(content)
    assert ("Renée Ångström" in said) is filled
    assert ("In deze periode is er niet vergaderd." in said) is not filled


def test_the_workbook_holds_the_same_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(workbook(whole(lived(name="=HYPERLINK(1)", email="h@x.example")))))
    assert book.sheetnames == ["leden", "vergaderingen", "adviezen"]
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book}
    assert rows["leden"][0][1] == "'=HYPERLINK(1)"
    assert rows["adviezen"][0][1] == "Meer veldwerk"
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_sealed_dossier_stays_as_it_was() -> None:
    here = lived()
    dossier = seal(here.committee, today(), today() + timedelta(days=60), by=here.coordinator)
    before = read(dossier.pdf)
    here.committee.name = "Heet nu anders"
    db.session.flush()
    assert read(dossier.pdf) == before
    assert "Heet nu anders" not in text_of(before)


def test_a_name_goes_only_after_a_dossier_of_the_whole_term_was_sealed() -> None:
    here = scene()
    last = today() - timedelta(days=400)
    here.member(seat=here.seat(), first=last - timedelta(days=1000), last=last)
    terms.end_terms(now())
    assert seal_and_forget(now()) == 1
    [term], [dossier] = db.session.query(Term), db.session.query(Dossier)
    assert (term.display_name, dossier.first_day, dossier.last_day) == ("", term.starts_on, term.ends_on)
    assert "Marit Verhoef" in text_of(read(dossier.pdf))
    assert "Marit Verhoef" not in text_of(pdf(facts_of(here.committee, term.starts_on, term.ends_on)))
    assert seal_and_forget(now()) == 0
    assert db.session.query(Dossier).count() == 1
