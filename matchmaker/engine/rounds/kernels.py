"""The loops of a round, written once: run as they stand on lists, or compiled by numba on arrays of 64-bit integers.

Only whole numbers are used, so both give the same outcome to the last digit. `compiling.py` chooses. A function calls
only those above it.
"""

from typing import Any, NamedTuple

Numbers = Any
"""A list of int, or an array of int64 when compiled."""

NOBODY = -1
NO_BID = 1 << 62


class Book(NamedTuple):
    """The books of an auction: n needs, o offers, d desks, m wishes, s places in all. Money is in units of value.

    start (n + 1), offer (m), value (m): the wishes, best first. places (o), desk (o, d for none), room (d). An offer or
    desk that can take nothing has a reserve above every value.
    held (n): the wish each need holds, -1 for none. heap (o + 1): where the bids of an offer begin in bid and bidder
    (s), which hold for each offer a heap, lowest bid on top. count (o): bids held. floor (o): what a bid must pass at
    the offer itself, the lowest bid once it is full, `reserve` (o) before. desk_count, desk_floor, desk_reserve (d + 1)
    the same for desks. tree: per desk a tournament over its offers, whose root names the offer with the lowest bid;
    tree_start (d), tree_size (d) and leaf (o) say where.
    """

    start: Numbers
    offer: Numbers
    value: Numbers
    places: Numbers
    desk: Numbers
    room: Numbers
    held: Numbers
    heap: Numbers
    bid: Numbers
    bidder: Numbers
    count: Numbers
    floor: Numbers
    reserve: Numbers
    desk_count: Numbers
    desk_floor: Numbers
    desk_reserve: Numbers
    tree: Numbers
    tree_start: Numbers
    tree_size: Numbers
    leaf: Numbers


def first_with_room(first: int, last: int, offer: Numbers, left: Numbers, desk: Numbers, room: Numbers) -> int:
    """Of the wishes from first up to last the first whose offer and desk have a place left, -1 for none."""
    limited = len(room) > 1
    for wish in range(first, last):
        chosen = offer[wish]
        if left[chosen] > 0 and (not limited or room[desk[chosen]] > 0):
            return wish
    return NOBODY


def serve_in_turn(
    start: Numbers,
    offer: Numbers,
    turn: Numbers,
    left: Numbers,
    desk: Numbers,
    room: Numbers,
    held: Numbers,
    ahead: Numbers,
    first: Numbers,
    last: Numbers,
) -> None:
    """Each need in its turn takes its best wish that still has a place, at the offer and at its desk.

    turn (n) holds the needs in the order of the lottery, left (o) the places, desk (o) and room (d + 1, the last never
    used up) the desks. Writes the wish taken into held (n), -1 for none. Of the next needs the first wish and where the
    wishes begin and end are read into ahead, first and last (of one length above 0), so that the memory that holds them
    is fetched at once and not one by one.
    """
    limited = len(room) > 1
    for begin in range(0, len(turn), len(ahead)):
        number = min(len(ahead), len(turn) - begin)
        for place in range(number):
            need = turn[begin + place]
            first[place], last[place] = start[need], start[need + 1]
            if first[place] < last[place]:
                ahead[place] = offer[first[place]]
        for place in range(number):
            wish, end = first[place], last[place]
            if wish >= end:
                continue
            chosen = ahead[place]
            if left[chosen] <= 0 or (limited and room[desk[chosen]] <= 0):
                wish = first_with_room(wish + 1, end, offer, left, desk, room)
                if wish < 0:
                    continue
                chosen = offer[wish]
            held[turn[begin + place]] = wish
            left[chosen] -= 1
            if limited:
                room[desk[chosen]] -= 1


def best_wish(
    first: int, last: int, offer: Numbers, value: Numbers, floor: Numbers, desk: Numbers, desk_floor: Numbers
) -> tuple[int, int]:
    """Of the wishes from first up to last the one that leaves most after the price, and its lead on the next best.

    The next best is at least staying without, which leaves 0; the wish is -1 when that is as good as any.
    """
    limited = len(desk_floor) > 1
    best, second, found = 0, 0, NOBODY
    for wish in range(first, last):
        worth = value[wish]
        if worth <= second:
            break
        chosen = offer[wish]
        price = floor[chosen]
        if limited and desk_floor[desk[chosen]] > price:
            price = desk_floor[desk[chosen]]
        left = worth - price
        if left > best:
            best, second, found = left, best, wish
        elif left > second:
            second = left
    return found, best - second


def most_left(
    first: int, last: int, offer: Numbers, value: Numbers, price: Numbers, desk: Numbers, desk_price: Numbers
) -> int:
    """What the best of the wishes from first up to last leaves after the prices, at least 0."""
    most = 0
    for wish in range(first, last):
        if value[wish] <= most:
            break
        most = max(most, value[wish] - price[offer[wish]] - desk_price[desk[offer[wish]]])
    return most


def rise(bid: Numbers, bidder: Numbers, first: int, here: int, new: int, need: int) -> None:
    """Add a bid at the end (`here`, from 0) of the heap that begins at `first`."""
    while here > 0:
        above = (here - 1) >> 1
        if bid[first + above] <= new:
            break
        bid[first + here] = bid[first + above]
        bidder[first + here] = bidder[first + above]
        here = above
    bid[first + here] = new
    bidder[first + here] = need


def sink(bid: Numbers, bidder: Numbers, first: int, size: int, new: int, need: int) -> None:
    """Put a bid in the place of the lowest in the heap of `size` bids that begins at `first`."""
    here = 0
    while True:
        below = 2 * here + 1
        if below >= size:
            break
        if below + 1 < size and bid[first + below + 1] < bid[first + below]:
            below += 1
        if bid[first + below] >= new:
            break
        bid[first + here] = bid[first + below]
        bidder[first + here] = bidder[first + below]
        here = below
    bid[first + here] = new
    bidder[first + here] = need


def play_again(offer: int, book: Book) -> None:
    """Play the tournament of a desk again from one of its offers up."""
    desk = book.desk[offer]
    tree, heap, bid, count = book.tree, book.heap, book.bid, book.count
    base, node = book.tree_start[desk], book.tree_size[desk] + book.leaf[offer]
    while node > 1:
        node >>= 1
        left, right = tree[base + 2 * node], tree[base + 2 * node + 1]
        lowest_left = bid[heap[left]] if left >= 0 and count[left] > 0 else NO_BID
        lowest_right = bid[heap[right]] if right >= 0 and count[right] > 0 else NO_BID
        tree[base + node] = left if lowest_left <= lowest_right else right


def room_at_desk(desk: int, book: Book) -> int:
    """Take one place at a desk. When it is full the lowest bid of all its offers goes; returns whose, else -1."""
    if book.desk_count[desk] < book.room[desk]:
        book.desk_count[desk] += 1
        return NOBODY
    poorest = book.tree[book.tree_start[desk] + 1]
    first, last = book.heap[poorest], book.count[poorest] - 1
    out = book.bidder[first]
    book.count[poorest] = last
    book.floor[poorest] = book.reserve[poorest]
    if last > 0:
        sink(book.bid, book.bidder, first, last, book.bid[first + last], book.bidder[first + last])
    play_again(poorest, book)
    return int(out)


def close_desk(desk: int, offer: int, book: Book) -> None:
    """After a bid at an offer: what a bid must pass at its desk from now on, the lowest of all once it is full."""
    play_again(offer, book)
    if book.desk_count[desk] >= book.room[desk]:
        book.desk_floor[desk] = book.bid[book.heap[book.tree[book.tree_start[desk] + 1]]]


def auction(book: Book, step: int, most: int) -> int:
    """Let who has no place bid until none that wants to is without. `step` (above 0) is what a bid adds at least.

    A need bids for its best wish what makes it as good as the next best, plus the step. Who loses a place bids again at
    once. Returns the number of bids, or -1 as soon as that would pass `most`; the books are then half done.
    """
    start, offer, value, places, desk, room, held, heap, bid, bidder, count, floor = book[:12]
    desk_floor = book.desk_floor
    bids, limited = 0, len(room) > 0
    for each in range(len(start) - 1):
        need = each if held[each] < 0 else NOBODY
        while need >= 0:
            wish, lead = best_wish(start[need], start[need + 1], offer, value, floor, desk, desk_floor)
            if wish < 0:
                break
            if bids >= most:
                return NOBODY
            bids += 1
            held[need] = wish
            chosen = offer[wish]
            at = desk[chosen] if limited else 0
            new = max(floor[chosen], desk_floor[at]) + lead + step
            out = NOBODY
            if count[chosen] >= places[chosen]:
                out = bidder[heap[chosen]]
                sink(bid, bidder, heap[chosen], count[chosen], new, need)
            else:
                if at < len(room):
                    out = room_at_desk(at, book)
                rise(bid, bidder, heap[chosen], count[chosen], new, need)
                count[chosen] += 1
            if count[chosen] >= places[chosen]:
                floor[chosen] = bid[heap[chosen]]
            if at < len(room):
                close_desk(at, chosen, book)
            need = out
            if need >= 0:
                held[need] = NOBODY
    return bids


def drop_reserves(book: Book) -> int:
    """Let who has room left ask nothing any more; returns how many turned bids away by a reserve until now."""
    dropped = 0
    for desk in range(len(book.room)):
        if book.desk_count[desk] < book.room[desk] and book.desk_reserve[desk] > 0:
            book.desk_reserve[desk] = book.desk_floor[desk] = 0
            dropped += 1
    for offer in range(len(book.places)):
        open_desk = book.desk_floor[book.desk[offer]] < book.reserve[offer]
        if open_desk and book.count[offer] < book.places[offer] and book.reserve[offer] > 0:
            book.reserve[offer] = book.floor[offer] = 0
            dropped += 1
    return dropped


def settle(book: Book, price: Numbers, desk_price: Numbers) -> tuple[int, int]:
    """Read prices off the books into price (o) and desk_price (d + 1); returns the total value and its upper bound.

    A desk that is full asks its floor and an offer that is full what its own floor is above that; who has room left
    asks nothing. The bound is the dual one: what is left at best to every need after the prices, and the prices of all
    places.
    """
    start, offer, value, places, desk, room, held = book[:7]
    count, floor, desk_count, desk_floor = book.count, book.floor, book.desk_count, book.desk_floor
    bound = total = 0
    for each in range(len(room)):
        desk_price[each] = desk_floor[each] if desk_count[each] >= room[each] else 0
        bound += desk_price[each] * room[each]
    for each in range(len(places)):
        above = max(0, floor[each] - desk_price[desk[each]])
        price[each] = above if count[each] >= places[each] else 0
        bound += price[each] * places[each]
    for need in range(len(start) - 1):
        bound += most_left(start[need], start[need + 1], offer, value, price, desk, desk_price)
        total += value[held[need]] if held[need] >= 0 else 0
    return total, bound
