"""The only reader of the environment. README.md has the same list for people; a test holds the two together."""

import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from claims.errors import BadInput

PREFIX = "SECOND_SOURCE_"


_VISIBLE = re.compile("[!-~]+")
_TOKEN = re.compile("[0-9]+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook
KEEP_DAYS_MAX = 36_500  # a hundred years; far beyond, a date has no place in the calendar


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or not _VISIBLE.fullmatch(value):
        raise ValueError
    return value


def _secret_web_address(value: SecretStr) -> SecretStr:
    _web_address(value.get_secret_value())
    return value


def _hidden(shape: re.Pattern[str]) -> Callable[[SecretStr], SecretStr]:
    def checked(value: SecretStr) -> SecretStr:
        if not shape.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    return checked


def _certificates(file: Path) -> Path:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except ssl.SSLError:
        raise ValueError(f"{file} holds none") from None
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}") from None
    return file


_WEB_ADDRESS = "an address that begins with http:// or https://"
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """Every setting with its default. Secrets mask themselves when printed; ``description`` says what it takes."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        str_strip_whitespace=True,
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_hidden(_TOKEN))] | None = Field(
        default=None,
        validation_alias="TELEGRAM_BOT_TOKEN",
        description="the token from @BotFather, digits, a colon and more letters",
    )
    #: async SQLAlchemy address; may hold a password; checked by the store
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/second-source.db")
    #: forward proxy that all pages are fetched through; may hold a password
    egress_proxy: Annotated[SecretStr, AfterValidator(_secret_web_address)] | None = Field(
        default=None, description="the address of an HTTP proxy, such as http://proxy.example:3128"
    )
    #: further certificate authority to trust when fetching
    ca_file: Annotated[Path, AfterValidator(_certificates)] | None = Field(
        default=None, description="a file with certificates in PEM form"
    )
    telegram_api_url: WebAddress = Field(default="https://api.telegram.org/bot", description=_WEB_ADDRESS)
    telegram_file_url: WebAddress = Field(default="https://api.telegram.org/file/bot", description=_WEB_ADDRESS)
    #: messages a second overall; 0 = unlimited
    telegram_rate: float = Field(
        default=28.0, ge=0, allow_inf_nan=False, description="a number of messages a second, 0 for no limit"
    )
    #: Telegram user id of the owner
    owner_id: int | None = Field(default=None, ge=1, description="a Telegram user id, digits only")
    web_host: str = "127.0.0.1"
    #: 0 = any free port
    web_port: int = Field(default=8080, ge=0, le=65535, description="a port from 1 to 65535, or 0 for any free one")
    #: address under which readers reach the page, for links in answers
    public_url: WebAddress | None = Field(default=None, description=_WEB_ADDRESS)
    webhook_url: WebAddress | None = Field(default=None, description=_WEB_ADDRESS)
    webhook_secret: Annotated[SecretStr, AfterValidator(_hidden(_WEBHOOK_SECRET))] | None = Field(
        default=None, description="1 to 256 letters, digits, _ and -"
    )
    #: stable name of this process among replicas; the name of a folder too
    replica: str = Field(
        default="main",
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$",
        description="a name of up to 64 letters, digits, dots, _ and -",
    )
    #: page about this fetcher, part of the name it gives to outlets
    contact_url: WebAddress | None = Field(default=None, description=_WEB_ADDRESS)
    #: days that full texts are kept
    keep_days: int = Field(
        default=90, ge=1, le=KEEP_DAYS_MAX, description=f"a number of days from 1 to {KEEP_DAYS_MAX}"
    )
    #: shortest time between two readings of one feed; 0 = collect nothing
    collect_seconds: float = Field(
        default=120.0, ge=0, le=86_400, description="a number of seconds up to 86400, a day, 0 to collect nothing"
    )
    #: keys of services that have one; without it a service is left out
    guardian_key: SecretStr | None = None
    nyt_key: SecretStr | None = None
    fact_checks_key: SecretStr | None = None

    @classmethod
    def from_env(cls) -> Self:
        """Read environment and ``.env``. Raises BadInput: one line with the setting, what it takes, what to do."""
        try:
            return cls()
        except UnicodeDecodeError:
            raise BadInput("The file .env is no UTF-8 text. Save it as UTF-8 and start again.") from None
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field = str(first["loc"][0]).lower()
            takes = cls.model_fields[field].description
            reason = str(first.get("ctx", {}).get("error", "")) if field == "ca_file" else ""
            name = PREFIX + field.upper() if field != "telegram_bot_token" else field.upper()
            raise BadInput(
                f"{name} must be {takes}{reason and f'; {reason}'}. Mend it, or leave it out, and start again."
            ) from None
