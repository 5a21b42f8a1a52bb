"""Competences in the language of the page. Their texts are data, kept in Dutch and English."""

from matchmaker.competences.models import Competence, CompetenceIndicator
from matchmaker.words.language import in_english


def competence_name(competence: Competence) -> str:
    return (in_english() and competence.name_en) or competence.name


def competence_about(competence: Competence) -> str:
    return (in_english() and competence.about_en) or competence.about


def indicator_text(indicator: CompetenceIndicator) -> str:
    return (in_english() and indicator.text_en) or indicator.text
