"""What an address of a list asks: the filter, the order, the page and how to show it. Anyone may have written it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from matchmaker.listings.search.browse import Order
from matchmaker.listings.search.filters import Filter, Ignored, read_filter
from matchmaker.vocabulary import Side

MOST_PAIRS = 300
LAST_PAGE = 100_000
PATHS = {Side.OFFER: "/aanbod", Side.NEED: "/vragen"}
UNFOLDS = ("werkveld", "van")


@dataclass(frozen=True, slots=True)
class Asked:
    """One list as someone asked for it."""

    filter: Filter
    order: Order
    page: int
    on_map: bool
    unfolded: frozenset[str]
    ignored: tuple[Ignored, ...]

    def url(
        self,
        *,
        wanted: Filter | None = None,
        page: int = 1,
        on_map: bool | None = None,
        unfold: str = "",
        suffix: str = "",
    ) -> str:
        """The address of this list with something changed; the first page unless another is named."""
        wanted = wanted or self.filter
        pairs = wanted.pairs() + self.beside(on_map=on_map, unfold=unfold, place=wanted.place)
        if page > 1:
            pairs.append(("pagina", str(page)))
        return f"{PATHS[wanted.side]}{suffix}" + (f"?{urlencode(pairs)}" if pairs else "")

    def without_words(self) -> list[tuple[str, str]]:
        """What a new search keeps: all filters but the words."""
        return replace(self.filter, words="").pairs() + self.beside(place=self.filter.place)

    def kept_by_filters(self) -> list[tuple[str, str]]:
        """What the form of the filters sends along unseen: the words, the order and the map."""
        words = [("q", self.filter.words)] if self.filter.words else []
        return words + self.beside(place=self.filter.place)

    def kept_by_order(self) -> list[tuple[str, str]]:
        """What choosing another order keeps: the filter and the unfolded facets."""
        return self.filter.pairs() + [("toon", name) for name in UNFOLDS if name in self.unfolded]

    def beside(self, *, on_map: bool | None = None, unfold: str = "", place: str = "") -> list[tuple[str, str]]:
        """What the address holds beside the filter: order, map, unfolded facets."""
        pairs = []
        if self.order is not Order.NEWEST and (self.order is not Order.NEAREST or place):
            pairs.append(("volgorde", self.order.value))
        if self.on_map if on_map is None else on_map:
            pairs.append(("weergave", "kaart"))
        return pairs + [("toon", name) for name in UNFOLDS if name in self.unfolded or name == unfold]


def read_asked(side: Side, args: "MultiDict[str, str]") -> Asked:
    """The list an address asks for. Unknown values are set aside and named in `ignored`."""
    pairs = list(args.items(multi=True))[:MOST_PAIRS]
    wanted, ignored = read_filter(side, pairs)
    order, more = _order(args.getlist("volgorde"), wanted)
    page, wrong_page = _page(args.getlist("pagina"))
    return Asked(
        filter=wanted,
        order=order,
        page=page,
        on_map=args.get("weergave") == "kaart",
        unfolded=frozenset(args.getlist("toon")) & frozenset(UNFOLDS),
        ignored=(*ignored, *more, *wrong_page),
    )


def _order(given: list[str], wanted: Filter) -> tuple[Order, list[Ignored]]:
    asked = next((value for value in given if value), Order.NEAREST.value if wanted.place else Order.NEWEST.value)
    if asked not in set(Order):
        return Order.NEWEST, [Ignored("volgorde", asked[:80], "unknown")]
    if asked == Order.NEAREST and not wanted.place:
        return Order.NEWEST, [Ignored("volgorde", "", "needs_place")]
    return Order(asked), []


def _page(given: Iterable[str]) -> tuple[int, list[Ignored]]:
    asked = next((value for value in given if value), "1")
    if asked.isascii() and asked.isdigit() and len(asked) <= 9 and int(asked) >= 1:
        return min(int(asked), LAST_PAGE), []
    return 1, [Ignored("pagina", asked[:80], "unknown")]
