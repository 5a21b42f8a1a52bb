"""Mails as mail programs write them."""

from email.message import EmailMessage

from sqlalchemy import select

from matchmaker.database import db
from matchmaker.mail.models import Letter
from matchmaker.replies.addresses import reply_address


def letter_to(address: str, template: str = "message_posted") -> Letter:
    """The last letter of this kind to someone."""
    letters = select(Letter).where(Letter.to_address == address, Letter.template == template).order_by(Letter.id.desc())
    return db.session.scalars(letters.limit(1)).one()


def answer_to(letter: Letter, text: str, *, sender: str = "", number: str = "1", **headers: str) -> EmailMessage:
    """An answer as a person writes it, above the letter that is answered."""
    message = EmailMessage()
    message["From"] = f"Iemand <{sender or letter.to_address}>"
    message["To"] = reply_address(letter)
    message["Subject"] = "Re: Bericht"
    message["Message-ID"] = f"<{letter.id}.{number}@post.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    quoted = "> Schrijf uw antwoord boven deze regel.\n> Beste lezer,\n> Is er een beamer?"
    message.set_content(
        f"{text}\n\nOp ma 30 nov 2026 om 10:00 schreef Matchmaker <{reply_address(letter)}>:\n{quoted}\n"
    )
    return message
