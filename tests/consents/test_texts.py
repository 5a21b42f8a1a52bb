"""The words of a consent that was used never change: other words are a new version."""

import hashlib

from matchmaker.consents.models import Purpose
from matchmaker.consents.texts import TEXTS, current_version

PUBLISHED = {
    ("follow_after_placement", 1, "nl"): "b53aaadb324f4db5",
    ("follow_after_placement", 1, "en"): "d59bb1d3ab62ffb9",
    ("follow_after_placement", 2, "nl"): "fc126706694a5a5d",
    ("follow_after_placement", 2, "en"): "f4d8d8b0b15d2323",
    ("show_product", 1, "nl"): "2905fd887f8bae3d",
    ("show_product", 1, "en"): "6dfad6babc753c03",
    ("show_product", 2, "nl"): "e1b90e4576d9ac44",
    ("show_product", 2, "en"): "c85da0c4bea5aab0",
    ("show_finished_work", 1, "nl"): "27c8ebb5c48ff3a5",
    ("show_finished_work", 1, "en"): "ed92d956702c8b8c",
}


def digests() -> dict[tuple[str, int, str], str]:
    return {
        (purpose.value, version, language): hashlib.sha256(text.encode()).hexdigest()[:16]
        for purpose, versions in TEXTS.items()
        for version, texts in versions.items()
        for language, text in texts.items()
    }


def test_published_words_are_as_they_were() -> None:
    assert digests() == PUBLISHED, "words changed: make them a new version; a new version is added here"


def test_every_purpose_has_words_in_both_languages_and_versions_count_up() -> None:
    assert set(TEXTS) == set(Purpose)
    for purpose, versions in TEXTS.items():
        assert list(versions) == list(range(1, current_version(purpose) + 1))
        assert {frozenset(texts) for texts in versions.values()} == {frozenset({"nl", "en"})}
