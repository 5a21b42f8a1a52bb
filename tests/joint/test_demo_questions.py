"""Which questions of the demo's municipalities count as the same: read by a person, every one of them is."""

from itertools import combinations

from matchmaker.demo import content
from matchmaker.dutch.terms import terms, written_as
from matchmaker.engine.likeness import likeness
from matchmaker.engine.profiles import Profile
from matchmaker.joint.alike import ASSIGNMENTS
from matchmaker.vocabulary import Kind, Side

SAME = {
    frozenset({"ame-grp-app-buurt", "nwg-data-wijk"}),
    frozenset({"ame-grp-app-buurt", "utr-data-meldingen"}),
    frozenset({"nwg-data-wijk", "utr-data-meldingen"}),
    frozenset({"ame-open-speel", "nwg-grp-speeltuin"}),
    frozenset({"ame-afval-scan", "hou-grp-afval"}),
    frozenset({"ame-afval-scan", "utr-grp-restafval"}),
    frozenset({"ame-afval-scan", "zei-res-gft"}),
    frozenset({"hou-grp-afval", "utr-grp-restafval"}),
    frozenset({"hou-grp-afval", "zei-res-gft"}),
    frozenset({"utr-grp-restafval", "zei-res-gft"}),
}


def test_these_pairs_are_alike_and_no_other() -> None:
    asked = {
        row["key"]: (row["organisation"], profile(row))
        for row in [*content.offers(), *content.needs()]
        if row["organisation"].startswith("GM") and Kind(row["kind"]) in ASSIGNMENTS | {Kind.QUESTION}
    }
    pairs = [
        frozenset({one, other})
        for one, other in combinations(asked, 2)
        if asked[one][0] != asked[other][0] and likeness(asked[one][1], asked[other][1]).is_alike
    ]
    assert set(pairs) == SAME
    assert len(asked) > 100


def profile(row: content.Row) -> Profile:
    return Profile(
        row["key"],
        Kind(row["kind"]),
        Side.OFFER,
        work_fields=frozenset(row["work_fields"]),
        terms=terms(row["title"], row["text"]),
        written_as=written_as(row["title"], row["text"]),
    )
