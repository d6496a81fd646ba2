"""The one reader of the environment. Every setting is `TANDEM_…`; a secret may be a file."""

import os
import re
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.addresses import is_address
from backend.mistakes import Mistake

PREFIX = "TANDEM_"
SECRETS = ("neo4j_password", "smtp_password", "oidc_client_secret", "session_secret")

ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:(?P<port>[0-9]{1,5}))?/?"
)
USUAL_PORTS = {"http": 80, "https": 443}
LARGEST_PORT = 65_535
UNSET_SENDER = "Tandem <tandem@localhost>"  # good enough for a relay on this machine


def data_home() -> Path:
    """The folder where programs of this person keep data (XDG Base Directory)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tandem"


def keep_machine_code(data: Path | None = None) -> None:
    """Keep what the matcher compiles beside the data: the next process need not compile it again.

    Where that cannot be written numba looks for another folder, and without any compiles each time.
    A folder that the environment names stays.
    """
    usual = Path(os.environ.get(f"{PREFIX}DATA") or data_home()) / "machine-code"
    if os.environ.get("NUMBA_CACHE_DIR", str(usual)) == str(usual):
        os.environ["NUMBA_CACHE_DIR"] = str(data / usual.name if data else usual)


class Settings(BaseSettings):
    """What this Tandem is configured to be."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(
        default_factory=data_home, description="Folder of the embedded engine and the mailbox."
    )
    neo4j_uri: str = Field(
        "",
        description="Address of a Neo4j 5.26, such as neo4j://host:7687; unset: the embedded engine.",
    )
    neo4j_user: str = Field("neo4j", description="Its user.")
    neo4j_password: SecretStr = Field(SecretStr(""), description="Its password.")
    neo4j_database: str = Field("", description="Its database; unset: the server's default.")
    host: str = Field("127.0.0.1", description="Address that the site listens on.")
    port: int = Field(
        8000, ge=0, le=65535, description="Port that the site listens on; 0: any free one."
    )
    base_url: str = Field(
        "",
        description="Address that people use, such as https://tandem.example; unset: the host and port.",
    )
    contact: str = Field(
        "the people who run this Tandem", description="Whom people write to: a name or an address."
    )
    smtp_host: str = Field("", description="Mail server; unset: letters are planned and not sent.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field("", description="Its user, if it asks for one.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Its password.")
    smtp_tls: str = Field(
        "starttls", pattern="^(starttls|tls|none)$", description="starttls, tls or none."
    )
    mail_from: str = Field(UNSET_SENDER, description="Sender of the letters.")
    oidc_name: str = Field(
        "your council's account", description="What the sign-in button calls the provider."
    )
    oidc_issuer: str = Field(
        "",
        description="OpenID Connect issuer, such as https://accounts.google.com; for Entra ID across councils https://login.microsoftonline.com/organizations/v2.0.",
    )
    oidc_client_id: str = Field("", description="Client id at the issuer.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Client secret at the issuer.")
    oidc_tenants: str = Field(
        "",
        description="Entra ID: the tenants that may sign in, each with the mail domains that are its own, such as 11111111-2222-3333-4444-555555555555=council.gov.uk+borough.gov.uk, with commas.",
    )
    oidc_domains: str = Field(
        "", description="Google Workspace: the domains that may sign in, with commas."
    )
    allowance: int = Field(
        1_000_000,
        ge=0,
        description="Points that one person may spend a minute through /graphql, and an address that has not signed in a fifth of it; 0: no limit.",
    )
    session_secret: SecretStr = Field(
        SecretStr(""), description="Key of the sign-in cookie; unset: a new one at each start."
    )

    @classmethod
    def read(cls, **overrides: Any) -> "Settings":
        """Read the environment.

        Raises:
            Mistake: a value does not fit; the message names the variable.
        """
        given = {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**(secrets_from_files() | given))
        except ValidationError as problem:
            raise Mistake(in_a_sentence(problem.errors()[0])) from problem

    @field_validator("base_url")
    @classmethod
    def origin(cls, value: str) -> str:
        """The address as browsers write it, else they are told that they are strangers."""
        found = ORIGIN.fullmatch(value.strip().lower())
        port = int(found["port"] or 0) if found else 0
        if value.strip() and (found is None or port > LARGEST_PORT or found["port"] == "0"):
            message = "write scheme, host and perhaps port, such as https://tandem.example, no path"
            raise ValueError(message)
        return written(found["scheme"], found["host"], port) if found else ""

    @field_validator("mail_from")
    @classmethod
    def sender(cls, value: str) -> str:
        found = getaddresses([value])
        is_one = len(found) == 1 and is_address(found[0][1]) and value.isprintable()
        if not is_one and value != UNSET_SENDER:
            message = "write one address, such as Tandem <letters@tandem.example>"
            raise ValueError(message)
        return value

    @property
    def address(self) -> str:
        """Where people reach the site, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base_url or written("http", host, self.port)

    @property
    def is_secure(self) -> bool:
        return self.address.startswith("https://")


def written(scheme: str, host: str, port: int) -> str:
    """An origin, without the port that goes without saying."""
    usual = {0, USUAL_PORTS[scheme]}
    return f"{scheme}://{host}" if port in usual else f"{scheme}://{host}:{port}"


def in_a_sentence(problem: ErrorDetails) -> str:
    name = PREFIX + str(problem["loc"][0]).upper()
    what = problem["msg"].removeprefix("Value error, ")
    return (
        f"{name} is not right, {what[0].lower()}{what[1:]}: ./tandem check --settings lists what"
        " each setting is."
    )


def secrets_from_files() -> dict[str, Any]:
    """Read the secrets whose `…_FILE` variable names a file.

    Raises:
        Mistake: the file cannot be read.
    """
    found = {}
    for name in SECRETS:
        variable = f"{PREFIX}{name.upper()}_FILE"
        if path := os.environ.get(variable):
            try:
                found[name] = Path(path).read_text().strip()
            except OSError as problem:
                message = f"{variable} names {path}, which cannot be read: {problem.strerror}."
                raise Mistake(message) from problem
    return found
