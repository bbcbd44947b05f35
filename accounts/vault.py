"""What only the running portal may read is kept encrypted: a stolen database or backup is not enough."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def lock(text: str) -> str:
    return _vault().encrypt(text.encode()).decode()


def unlock(sealed: str) -> str:
    """The text; after a change of SECRET_KEY without a fallback something nobody can guess instead."""
    try:
        return _vault().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return str(generate_totp_secret())


def _vault() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"accounts.vault:{key}".encode()).digest())) for key in keys])
