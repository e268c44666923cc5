"""What is sealed opens for its own purpose and key alone."""

from backend.core.sealed import seal, unseal


def test_what_is_sealed_cannot_be_read_and_opens_again():
    sealed = seal(b"hemligt", purpose=b"one")

    assert "hemligt" not in sealed
    assert unseal(sealed, purpose=b"one") == b"hemligt"


def test_another_purpose_opens_nothing():
    assert unseal(seal(b"hemligt", purpose=b"one"), purpose=b"another") is None


def test_what_was_changed_opens_nothing():
    sealed = seal(b"hemligt", purpose=b"one")

    assert unseal(sealed[:-4] + "AAAA", purpose=b"one") is None


def test_an_older_key_opens_while_it_is_named(settings):
    sealed, old = seal(b"hemligt", purpose=b"one"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a newer key", [old]
    assert unseal(sealed, purpose=b"one") == b"hemligt"

    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(sealed, purpose=b"one") is None
