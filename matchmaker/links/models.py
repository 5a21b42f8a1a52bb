"""One-time and standing links."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import SECRET, TECHNICAL, VISITOR, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db


class Purpose(StrEnum):
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105  # nosec B105  # names a purpose
    SIGN_UP = "sign_up"
    SECOND_STEP = "second_step"
    NEW_ADDRESS = "new_address"
    KEEP_ADDRESS = "keep_address"
    COLLEAGUE_ANSWER = "colleague_answer"
    CONFIRM_REQUEST = "confirm_request"
    FOLLOW_REQUEST = "follow_request"
    CONFIRM_APPOINTMENT = "confirm_appointment"
    SESSION_AFTER = "session_after"
    FEED = "feed"
    SEAT = "seat"
    MEETING = "meeting"
    PLACEMENT = "placement"
    SIGN_AGREEMENT = "sign_agreement"
    OFFERS_FEED = "offers_feed"
    ORGANISATION_FEED = "organisation_feed"
    TIE_IDENTITY = "tie_identity"
    SIGN_UP_BY_PROVIDER = "sign_up_by_provider"
    DATA_REQUEST = "data_request"


class Link(db.Model):  # type: ignore[name-defined,misc]
    """A right to see and do one thing. The token follows from `nonce` and the secret key; only its hash is kept.

    `sealed_token` holds the token of a link that was made under a secret key of before, sealed under that of now.
    """

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    purpose: Mapped[Purpose] = mapped_column(Code(Purpose), info=TECHNICAL)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    nonce: Mapped[str] = mapped_column(String(32), info=SECRET)
    sealed_token: Mapped[str] = mapped_column(String(120), default="", info=SECRET)
    subject_id: Mapped[int] = mapped_column(index=True, info=TECHNICAL)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), info=WHO)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=VISITOR)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    expires_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    used_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
