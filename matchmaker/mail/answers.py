"""What an answer by mail to a letter is about."""


def about(noun: str, number: int) -> dict[str, object]:
    """What a letter keeps under `answers`, so that an answer to it finds its way (see `matchmaker.receiving`)."""
    return {"noun": noun, "id": number}
