"""The only reader of the environment. README.md has the same list for people; a test holds the two together."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from claims.errors import BadInput

PREFIX = "SECOND_SOURCE_"


class Settings(BaseSettings):
    """Every setting with its default. Secrets mask themselves when printed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = Field(default=None, validation_alias="TELEGRAM_BOT_TOKEN")
    #: async SQLAlchemy address; may hold a password
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/second-source.db")
    #: forward proxy that all pages are fetched through; may hold a password
    egress_proxy: SecretStr | None = None
    #: further certificate authority to trust when fetching, a PEM file
    ca_file: Path | None = None
    telegram_api_url: str = "https://api.telegram.org/bot"
    telegram_file_url: str = "https://api.telegram.org/file/bot"
    #: messages a second overall; 0 = unlimited
    telegram_rate: float = Field(default=28.0, ge=0)
    #: Telegram user id of the owner
    owner_id: int | None = None
    web_host: str = "127.0.0.1"
    #: 0 = any free port
    web_port: int = Field(default=8080, ge=0, le=65535)
    #: address under which readers reach the page, for links in answers
    public_url: str | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    #: stable name of this process among replicas
    replica: str = "main"
    #: page about this fetcher, part of the name it gives to outlets
    contact_url: str | None = None
    #: days that full texts are kept
    keep_days: int = Field(default=90, ge=1)
    guardian_key: SecretStr | None = None

    @classmethod
    def from_env(cls) -> Self:
        """Read environment and ``.env``. Raises BadInput with one line that names the setting and the fault."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            name = str(first["loc"][0]).upper()
            name = name if name.startswith(("TELEGRAM_BOT", PREFIX)) else PREFIX + name
            raise BadInput(f"The setting {name} cannot be used: {first['msg']}. Mend it and start again.") from None
