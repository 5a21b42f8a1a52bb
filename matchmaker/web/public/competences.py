"""The register of competences, for everyone to read."""

from flask import render_template

from matchmaker.competences.models import LEVELS, Competence
from matchmaker.competences.queries import register
from matchmaker.web.public import public
from matchmaker.words.competences import competence_about, competence_name, indicator_text


@public.get("/competenties")
def show_competences() -> str:
    """Every competence with the behaviour by which its four levels are seen."""
    return render_template("public/competences.html", competences=[_shown(each) for each in register()])


def _shown(competence: Competence) -> dict[str, object]:
    levels = [
        (level, [indicator_text(each) for each in competence.indicators if each.level == level]) for level in LEVELS
    ]
    return {
        "code": competence.code.replace("_", "-"),
        "name": competence_name(competence),
        "about": competence_about(competence),
        "levels": levels,
    }
