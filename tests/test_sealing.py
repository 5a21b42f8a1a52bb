"""Sealing: what was sealed can be read again by us, for the same purpose, unchanged."""

import pytest
from flask import Flask

from matchmaker.keys import use_keys
from matchmaker.sealing import SealBroken, seal, unseal


def test_what_was_sealed_is_read_again_and_never_looks_the_same(app: Flask) -> None:
    first, second = seal("géheim 🔑", purpose="a"), seal("géheim 🔑", purpose="a")
    assert first != second
    assert (unseal(first, purpose="a"), unseal(second, purpose="a")) == ("géheim 🔑", "géheim 🔑")
    assert "heim" not in first


def test_another_purpose_another_key_or_a_changed_letter_opens_nothing(app: Flask) -> None:
    sealed = seal("geheim", purpose="a")
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="b")
    for broken in ("", "x", "é", sealed[:-4], sealed[4:], ("B" if sealed[0] == "A" else "A") + sealed[1:]):
        with pytest.raises(SealBroken):
            unseal(broken, purpose="a")
    secret = app.extensions["settings"].secret_key
    use_keys("another secret key")
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="a")
    use_keys(secret)
