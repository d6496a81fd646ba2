"""Mail: a letter becomes a message and goes over SMTP; the demo's own server receives it."""

import contextlib
import email
import email.policy
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiosmtplib
from aiosmtpd.controller import Controller

from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to go; `key` makes its Message-ID, the same at every try."""

    key: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Post:
    """Where mail goes out."""

    host: str
    port: int
    sender: str
    base_url: str
    user: str = ""
    password: str = ""
    tls: str = "none"

    @classmethod
    def of(cls, settings: Settings) -> "Post | None":
        if not settings.smtp_host:
            return None
        return cls(
            settings.smtp_host,
            settings.smtp_port,
            settings.mail_from,
            settings.address,
            settings.smtp_user,
            settings.smtp_password.get_secret_value(),
            settings.smtp_tls,
        )

    def connection(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
            timeout=20,
        )

    def message(self, letter: Written, *, at: datetime) -> EmailMessage:
        """Build the message; the header classes refuse line breaks, so nothing can be smuggled in.

        Raises:
            ValueError, IndexError: no message can be made of it, such as one for `ada.@ash.example`.
        """
        name, address = parseaddr(self.sender)
        host = urlsplit(self.base_url).hostname or "localhost"
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"] = Address(name, addr_spec=address)
        message["To"] = Address(plain(letter.to_name), addr_spec=letter.to_address)
        message["Subject"] = plain(letter.subject)
        message["Date"] = format_datetime(at)
        mark = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{mark}@{host}>"
        message["List-Id"] = f"Tandem letters <letters.{host}>"
        message["List-Unsubscribe"] = f"<{self.base_url}/account>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, subtype="plain", charset="utf-8")
        message.add_alternative(letter.html, subtype="html", charset="utf-8")
        bytes(message)  # what cannot be written out must show here, before anything is sent
        return message


def plain(text: str) -> str:
    return " ".join(text.split())


class Mailbox:
    """The demo's mailbox: each letter as it arrived, a file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        number = len(list(self.folder.glob("*.eml"))) + 1
        draft = self.folder / f"{number:06}.part"
        draft.write_bytes(envelope.original_content)
        draft.rename(self.folder / f"{number:06}.eml")
        return "250 Message accepted for delivery"

    def letters(self) -> list[tuple[int, EmailMessage]]:
        """Every letter with its number, newest first."""
        files = sorted(self.folder.glob("*.eml"), reverse=True)
        return [(int(file.stem), parsed(file.read_bytes())) for file in files]

    def letter(self, number: int) -> tuple[bytes, EmailMessage] | None:
        file = self.folder / f"{number:06}.eml"
        return (file.read_bytes(), parsed(file.read_bytes())) if file.exists() else None


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)


@contextlib.asynccontextmanager
async def mail_server(mailbox: Mailbox, port: int) -> AsyncIterator[int]:
    """Run a real SMTP server on loopback for the time of the demo."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, data_size_limit=4_000_000)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
