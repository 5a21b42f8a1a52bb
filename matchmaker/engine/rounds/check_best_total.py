"""Check the certificate of a best-total round with nothing but Python: python check_best_total.py certificate.json"""

import json
import sys
from collections import Counter

told = json.load(open(sys.argv[1], encoding="utf-8"))
needs, room, got, cover = told["needs"], told["desks"], told["assigned"], told["cover"]
scale, prices, desk_prices = told["scale"], told["prices"], told["desk_prices"]
places, desk = ({offer: told["offers"][offer][part] for offer in told["offers"]} for part in ("places", "desk"))
if any(offer not in needs[need] for need, offer in got.items()):
    sys.exit("WRONG: a need got what is not among its wishes")
taken = Counter(got.values()), Counter(desk[offer] for offer in got.values() if desk[offer])
if any(n > places[offer] for offer, n in taken[0].items()) or any(n > room[each] for each, n in taken[1].items()):
    sys.exit("WRONG: an offer or desk takes more than it can")
if scale < 1 or min([0, *prices.values(), *desk_prices.values()]) < 0:
    sys.exit("WRONG: a price is below zero")
bound = sum(places[o] * price for o, price in prices.items()) + sum(room[d] * p for d, p in desk_prices.items())
for row in needs.values():
    bound += max([0, *(scale * (row[o] + told["bonus"]) - prices.get(o, 0) - desk_prices.get(desk[o], 0) for o in row)])
scores = scale * sum(needs[need][offer] for need, offer in got.items())
if (scores + scale * told["bonus"] * len(got), bound) != (told["total"], told["bound"]):
    sys.exit(f"WRONG: total {told['total']} or bound {told['bound']} is not what wishes and prices give")
if cover:  # if it touches every wish, no outcome covers more than what it names can take together
    most = len(cover["needs"]) + sum(places[o] for o in cover["offers"]) + sum(room[d] for d in cover["desks"])
    hit = [set(cover[part]) for part in ("needs", "offers", "desks")]
    if most != len(got) or any(not (n in hit[0] or o in hit[1] or desk[o] in hit[2]) for n in needs for o in needs[n]):
        sys.exit("WRONG: the cover does not show that no other outcome covers more")
gap = f"at most {(bound - told['total']) / max(scores, 1):.4%} below the best total"
print(f"Right: {len(got)} of {len(needs)} needs, {'as many as can be, ' if cover else ''}{gap}.")
