"""Settings come from the environment alone, and secrets do not show."""

from pathlib import Path

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


MALFORMED = (
    ("TELEGRAM_BOT_TOKEN", "token"),
    ("TELEGRAM_BOT_TOKEN", "12 34:abc"),
    ("SECOND_SOURCE_EGRESS_PROXY", "socks5://127.0.0.1:1080"),
    ("SECOND_SOURCE_EGRESS_PROXY", "127.0.0.1:3128"),
    ("SECOND_SOURCE_EGRESS_PROXY", "http://"),
    ("SECOND_SOURCE_EGRESS_PROXY", "http://proxy.example:eighty"),
    ("SECOND_SOURCE_EGRESS_PROXY", "http://[::1"),
    ("SECOND_SOURCE_CA_FILE", "/no/such/file.pem"),
    ("SECOND_SOURCE_CA_FILE", "/"),
    ("SECOND_SOURCE_TELEGRAM_API_URL", "api.telegram.org"),
    ("SECOND_SOURCE_TELEGRAM_RATE", "-1"),
    ("SECOND_SOURCE_TELEGRAM_RATE", "inf"),
    ("SECOND_SOURCE_OWNER_ID", "me"),
    ("SECOND_SOURCE_WEB_PORT", "eighty"),
    ("SECOND_SOURCE_WEB_PORT", "65536"),
    ("SECOND_SOURCE_PUBLIC_URL", "page.example"),
    ("SECOND_SOURCE_WEBHOOK_URL", "ftp://page.example"),
    ("SECOND_SOURCE_WEBHOOK_SECRET", "two words"),
    ("SECOND_SOURCE_CONTACT_URL", "http://page.example/two words"),
    ("SECOND_SOURCE_REPLICA", "../other"),
    ("SECOND_SOURCE_KEEP_DAYS", "0"),
    ("SECOND_SOURCE_KEEP_DAYS", "99999999999"),
    ("SECOND_SOURCE_COLLECT_SECONDS", "1e300"),
    ("SECOND_SOURCE_COLLECT_SECONDS", "nan"),
)


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_value_is_one_line_with_the_setting_and_what_it_takes(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput, match=rf"^{name} must be (an?|the|\d) .*\. Mend it") as caught:
        Settings.from_env()
    assert "None" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_certificates_is_none_of_a_certificate_authority(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.pem"
    notes.write_text("no certificate")
    monkeypatch.setenv("SECOND_SOURCE_CA_FILE", str(notes))
    with pytest.raises(BadInput, match=r"notes\.pem holds none"):
        Settings.from_env()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_SOURCE_EGRESS_PROXY", "http://me:SECRETWORD@127.0.0.1:3128"),
        ("SECOND_SOURCE_TELEGRAM_API_URL", "http://[::1]:8081/bot"),
        ("SECOND_SOURCE_WEBHOOK_URL", "https://page.example/from-telegram?x=1"),
        ("SECOND_SOURCE_PUBLIC_URL", " https://page.example/news "),
        ("SECOND_SOURCE_WEB_PORT", "0"),
    ],
)
def test_a_well_formed_value_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    taken = Settings.from_env().model_dump()[name.removeprefix("SECOND_SOURCE_").lower()]
    assert str(getattr(taken, "get_secret_value", lambda: taken)()) == value.strip()


def test_a_file_of_settings_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TELEGRAM_BOT_TOKEN=\xff\xfe")
    with pytest.raises(BadInput, match=r"The file \.env is no UTF-8 text"):
        Settings.from_env()


def test_a_bad_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_SOURCE_EGRESS_PROXY", "me:SECRETWORD@proxy.example")
    with pytest.raises(BadInput) as caught:
        Settings.from_env()
    assert "SECRETWORD" not in str(caught.value)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert Settings.from_env().telegram_bot_token is None
