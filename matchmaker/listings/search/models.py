"""What the search keeps in tables of its own. Only `listings.search.text_index` writes and reads them."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import LISTING_TEXT, TECHNICAL
from matchmaker.database import db


class ListingWords(db.Model):  # type: ignore[name-defined,misc]
    """The terms a listing is found by, apart by spaces, and the version of the analysis that made them."""

    __tablename__ = "listing_words"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    words: Mapped[str] = mapped_column(Text, info=LISTING_TEXT)
    version: Mapped[str] = mapped_column(String(16), index=True, info=TECHNICAL)


class SearchWord(db.Model):  # type: ignore[name-defined,misc]
    """One term of all listings together, counted now and then: what someone who mistypes a word may have meant."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(String(40), primary_key=True, info=TECHNICAL)
    listings: Mapped[int] = mapped_column(info=TECHNICAL)
