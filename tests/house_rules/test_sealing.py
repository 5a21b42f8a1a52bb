"""What is sealed opens only here, and only for what it was sealed for."""

import pytest
from flask import Flask

from matchmaker.keys import use_keys
from matchmaker.sealing import SealBroken, seal, unseal


def test_a_sealed_text_opens_and_does_not_show_itself(app: Flask) -> None:
    one, two = seal("heel geheim", purpose="proef"), seal("heel geheim", purpose="proef")
    assert one != two and "geheim" not in one
    assert unseal(one, purpose="proef") == unseal(two, purpose="proef") == "heel geheim"


@pytest.mark.parametrize("spoilt", ["", "é", "AAAA", "geen base64!"])
def test_what_was_not_sealed_here_does_not_open(app: Flask, spoilt: str) -> None:
    with pytest.raises(SealBroken):
        unseal(spoilt, purpose="proef")


def test_another_purpose_another_key_or_one_changed_bit_does_not_open(app: Flask) -> None:
    sealed = seal("heel geheim", purpose="proef")
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="iets anders")
    with pytest.raises(SealBroken):
        unseal(sealed[:-4] + ("AAA=" if sealed[-4:] != "AAA=" else "BBB="), purpose="proef")
    use_keys("een andere sleutel")
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="proef")
    use_keys(app.extensions["settings"].secret_key)
    assert unseal(sealed, purpose="proef") == "heel geheim"
