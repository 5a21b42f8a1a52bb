"""Check the certificate of a stable round with nothing but Python: python check_stable.py certificate.json"""

import hashlib
import json
import sys

told = json.load(open(sys.argv[1], encoding="utf-8"))
needs, offers, room, got = told["needs"], told["offers"], told["desks"], told["assigned"]
lot = {need: (hashlib.sha256(f"{told['seed']}:{need}".encode()).hexdigest(), need) for need in needs}
most = {**{("offer", each): offers[each]["places"] for each in offers}, **{("desk", each): room[each] for each in room}}
taken: dict[tuple[str, str | None], list[tuple[str, str]]] = {each: [] for each in [*most, ("desk", None)]}
for need, offer in got.items():
    if offer not in needs[need]:
        sys.exit(f"WRONG: {need} got {offer}, which it did not wish")
    taken["offer", offer].append(lot[need])
    taken["desk", offers[offer]["desk"]].append(lot[need])
for each in most:
    if len(taken[each]) > most[each]:
        sys.exit(f"WRONG: {each} takes more than there is")
last = {each: max(taken[each], default=("", "")) if len(taken[each]) == most[each] else ("z", "") for each in most}
for need, wishes in needs.items():
    own_desk = offers[got[need]]["desk"] if need in got else None
    for offer in wishes[: wishes.index(got[need]) if need in got else None]:
        desk = offers[offer]["desk"]
        keeps_out = last["offer", offer] < lot[need] or (
            desk not in (None, own_desk) and last["desk", desk] < lot[need]
        )
        if not keeps_out:
            sys.exit(f"WRONG: {need} would rather have {offer} and goes before who is there, or there is room")
print(f"Right: {len(got)} of {len(needs)} needs have an offer, and no pair would rather have each other.")
