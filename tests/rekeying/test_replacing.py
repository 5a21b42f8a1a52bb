"""SECRET_KEY can be replaced: with the former key beside it everything goes on, after `secrets renew` nearly all of it
goes on without, and what cannot is refused in words."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from config import ROOT
from matchmaker.accounts.models import Account
from matchmaker.audit.models import AuditEvent
from matchmaker.backups.actions import make_backup, restore_backup
from matchmaker.database import db
from matchmaker.delivery import send_due
from matchmaker.factors.queries import passkeys_of, recovery_codes_left
from tests.factories.mails import letter_to
from tests.factories.second_step import Device
from tests.rekeying.scenes import LOOKS, A, B, C, World, browser_of, cookie_of, feed_on, person, with_cookie

pytestmark = pytest.mark.committed
ALL = dict.fromkeys(LOOKS, True)


def renew(app: Flask, *options: str) -> str:
    db.session.remove()
    answer = app.test_cli_runner().invoke(args=["secrets", "renew", *options])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_with_the_former_key_beside_it_everything_goes_on(world: World) -> None:
    with world.running(B, A) as app:
        assert world.works(app) == ALL
    assert 500 not in world.answers


def test_after_renewing_what_was_moved_goes_on_without_the_former_key(world: World) -> None:
    with world.running(B, A) as app:
        said = renew(app)
    assert "apps with codes: 1 of 1 moved" in said and "login providers: 1 of 1 moved" in said
    assert "open links: 2 of 2 moved" in said and "signed so with the key of now" in said
    assert "10 recovery codes of 1 people no longer work" in said
    assert "to 2 letters of before no longer arrive" in said and "1 browsers sign in again" in said
    with world.running(B) as app:
        expected = ALL | {"session": False, "code on paper": False, "answer by mail": False}
        assert world.works(app) == expected
        assert recovery_codes_left(db.session.get_one(Account, world.with_app)) == 0
    assert 500 not in world.answers


def test_a_key_that_is_dropped_without_renewing_ends_it_in_words(world: World) -> None:
    with world.running(B) as app:
        expected = dict.fromkeys(LOOKS, False) | {
            "passkey": True, "link in a letter": True, "address of a calendar": True,
        }  # fmt: skip
        assert world.works(app) == expected
        db.session.remove()
        answer = app.test_cli_runner().invoke(args=["secrets", "renew"])
        assert answer.exit_code == 1
        assert "apps with codes: 1 were made with a key that is not given here" in answer.output
        assert "log: NOT whole, so nothing was signed" in answer.output
    assert 500 not in world.answers
    with world.running(B, A) as app:
        assert "apps with codes: 1 of 1 moved" in renew(app)
    with world.running(B) as app:
        assert world.works(app)["code of the app"]


def test_a_second_key_replaces_the_first_in_the_same_way(world: World) -> None:
    for now, before in ((B, A), (C, B)):
        with world.running(now, before) as app:
            renew(app)
    with world.running(C) as app:
        expected = ALL | {"session": False, "code on paper": False, "answer by mail": False}
        assert world.works(app) == expected
    assert 500 not in world.answers


def test_renewing_again_changes_nothing_and_says_what_still_needs_it(world: World) -> None:
    with world.running(B, A) as app:
        renew(app)
        before = db.session.query(AuditEvent).count()
        said = renew(app)
        assert db.session.query(AuditEvent).count() == before
    assert "apps with codes: 0 of 1 moved" in said and "open links: 0 of 2 moved" in said
    assert "10 recovery codes of 1 people no longer work" in said


def test_when_a_copy_of_the_database_may_be_known_the_links_end_too(world: World) -> None:
    with world.running(B, A) as app:
        assert "open links: 2 of 2 ended" in renew(app, "--end-links")
        ended = {"link in a letter": False, "address of a calendar": False, "that address shown": False}
        assert world.works(app) == ALL | ended
        reader = browser_of(app).sign_in(person(world.reader))
        fresh = feed_on(reader.post("/samen/agenda/abonnement", follow_redirects=True).text)
        assert fresh and reader.get(fresh).status_code == 200
    assert 500 not in world.answers


def test_an_address_that_can_no_longer_be_shown_is_made_anew(world: World) -> None:
    with world.running(B) as app:
        reader = browser_of(app).sign_in(person(world.reader))
        fresh = feed_on(reader.post("/samen/agenda/abonnement", follow_redirects=True).text)
        assert fresh not in ("", world.feed)
        assert (reader.get(fresh).status_code, reader.get(world.feed).status_code) == (200, 410)


def test_a_form_that_was_open_when_the_key_was_replaced_can_be_sent(world: World) -> None:
    with world.running(A) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        browser = with_cookie(app, world.cookie)
        page = browser.get("/account").text
        token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        cookie = cookie_of(browser)
    sent = {"display_name": "Nieuwe Naam", "language": "nl", "csrf_token": token}
    for keys, status in (((B, A), 302), ((C,), 400)):
        with world.running(*keys) as app:
            app.config["WTF_CSRF_ENABLED"] = True
            assert with_cookie(app, cookie).post("/account", data=sent).status_code == status


def test_a_passkey_begun_under_one_key_and_added_under_the_next_outlives_the_first(world: World) -> None:
    device, page = Device(), "/account/tweede-stap/passkey"
    with world.running(A) as app:
        made = device.make(with_cookie(app, world.cookie).get(f"{page}/vraag").text)
    with world.running(B, A) as app:
        answer = with_cookie(app, world.cookie).post(page, data={"name": "Telefoon", "credential": made})
        assert answer.status_code == 302
        assert len(passkeys_of(db.session.get_one(Account, world.reader))) == 1
    with world.running(B) as app:
        assert replace(world, device=device).works(app)["passkey"]


def test_devices_and_paper_from_before_their_key_was_kept_are_taken_to_be_of_the_oldest(world: World) -> None:
    with world.running(B, A) as app:
        db.session.execute(db.text("UPDATE passkeys SET user_handle = ''"))
        db.session.execute(db.text("UPDATE recovery_codes SET key_mark = ''"))
        db.session.commit()
        assert world.works(app) == ALL
        said = renew(app)
        assert "passkeys: 1 of 1 moved" in said and "9 recovery codes of 1 people no longer work" in said
    with world.running(B) as app:
        assert LOOKS["passkey"](world, app)


def test_a_backup_of_before_comes_back_under_the_new_key(
    world: World, new_database: Callable[[], str], tmp_path: Path
) -> None:
    out = tmp_path / "b"
    with world.running(A):
        make_backup(out, engine=db.engine, files=tmp_path)
    again = replace(world, url=new_database(), folder=tmp_path / "again")
    with again.running(B, A) as app:
        restore_backup(
            out,
            engine=db.engine,
            files=again.folder,
            migrations=ROOT / "migrations",
            make_schema=lambda revision: upgrade(revision=revision),
        )
        upgrade()
        assert again.works(app) == ALL
    assert 500 not in world.answers


def test_a_letter_whose_link_can_no_longer_be_made_stays_and_says_so(world: World) -> None:
    with world.running(B):
        colleague = db.session.query(Account).filter_by(display_name="Ruben Westra").one()
        send_due()
        letter = letter_to(colleague.email, "new_password")
        assert (letter.sent_at, letter.error) == (None, "LinkUnusable: key_gone")


def test_the_version_of_before_can_come_back_as_long_as_the_former_key_is_there(world: World) -> None:
    with world.running(B, A) as app:
        renew(app)
        db.session.remove()
        downgrade(revision="0021")
        upgrade()
        assert world.works(app) == ALL
