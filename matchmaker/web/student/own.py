"""The profile of the student who looks, once a request."""

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from matchmaker.errors import NotFound
from matchmaker.organisations.models import Organisation
from matchmaker.students.models import StudentProfile
from matchmaker.students.queries import profile_of
from matchmaker.web.sign_in_state import acting, me


def own_profile() -> StudentProfile | None:
    """The profile, or None before it is begun."""
    if "student_profile" not in g:
        g.student_profile = profile_of(me())
    return g.student_profile


def my_profile() -> StudentProfile:
    """The complete profile; raises NotFound, behind `begin_first` it is always there."""
    profile = own_profile()
    if profile is None or not profile.is_complete:
        raise NotFound("student")
    return profile


def my_school() -> Organisation:
    """The school someone acts for as a student."""
    membership = acting()
    assert membership is not None
    return membership.organisation


def begin_first() -> Response | None:
    """Who has not said to be 16 or older, or which programme, says so before anything else."""
    profile = own_profile()
    if request.endpoint == "student.begin" or (profile is not None and profile.is_complete):
        return None
    return redirect(url_for("student.begin"))
