"""What a student sees: offers that fit, the own applications and wishes. Nobody else comes here."""

from flask import Blueprint

from matchmaker.web.guards import STUDENT, guard
from matchmaker.web.student.own import begin_first

student = Blueprint("student", __name__, url_prefix="/student")
guard(student, STUDENT)
student.before_request(begin_first)

from matchmaker.web.student import applications, applying, beginning, finding, keeping, wishes  # noqa: E402

__all__ = ["applications", "applying", "beginning", "finding", "keeping", "student", "wishes"]
