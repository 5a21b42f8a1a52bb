"""A nasty text in every text field of the model, and then every output looked at: it stays text everywhere."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import html5lib
import openpyxl
import pytest
from sqlalchemy import JSON, Column, String, cast, literal, select, update

from matchmaker.accounts.models import Account
from matchmaker.appointments.ical import Method, feed, invitation
from matchmaker.appointments.models import Appointment, Attendee
from matchmaker.database import Base, Code, db
from matchmaker.delivery import _compose
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Role
from tests.house_rules.grounds import Grounds

NASTY = "=cmd|' /C calc'!A0\"'><nasty onx=1></nasty></script>]]><nasty>{{7*7}}%s\u202e\r\nBcc: evil@x.example\r\n"
NOT_TYPED = {
    "accounts": "email password_hash language colour_mode", "audit_events": "*", "door_uses": "*",
    "audit_seals": "*", "audit_head": "*", "audit_anchors": "*", "legal_holds": "subject_kind", "cleanings": "*",
    "organisations": "code slug province theme", "periodic_runs": "*", "sign_in_attempts": "*", "submissions": "*",
    "catalogue_versions": "version values", "email_domains": "*", "files": "key media_type sha256", "jobs": "*",
    "interrupted_forms": "*",
    "links": "token_hash nonce sealed_token values", "saved_searches": "query",
    "letters": "template to_address language calendar_method message_id origin", "programmes": "isced",
    "listings": "reference import_key terms terms_version", "sign_in_sessions": "token_hash",
    "listing_reports": "reason decision",
    "listing_tags": "*", "listing_words": "*", "search_words": "*",
    "matches": "weights_version crosswalk_version reasons hints",
    "visitor_requests": "email language", "consents": "*", "data_requests": "email language",
    "appointments": "uid online_url", "messages": "party",
    "mail_preferences": "event", "slot_proposals": "party", "attendees": "address language party",
    "match_events": "values", "search_signals": "*", "profile_snapshots": "*",
    "crosswalk_dismissals": "work_field study_field", "threads": "*",
    "received_mails": "key sender reason details", "session_events": "*",
    "agreements": "document_hash final_hash", "signatories": "origin signed_hash address", "assignments": "result_url",
    "cohort_students": "reference", "cohort_rounds": "seed", "committee_events": "*",
    "committee_seats": "work_field", "committee_terms": "address language work_field",
    "committee_meetings": "uid online_url",
    "placements": "crebo weekdays", "placement_people": "address language", "placement_events": "values",
    "code_apps": "*", "recovery_codes": "*", "spent_challenges": "*", "known_devices": "*", "address_changes": "*",
    "passkeys": "credential_id public_key user_handle", "access_tokens": "token_hash",
    "recognitions": "*", "evaluations": "levels", "competences": "code",
    "identity_providers": "issuer client_secret", "identities": "*", "provider_visits": "*",
}  # fmt: skip
"""Columns nobody types in: codes, addresses, keys and what is checked to be one of a list."""


def typed() -> Iterator[Column[Any]]:
    for table in Base.metadata.sorted_tables:
        left_out = NOT_TYPED.get(table.name, "").split()
        for column in table.columns:
            if left_out != ["*"] and column.name not in left_out and not isinstance(column.type, Code):
                yield column


def poisoned(value: Any) -> Any:
    """Every text a person wrote inside a value: a code, a date or a path has no spaces."""
    if isinstance(value, dict):
        return {name: poisoned(each) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    return f"{NASTY}{value}" if isinstance(value, str) and " " in value else value


@pytest.fixture(scope="module")
def nasty(grounds: Grounds) -> Grounds:
    for column in typed():
        key = next(iter(column.table.primary_key.columns))
        if isinstance(column.type, String):
            text = literal(NASTY) + cast(key, String)
            assert column.type.length is None or column.type.length >= len(NASTY) + 6, column
            grounds.connection.execute(update(column.table).values({column.name: text}).where(column.is_not(None)))
        elif isinstance(column.type, JSON):
            for number, value in grounds.connection.execute(select(key, column)).all():
                change = update(column.table).where(key == number).values({column.name: poisoned(value)})
                if poisoned(value) != value:
                    grounds.connection.execute(change)
    return grounds


def faults(page: str) -> list[str]:
    """What a browser would make of the text, had it got through."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [each.tag for each in tree.iter() if each.tag == "nasty"]
    found += [name for each in tree.iter() for name in each.attrib if str(name).lower().startswith("on")]
    found += [
        each.get("href") or "" for each in tree.iter("a") if (each.get("href") or "").lower().startswith("javascript:")
    ]
    return found + re.findall(r"49%s|Traceback", page)


def get(grounds: Grounds, role: Role | None, path: str) -> Any:
    return grounds.ask(role, path)[0]


def test_no_page_takes_it_for_anything_but_text(nasty: Grounds) -> None:
    wrong, shown = [], 0
    for path, (role, _names) in nasty.pages.items():
        answer = get(nasty, role, path)
        if answer.status_code >= 500:
            wrong.append(f"{path}: {answer.status_code}")
        if answer.mimetype == "text/html":
            shown += "&lt;nasty" in answer.text
            wrong += [f"{path} as {role}: {each}" for each in faults(answer.text)]
            wrong += [f"{path}: {name}" for name, value in answer.headers.items() if "evil@x.example" in value]
    assert wrong == []
    assert shown > 40


def test_no_letter_takes_it_for_anything_but_text(nasty: Grounds) -> None:
    wrong, templates = [], set()
    with nasty.app.app_context():
        letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        for letter in {each.template: each for each in letters}.values():
            message = _compose(letter)
            html = message.get_body(("html",))
            assert html is not None
            templates.add(letter.template)
            again = message.as_bytes()
            wrong += [f"{letter.template}: {each}" for each in faults(html.get_content())]
            wrong += [f"{letter.template}: a header" for name in ("Bcc", "Cc") if message[name]]
            wrong += [f"{letter.template}: a subject of two lines" for part in "\r\n" if part in message["Subject"]]
            if b"\nBcc:" in again.partition(b"\n\n")[0]:
                wrong.append(f"{letter.template}: a header as sent")
        db.session.rollback()
    assert wrong == []
    assert len(templates) > 15


def test_no_calendar_takes_it_for_a_line_of_its_own(nasty: Grounds) -> None:
    with nasty.app.app_context():
        found = db.session.scalars(select(Appointment).order_by(Appointment.id)).all()
        files = [feed(found, language="nl", name="Afspraken")]
        guests = db.session.scalars(select(Attendee).order_by(Attendee.id)).all()
        files += [invitation(each.appointment, Method.REQUEST, attendee=each) for each in guests]
        db.session.rollback()
    assert len(files) > 5
    for content in files:
        assert b"<nasty" in content.replace(b"\r\n ", b"")
        for line in content.split(b"\r\n")[:-1]:
            assert re.match(rb" |[A-Z-]+[;:]", line), line
            assert b"\n" not in line and b"\r" not in line
            assert not line.upper().startswith(b"BCC")


def test_feeds_and_the_words_for_search_engines_keep_it_a_text(nasty: Grounds) -> None:
    entries = blocks = 0
    for path in ("/aanbod/feed", "/vragen/feed", "/sitemap.xml"):
        tree = ElementTree.fromstring(get(nasty, None, path).data)
        assert [each.tag for each in tree.iter() if "nasty" in each.tag] == []
        entries += sum("<nasty" in (each.text or "") for each in tree.iter())
    for path, (role, _names) in nasty.pages.items():
        text = get(nasty, role, path).text if re.fullmatch(r"/(aanbod|vragen)/[AV]\w+", path) else ""
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            blocks += "<nasty" in json.loads(block)["name"]
            assert "<" not in block
    assert entries > 20
    assert blocks > 0


EXPORTS = (
    (None, "/aanbod"), (None, "/vragen"), (Role.LECTURER, "/school/vragen/download"),
    (Role.OFFICER, "/gemeente/aanbod/download"),
)  # fmt: skip


@pytest.mark.parametrize(("role", "path"), EXPORTS)
def test_no_cell_of_an_export_is_a_formula(nasty: Grounds, role: Role | None, path: str) -> None:
    table = get(nasty, role, f"{path}.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline=""), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(get(nasty, role, f"{path}.xlsx").data))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert len(rows) > 1
    assert any("<nasty" in cell for row in rows for cell in row)
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))] == []
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_every_person_and_organisation_of_the_demo_was_poisoned(nasty: Grounds) -> None:
    with nasty.app.app_context():
        names = db.session.scalars(select(Account.display_name)).all()
        db.session.rollback()
    assert names
    assert all(name.startswith("=cmd|") for name in names)
