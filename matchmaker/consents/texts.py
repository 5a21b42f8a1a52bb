"""The words of each consent. A version that was used never changes: other words are a new version."""

from matchmaker.consents.models import Purpose

TEXTS: dict[Purpose, dict[int, dict[str, str]]] = {
    Purpose.FOLLOW: {
        1: {
            "nl": "De gemeente mag mij tot die dag benaderen voor een baan of een volgende plek",
            "en": "Until that day the municipality may contact me about a job or a next placement",
        },
        2: {
            "nl": "Ik vind het goed dat de gemeente mij tot en met die dag mailt over een baan of een volgende plek. "
            "Ik kan dit altijd intrekken.",
            "en": "I agree that the municipality mails me until that day about a job or a next place. "
            "I can always take this back.",
        },
    },
    Purpose.PRODUCT: {
        1: {
            "nl": "Anderen mogen dit vinden in de bibliotheek",
            "en": "Others may find this in the library",
        },
        2: {
            "nl": "Ik vind het goed dat iedereen deze titel en tekst kan vinden in de bibliotheek, zonder mijn naam. "
            "Ik kan dit altijd intrekken.",
            "en": "I agree that everyone can find this title and text in the library, without my name. "
            "I can always take this back.",
        },
    },
    Purpose.FINISHED_WORK: {
        1: {
            "nl": "Wij geven toestemming: iedereen mag dit zien. De school vindt dit ook goed.",
            "en": "We consent: everyone may see this. The school agrees too.",
        },
    },
}
"""Per purpose, per version, the text in each language."""


def current_version(purpose: Purpose) -> int:
    """The version that is asked now."""
    return max(TEXTS[purpose])


def text_of(purpose: Purpose, version: int, language: str) -> str:
    """What was read. In Dutch where the language was not kept."""
    return TEXTS[purpose][version][language or "nl"]
