"""Settings come from the environment alone, and secrets do not show."""

import pytest

from claims.errors import BadInput
from newsroom.settings import Settings


@pytest.fixture(autouse=True)
def no_file(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))


def test_secrets_mask_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:SECRETTOKEN")
    monkeypatch.setenv("SECOND_SOURCE_DATABASE_URL", "postgresql+psycopg://me:SECRETWORD@localhost/db")
    monkeypatch.setenv("SECOND_SOURCE_EGRESS_PROXY", "http://me:SECRETWORD@proxy.example:8080")
    settings = Settings.from_env()
    shown = f"{settings!r} {settings} {settings.model_dump_json()}"
    assert "SECRET" not in shown.replace("SECOND_SOURCE", "")
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == "123456:SECRETTOKEN"


def test_a_bad_value_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_SOURCE_WEB_PORT", "eighty")
    with pytest.raises(BadInput, match="SECOND_SOURCE_WEB_PORT"):
        Settings.from_env()


def test_a_bad_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_SOURCE_KEEP_DAYS", "SECRETWORD")
    with pytest.raises(BadInput) as caught:
        Settings.from_env()
    assert "SECRETWORD" not in str(caught.value)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert Settings.from_env().telegram_bot_token is None
