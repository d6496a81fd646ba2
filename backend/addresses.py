"""E-mail addresses: which may be stored, shared and written to."""

import re
from email.headerregistry import Address

LONGEST = 254
# What may stand in a name without quotes; of the rest, some makes the parser below stumble.
NAME = re.compile(r"[^\s@\[\]()<>\",:;\\]+")
DOMAIN = re.compile(
    r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE
)


def is_address(text: str) -> bool:
    """Tell whether a letter to this address can be written, and goes to no other."""
    if len(text) > LONGEST or not text.isascii():
        return False
    name, _, domain = text.rpartition("@")
    if not NAME.fullmatch(name) or not DOMAIN.fullmatch(domain):
        return False
    try:
        read = Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return (read.username, read.domain) == (name, domain)
