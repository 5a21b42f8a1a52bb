"""Could one more be covered? The loops of that search, written once as those of `kernels.py` are."""

from matchmaker.engine.rounds.kernels import NOBODY, Book, Numbers


def pass_offer(offer: int, book: Book, needs: Numbers, offers: Numbers, queue: Numbers, size: int) -> int:
    """Mark an offer and who has a place there; they join the queue, whose new size is returned."""
    offers[offer] = 1
    for place in range(book.heap[offer], book.heap[offer] + book.count[offer]):
        need = book.bidder[place]
        if not needs[need]:
            needs[need] = 1
            queue[size] = need
            size += 1
    return size


def reach_offer(
    offer: int, book: Book, needs: Numbers, offers: Numbers, desks: Numbers, queue: Numbers, size: int
) -> int:
    """As `pass_offer`, and on to the other offers of its desk where that is what is full; -1 when it has room."""
    size = pass_offer(offer, book, needs, offers, queue, size)
    if book.count[offer] >= book.places[offer]:
        return size
    desk = book.desk[offer]
    if desk >= len(book.room) or book.desk_count[desk] < book.room[desk]:
        return NOBODY
    if not desks[desk]:
        desks[desk] = 1
        first = book.tree_start[desk] + book.tree_size[desk]
        for leaf in range(first, first + book.tree_size[desk]):
            other = book.tree[leaf]
            if book.count[other] > 0 and not offers[other]:
                size = pass_offer(other, book, needs, offers, queue, size)
    return size


def reach(book: Book, needs: Numbers, offers: Numbers, desks: Numbers, queue: Numbers) -> bool:
    """Mark in needs (n), offers (o) and desks (d), all 0, whose place who has none could get if others moved.

    queue (n) is room to work in. True as soon as that ends at room that is free: one more can then be covered. False
    when nowhere is any, and then no outcome covers more (Ford & Fulkerson 1956): every wish is of a need that was not
    marked, or for a marked offer or desk that is full.
    """
    size = done = 0
    for need in range(len(book.held)):
        if book.held[need] < 0:
            needs[need] = 1
            queue[size] = need
            size += 1
    while done < size:
        need = queue[done]
        done += 1
        for wish in range(book.start[need], book.start[need + 1]):
            if not offers[book.offer[wish]]:
                size = reach_offer(book.offer[wish], book, needs, offers, desks, queue, size)
                if size < 0:
                    return True
    return False
