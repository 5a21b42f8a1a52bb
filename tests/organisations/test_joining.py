"""Coming in: invitations and sign-ups."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.accounts.queries import account_by_email
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, LinkUnusable
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Letter
from matchmaker.organisations import joining
from matchmaker.organisations.models import EmailDomain, Membership, MembershipStatus, Organisation
from matchmaker.vocabulary import OrganisationKind, Role
from tests.factories import people

PASSWORD = "vier gewone woorden samen"


def role_of(account: Account) -> Membership:
    return db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()


def administrator(of: Organisation, role: Role = Role.ORG_ADMIN) -> Membership:
    return role_of(people.member(role, of))


def the_link(purpose: Purpose) -> Link:
    return db.session.scalars(select(Link).where(Link.purpose == purpose).order_by(Link.id.desc())).first()


def receivers(template: str) -> list[str]:
    rows = select(Letter.to_address).where(Letter.template == template).order_by(Letter.to_address)
    return list(db.session.scalars(rows))


def invited(by: Membership, role: Role = Role.COLLEAGUE, email: str = "nieuw@test.example") -> Membership:
    return joining.invite(email, name="Nieuw Iemand", role=role, organisation=by.organisation, by=by)


def test_someone_invited_can_do_nothing_until_they_say_yes(app: Flask) -> None:
    membership = invited(administrator(people.municipality()))
    assert membership.status is MembershipStatus.INVITED
    assert membership.account.status is AccountStatus.INVITED
    joining.accept_invitation(the_link(Purpose.INVITATION), name="Ik Zelf", password=PASSWORD)
    assert membership.is_active and membership.account.is_active
    assert membership.account.display_name == "Ik Zelf"


def test_someone_known_keeps_their_name_and_password(app: Flask) -> None:
    person = people.account()
    before = person.password_hash
    invited(administrator(people.municipality()), email=person.email)
    joining.accept_invitation(the_link(Purpose.INVITATION), name="Anders", password="")
    assert person.password_hash == before and person.display_name != "Anders"
    assert role_of(person).is_active


def test_a_revoked_invitation_opens_nothing(app: Flask) -> None:
    by = administrator(people.municipality())
    membership = invited(by)
    joining.revoke_invitation(membership, by=by)
    with pytest.raises(LinkUnusable):
        joining.accept_invitation(the_link(Purpose.INVITATION), name="x", password=PASSWORD)
    with pytest.raises(InvalidMove):
        joining.invite_again(membership, by=by)


def test_someone_whose_role_ended_can_be_invited_again(app: Flask) -> None:
    by = administrator(people.municipality())
    membership = invited(by)
    joining.revoke_invitation(membership, by=by)
    assert invited(by).id == membership.id
    with pytest.raises(LinkUnusable):
        joining.invitation_of(Link(subject_id=0))


def test_an_organisation_administrator_gives_no_platform_role_and_nothing_elsewhere(app: Flask) -> None:
    by = administrator(people.municipality())
    for role, organisation in (
        (Role.PLATFORM_ADMIN, by.organisation),
        (Role.LECTURER, by.organisation),
        (Role.COLLEAGUE, people.municipality()),
        (Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM)),
    ):
        with pytest.raises(InvalidValue, match="beyond_reach"):
            joining.invite("x@test.example", name="x", role=role, organisation=organisation, by=by)
    assert account_by_email("x@test.example") is None


def test_an_officer_gives_no_role_at_all(app: Flask) -> None:
    with pytest.raises(InvalidValue, match="beyond_reach"):
        invited(administrator(people.municipality(), Role.OFFICER))


def test_signing_up_keeps_nothing_of_a_person_before_the_address_is_confirmed(app: Flask) -> None:
    joining.start_sign_up("Nieuw@School.example", name="<b>Nieuw</b>", language="nl")
    assert account_by_email("nieuw@school.example") is None
    assert receivers("confirm_address") == ["nieuw@school.example"]
    assert receivers("sign_up_to_confirm") == []


def test_a_known_domain_goes_to_the_administrators_of_that_organisation(app: Flask) -> None:
    school = people.institution()
    db.session.add(EmailDomain(domain="school.example", organisation_id=school.id))
    by = administrator(school)
    administrator(people.role_home(Role.PLATFORM_ADMIN), Role.PLATFORM_ADMIN)
    joining.start_sign_up("docent@staf.school.example", name="Docent", language="nl")
    link = the_link(Purpose.SIGN_UP)
    assert list(joining.organisations_for(link.values["email"])) == [school]
    membership = joining.finish_sign_up(
        link, organisation=school, typed="", role=Role.LECTURER, name="Docent", password=PASSWORD
    )
    assert membership.status is MembershipStatus.ASKED
    assert receivers("sign_up_to_confirm") == [by.account.email]
    joining.confirm_sign_up(membership, role=Role.COORDINATOR, by=by)
    assert (membership.is_active, membership.role) == (True, Role.COORDINATOR)
    assert receivers("sign_up_confirmed") == ["docent@staf.school.example"]


def test_an_unknown_domain_goes_to_the_platform(app: Flask) -> None:
    school = people.institution()
    administrator(school)
    platform = administrator(people.role_home(Role.PLATFORM_ADMIN), Role.PLATFORM_ADMIN)
    joining.start_sign_up("docent@gmail.com", name="Docent", language="nl")
    joining.finish_sign_up(
        the_link(Purpose.SIGN_UP), organisation=school, typed="", role=Role.LECTURER, name="Docent", password=PASSWORD
    )
    assert receivers("sign_up_to_confirm") == [platform.account.email]


def test_an_organisation_in_no_register_is_chosen_by_the_platform(app: Flask) -> None:
    platform = administrator(people.role_home(Role.PLATFORM_ADMIN), Role.PLATFORM_ADMIN)
    joining.start_sign_up("docent@vo.example", name="Docent", language="nl")
    membership = joining.finish_sign_up(
        the_link(Purpose.SIGN_UP), organisation=None, typed="Het Vo", role=Role.LECTURER, name="D", password=PASSWORD
    )
    assert membership.asked_for == "Het Vo" and membership.organisation == platform.organisation
    with pytest.raises(InvalidValue, match="required"):
        joining.confirm_sign_up(membership, role=Role.LECTURER, by=platform)
    school = people.institution()
    joining.confirm_sign_up(membership, role=Role.LECTURER, by=platform, organisation=school)
    assert (membership.organisation, membership.asked_for) == (school, "")


def test_nobody_signs_up_as_administrator(app: Flask) -> None:
    joining.start_sign_up("x@test.example", name="x", language="nl")
    for role in (Role.ORG_ADMIN, Role.PLATFORM_ADMIN, Role.OFFICER):
        with pytest.raises(InvalidValue, match="role_does_not_fit"):
            joining.finish_sign_up(
                the_link(Purpose.SIGN_UP),
                organisation=people.institution(),
                typed="",
                role=role,
                name="x",
                password=PASSWORD,
            )


def test_an_address_with_an_account_gets_a_letter_that_says_so(app: Flask) -> None:
    person = people.account()
    joining.start_sign_up(person.email, name="Iemand anders", language="nl")
    assert receivers("account_exists") == [person.email]
    assert receivers("confirm_address") == []


def test_a_refused_sign_up_is_told_with_the_reason(app: Flask) -> None:
    school = people.institution()
    by = administrator(school)
    person = people.member(Role.LECTURER, school, status=MembershipStatus.ASKED)
    joining.refuse_sign_up(role_of(person), because="U werkt hier niet.", by=by)
    assert role_of(person).status is MembershipStatus.ENDED
    assert receivers("sign_up_refused") == [person.email]
    with pytest.raises(InvalidMove):
        joining.confirm_sign_up(role_of(person), role=Role.LECTURER, by=by)


def signed_up(email: str, school: Organisation, role: Role = Role.STUDENT) -> Membership:
    joining.start_sign_up(email, name="Noor Visser", language="nl")
    return joining.finish_sign_up(
        the_link(Purpose.SIGN_UP), organisation=school, typed="", role=role, name="Noor Visser", password=PASSWORD
    )


def test_a_student_with_an_address_of_the_school_is_let_in_at_once(app: Flask) -> None:
    school = people.institution()
    administrator(school)
    db.session.add(EmailDomain(domain="vechtland.example", organisation_id=school.id))
    db.session.flush()
    assert signed_up("noor@student.vechtland.example", school).is_active
    assert receivers("sign_up_to_confirm") == []
    assert not signed_up("docent@vechtland.example", school, Role.LECTURER).is_active


def test_a_student_with_another_address_asks_for_an_invitation(app: Flask) -> None:
    school = people.institution()
    with pytest.raises(InvalidValue) as refused:
        signed_up("noor@elders.example", school)
    assert (refused.value.field, refused.value.reason) == ("role", "school_address_needed")
    assert account_by_email("noor@elders.example") is None


def test_a_coordinator_invites_students_of_the_own_school_and_nobody_else(app: Flask) -> None:
    school, other = people.institution(), people.institution()
    by = role_of(people.member(Role.COORDINATOR, school))
    assert invited(by, Role.STUDENT, "noor@vechtland.example").status is MembershipStatus.INVITED
    for role, where in ((Role.LECTURER, school), (Role.ORG_ADMIN, school), (Role.STUDENT, other)):
        with pytest.raises(InvalidValue) as refused:
            joining.invite("sam@vechtland.example", name="Sam", role=role, organisation=where, by=by)
        assert refused.value.reason == "beyond_reach"
