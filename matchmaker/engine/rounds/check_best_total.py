"""Check the certificate of a best-total round with nothing but Python: python check_best_total.py certificate.json"""

import json
import sys
from collections import Counter

told = json.load(open(sys.argv[1], encoding="utf-8"))
needs, offers, room, got = told["needs"], told["offers"], told["desks"], told["assigned"]
scale, prices, desk_prices = told["scale"], told["prices"], told["desk_prices"]
for need, offer in got.items():
    if offer not in needs[need]:
        sys.exit(f"WRONG: {need} got {offer}, which is not among its wishes")
for name, taken in Counter(got.values()).items():
    if taken > offers[name]["places"]:
        sys.exit(f"WRONG: offer {name} takes more than its places")
for desk, taken in Counter(offers[offer]["desk"] for offer in got.values()).items():
    if desk is not None and taken > room[desk]:
        sys.exit(f"WRONG: desk {desk} takes more than its room")
if scale < 1 or min([0, *prices.values(), *desk_prices.values()]) < 0:
    sys.exit("WRONG: a price is below zero")
asked = {each: prices.get(each, 0) + desk_prices.get(offers[each]["desk"], 0) for each in offers}
bound = sum(offers[each]["places"] * prices[each] for each in prices) + sum(
    room[d] * desk_prices[d] for d in desk_prices
)
for row in needs.values():
    bound += max([0, *(scale * (score + told["bonus"]) - asked[offer] for offer, score in row.items())])
total = sum(scale * (needs[need][offer] + told["bonus"]) for need, offer in got.items())
if (total, bound) != (told["total"], told["bound"]):
    sys.exit(f"WRONG: total {told['total']} and bound {told['bound']} should be {total} and {bound}")
print(f"Right: {len(got)} of {len(needs)} needs, at most {(bound - total) / max(bound, 1):.4%} below the best total.")
