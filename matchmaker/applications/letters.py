"""Letters about an application, with the facts every one of them needs. Who is blind to the name gets none."""

from collections.abc import Iterable
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic


def tell_student(template: str, application: Application, **values: Any) -> None:
    """A letter to who applied."""
    if application.student is not None:
        _write(template, application, [application.student], path=student_path(application), **values)


def tell_school(template: str, application: Application, people: Iterable[Account], **values: Any) -> None:
    """A letter to the coordinators of the programme."""
    name = application.student.display_name if application.student else ""
    _write(template, application, people, path=school_path(application), student=name, **values)


def tell_municipality(template: str, application: Application, people: Iterable[Account], **values: Any) -> None:
    """A letter to the municipality; without the name as long as that is hidden."""
    name = application.student.display_name if application.student and application.shows_name else ""
    _write(template, application, people, path=municipal_path(application), student=name, **values)


def student_path(application: Application) -> str:
    """The page of the student."""
    return f"/student/reacties/{application.id}"


def school_path(application: Application) -> str:
    """The page of the coordinator."""
    return f"/school/studenten/reacties/{application.id}"


def municipal_path(application: Application) -> str:
    """The page of the municipality."""
    return f"/gemeente/studenten/{application.id}"


def _write(template: str, application: Application, people: Iterable[Account], **values: Any) -> None:
    facts = {
        "title": application.offer.title,
        "kind": application.offer.kind.value,
        "municipality": application.municipality.name,
        "school": application.institution.name,
        "programme": application.programme.name,
        "due": application.due_at.isoformat() if application.due_at else "",
    }
    for person in people:
        if person.is_active:
            queue_letter(template, topic=Topic.REQUESTS, to=person, **{**facts, **values})
