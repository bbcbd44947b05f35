import secrets


def new_token() -> str:
    """For a link in a mail: 256 bits, nothing to guess."""
    return secrets.token_urlsafe(32)
