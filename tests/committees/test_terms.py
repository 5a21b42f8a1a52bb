"""Terms: warned about six months ahead, renewed, stopped, over, and forgotten a year later."""

from datetime import date, datetime, timedelta

import pytest

from matchmaker.accounts.models import AccountStatus
from matchmaker.clock import now, pretending, today
from matchmaker.committees import filling, retention, terms
from matchmaker.committees.days import last_day_of_term, months_on
from matchmaker.committees.dossier import facts_of, seal
from matchmaker.committees.filling import Person
from matchmaker.committees.letters import keepers_of
from matchmaker.committees.models import Term
from matchmaker.committees.spread import Cell, spread_of, vacant
from matchmaker.committees.states import SeatState, TermState
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.holds.actions import lay_hold, lift_hold
from matchmaker.organisations.models import MembershipStatus
from matchmaker.organisations.parts import remove_part
from matchmaker.vocabulary import MunicipalitySize, Role, TermEnd
from tests.committees.scenes import scene
from tests.factories import people
from tests.factories.letters import letters

pytestmark = pytest.mark.usefixtures("app")


def at_noon(day: date) -> datetime:
    return datetime.combine(day, now().timetz()).replace(hour=12)


@pytest.mark.parametrize(
    ("first", "years", "last"),
    [
        (date(2026, 9, 1), 4, date(2030, 8, 31)),
        (date(2024, 2, 29), 3, date(2027, 2, 27)),
        (date(2026, 1, 1), 3, date(2028, 12, 31)),
    ],
)
def test_a_term_lasts_whole_years(first: date, years: int, last: date) -> None:
    assert last_day_of_term(first, years) == last


def test_six_months_ahead_of_the_31st_is_the_last_of_a_short_month() -> None:
    assert months_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_on(date(2026, 8, 31), -6) == date(2026, 2, 28)


def test_six_months_before_the_end_member_and_school_hear_it_once() -> None:
    here = scene()
    last = months_on(today(), 6)
    near, far = here.member(last=last), here.member("Ruben Westra", last=last + timedelta(days=1))
    assert terms.warn_ending_terms(now()) == 1
    assert terms.warn_ending_terms(now()) == 0
    assert (near.warned_at is None, far.warned_at is None) == (False, True)
    told = letters("term_ending")
    assert [(each.to_address, each.values["to_member"]) for each in told] == [
        ("marit@utrecht.example", True),
        (here.coordinator.email, False),
    ]
    assert terms.warn_ending_terms(now() + timedelta(days=1)) == 1


def test_renewing_adds_a_term_and_stops_at_what_the_committee_allows() -> None:
    here = scene()
    term = here.member(first=date(2026, 9, 1))
    terms.renew(term, by=here.coordinator)
    assert (term.ends_on, term.renewed, term.warned_at) == (date(2034, 8, 31), 1, None)
    with pytest.raises(InvalidMove):
        terms.renew(term, by=here.coordinator)


def test_a_term_ends_by_itself_the_day_after_its_last() -> None:
    here = scene()
    term = here.member(last=today() + timedelta(days=10))
    assert terms.end_terms(now() + timedelta(days=10)) == 0
    with pretending(now() + timedelta(days=11)):
        assert terms.end_terms(now()) == 1
    assert (term.state, term.seat.state) == (TermState.ENDED, SeatState.VACANT)
    assert [each.to_address for each in letters("term_ended")] == ["marit@utrecht.example"]


def test_who_stops_early_leaves_with_a_reason_and_today_as_last_day() -> None:
    here = scene()
    term = here.member(first=today() - timedelta(days=100))
    meeting = here.meeting()
    terms.stop(term, because=TermEnd.OTHER_WORK, by=here.coordinator)
    assert (term.state, term.ends_on, term.stopped_because) == (TermState.ENDED, today(), TermEnd.OTHER_WORK)
    assert [each.display_name for each in meeting.people] == ["Desirée Blokland"]
    with pytest.raises(InvalidMove):
        terms.stop(term, because=TermEnd.OTHER, by=here.coordinator)


def ended(days_ago: int) -> Term:
    here = scene()
    last = today() - timedelta(days=days_ago)
    term = here.member(first=last - timedelta(days=700), last=last, job_title="Adviseur")
    terms.end_terms(now())
    return term


def test_a_name_goes_a_year_after_the_term_and_the_counted_fact_stays() -> None:
    recent, old = ended(300), ended(400)
    assert list(retention.terms_to_forget(today())) == [old]
    retention.forget(old)
    assert (old.display_name, old.email, old.job_title, old.account) == ("", "", "", None)
    assert (old.organisation_name, old.work_field, old.size) == ("Gemeente Utrecht", "W20", MunicipalitySize.LARGE)
    assert list(retention.terms_to_forget(today())) == []
    assert recent.display_name == "Marit Verhoef"


def test_a_term_counts_as_sealed_when_a_dossier_covers_all_of_it() -> None:
    term = ended(400)
    assert not retention.is_sealed(term)
    facts = facts_of(term.committee, term.starts_on + timedelta(days=1), term.ends_on)
    seal(facts, pdf=b"%PDF-", xlsx=b"PK", by=None)
    assert not retention.is_sealed(term)
    seal(facts_of(term.committee, term.starts_on, term.ends_on), pdf=b"%PDF-", xlsx=b"PK", by=None)
    assert retention.is_sealed(term)


def test_a_dossier_is_thrown_away_with_its_files_when_its_time_is_over() -> None:
    term = ended(400)
    dossier = seal(facts_of(term.committee, term.starts_on, term.ends_on), pdf=b"%PDF-", xlsx=b"PK", by=None)
    assert dossier.keep_until == months_on(today(), 84)
    assert retention.throw_away_dossiers(now()) == 0
    assert retention.throw_away_dossiers(now() + timedelta(days=366 * 7)) == 1
    assert db.session.query(type(dossier)).count() == 0


def test_a_dossier_of_a_committee_that_is_held_stays() -> None:
    term = ended(400)
    seal(facts_of(term.committee, term.starts_on, term.ends_on), pdf=b"%PDF-", xlsx=b"PK", by=None)
    later = now() + timedelta(days=366 * 7)
    hold = lay_hold(subject=term.committee, reason="Klacht.", ends_on=today(), by=people.account())
    assert retention.throw_away_dossiers(later) == 0
    lift_hold(hold, by=people.account())
    assert retention.throw_away_dossiers(later) == 1


def test_who_said_no_is_gone_after_four_weeks() -> None:
    here = scene()
    term = filling.invite(here.seat(), Person("Marit", "m@utrecht.example"), starts_on=today(), by=here.coordinator)
    filling.decline(term, by=None)
    assert retention.forget_refused(now() + timedelta(days=27)) == 0
    assert retention.forget_refused(now() + timedelta(days=29)) == 1
    assert db.session.query(Term).count() == 0


def test_the_spread_counts_what_is_asked_beside_what_people_bring() -> None:
    here = scene()
    wanted = here.seat("Water, groot")
    here.member(seat=wanted, size=MunicipalitySize.SMALL, organisation_name="Adviesbureau Delta")
    here.seat("Wegen", work_field="W10", size=None)
    rows = {each.work_field: each.cells for each in spread_of(here.committee.standing)}
    assert rows == {
        "W10": (Cell(0, 0), Cell(0, 0), Cell(0, 0), Cell(1, 0)),
        "W20": (Cell(0, 1), Cell(0, 0), Cell(1, 0), Cell(0, 0)),
    }
    assert [each.name for each in vacant(here.committee.standing)] == ["Wegen"]


def test_who_left_the_school_gets_no_more_letters_and_the_coordinators_do() -> None:
    here = scene()
    colleague = people.member(Role.LECTURER, here.school)
    here.committee.owner = colleague
    assert list(keepers_of(here.committee)) == [colleague]
    [membership] = colleague.memberships
    membership.status = MembershipStatus.ENDED
    db.session.flush()
    assert list(keepers_of(here.committee)) == [here.coordinator]


def test_a_member_whose_account_was_closed_is_written_to_at_the_address() -> None:
    here = scene()
    person = people.account(email="marit@utrecht.example")
    term = here.member()
    assert term.reader is person
    person.status = AccountStatus.DISABLED
    assert (term.reader, term.email) == (None, "marit@utrecht.example")


def test_a_programme_with_a_committee_is_in_use() -> None:
    here = scene()
    keeper = people.member(Role.ORG_ADMIN, here.school)
    other = people.programme(here.school, name="Rechten")
    with pytest.raises(InvalidValue) as refused:
        remove_part(here.programme, organisation=here.school, by=keeper)
    assert refused.value.reason == "in_use"
    remove_part(other, organisation=here.school, by=keeper)
