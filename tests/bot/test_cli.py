"""The command line, as a process: answers, statuses, one line for bad input."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.news_web import Ended, news_web, product_env, second_source, web_settings

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "comparison.schema.json").read_text(encoding="utf-8"))
NOW = "2025-03-04T00:00Z"
AGGREGATOR = "https://www.aggregatordesk.example/2025/03/03/plans-to-drop-some-russia-sanctions"
REUTERS = "https://www.reuters.com/world/us-draws-up-plan-sanctions-relief-2025-03-03/"


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(shared / "data" / "seed" / "world", now=NOW) as running:
        yield running


def one_line(ended: Ended) -> str:
    """The single plain line of a refusal."""
    assert ended.status == 2, ended.err
    assert ended.out == ""
    [line] = ended.err.splitlines()
    assert "Traceback" not in line
    return line


async def test_a_link_is_answered(world: Any, tmp_path: Path) -> None:
    ended = await second_source("compare", AGGREGATOR, "--json", env=product_env(tmp_path, **web_settings(world)))
    assert ended.status == 0, ended.err
    jsonschema.Draft202012Validator(SCHEMA).validate(ended.json)
    outlets = [article["outlet"] for article in ended.json["story"]["articles"]]
    assert outlets[0] == "The Aggregator Desk"
    assert {"Reuters", "CNN", "The Harbour Courier"} < set(outlets)
    stats = await world.stats()
    assert not stats["traps"]
    assert all(host["disallowed_requests"] == 0 for host in stats["hosts"].values())


@pytest.mark.parametrize("typed", [AGGREGATOR.removeprefix("https://"), f"  {AGGREGATOR}\n"])
async def test_a_link_is_taken_as_a_person_types_it(world: Any, tmp_path: Path, typed: str) -> None:
    ended = await second_source("compare", typed, "--json", env=product_env(tmp_path, **web_settings(world)))
    assert ended.status == 0, ended.err
    assert ended.json["article"]["outlet"] == "The Aggregator Desk"


async def test_evidence_leads_back_into_the_stored_text(world: Any, tmp_path: Path) -> None:
    env = product_env(tmp_path, **web_settings(world))
    answer = (await second_source("compare", AGGREGATOR, "--json", env=env)).json
    cells = [cell for row in answer["rows"] for cell in row["cells"]]
    assert cells
    for version in sorted({cell["version"] for cell in cells}):
        text = (await second_source("text", version, env=env)).out
        for cell in cells:
            if cell["version"] == version:
                assert text[cell["start"] : cell["end"]] == cell["text"]


async def test_the_same_input_gives_the_same_bytes(world: Any, tmp_path: Path) -> None:
    runs = []
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        env = product_env(tmp_path / seed, PYTHONHASHSEED=seed, **web_settings(world))
        runs.append(await second_source("compare", AGGREGATOR, "--json", env=env))
    assert runs[0].status == 0
    assert runs[0].out == runs[1].out


async def test_a_link_just_answered_comes_from_the_store(world: Any, tmp_path: Path) -> None:
    env = product_env(tmp_path, **web_settings(world))
    first = await second_source("compare", AGGREGATOR, "--json", env=env)
    before = sum(host["requests"] for host in (await world.stats())["hosts"].values())
    again = await second_source("compare", AGGREGATOR, "--json", env=env)
    after = sum(host["requests"] for host in (await world.stats())["hosts"].values())
    assert again.out == first.out
    assert after == before


async def test_a_closed_original_is_the_normal_case(world: Any, tmp_path: Path) -> None:
    world.set_faults({"kind": "status", "status": 401, "host": "reuters.com"})
    ended = await second_source("compare", REUTERS, "--json", env=product_env(tmp_path, **web_settings(world)))
    assert ended.status == 0, ended.err
    answer = ended.json
    assert answer["article"]["outlet"] == "Reuters"
    assert answer["article"]["held"] in ("headline", "known")
    assert "lead_closed" in answer["notes"]
    assert {"outlet": "Reuters", "url": REUTERS, "reason": "refused"} in answer["misses"]
    assert "The Harbour Courier" in [article["outlet"] for article in answer["story"]["articles"]]


async def test_a_readers_copy_stands_in_for_a_closed_original(world: Any, tmp_path: Path) -> None:
    world.set_faults({"kind": "status", "status": 401, "host": "reuters.com"})
    copy = tmp_path / "copy.txt"
    [original] = [article for article in world.articles if article.url == REUTERS]
    copy.write_text("\n\n".join(original.paragraphs), encoding="utf-8")
    env = product_env(tmp_path, **web_settings(world))
    answer = (await second_source("compare", AGGREGATOR, "--copy", f"Reuters={copy}", "--json", env=env)).json
    held = {article["outlet"]: article["held"] for article in answer["story"]["articles"]}
    assert held["Reuters"] == "reader_copy"


FAULTS = {
    "huge": {"kind": "huge", "size_mb": 20},
    "bomb": {"kind": "gzip-bomb", "size_mb": 200},
    "redirect loop": {"kind": "redirect-loop"},
    "redirect to a private address": {"kind": "ssrf"},
    "gone": {"kind": "status", "status": 404},
    "pdf": {"kind": "replace", "text": "%PDF-1.7", "content_type": "application/pdf"},
    "empty": {"kind": "replace", "text": "<html><body></body></html>"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_page_that_cannot_be_used_gets_one_line(world: Any, tmp_path: Path, fault: dict[str, Any]) -> None:
    world.set_faults(fault | {"url": AGGREGATOR + "*"})
    env = product_env(tmp_path, **web_settings(world))
    one_line(await second_source("compare", AGGREGATOR, "--json", env=env))
    assert not (await world.stats())["traps"]


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/story",
        "http://[::1]/story",
        "http://2130706433/",
        "http://localhost/story",
        "ftp://www.cnn.com/story",
        "file:///etc/passwd",
        "https://www.cnn.com:8443/story",
        "https://nowhere.example/story",
        "not a link",
    ],
)
async def test_an_address_that_cannot_be_used_gets_one_line(world: Any, tmp_path: Path, link: str) -> None:
    one_line(await second_source("compare", link, env=product_env(tmp_path, **web_settings(world))))
    assert not (await world.stats())["traps"]


async def test_with_nothing_reachable_there_is_an_end(tmp_path: Path) -> None:
    env = product_env(tmp_path, SECOND_SOURCE_EGRESS_PROXY="http://127.0.0.1:9")
    one_line(await second_source("compare", AGGREGATOR, env=env))
    text = await second_source(
        "compare", "--text", "-", "--json", env=env, stdin=b"The mayor said the bridge is closed."
    )
    assert text.status == 0, text.err
    assert "nothing_reachable" in text.json["notes"]


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("https://a.example/", "--text", "x"),
        ("--text", "/no/such/file"),
        ("https://a.example/", "--copy", "Reuters"),
        ("https://a.example/", "--copy", "No Such Outlet=README.md"),
    ],
)
async def test_bad_arguments_get_one_line(tmp_path: Path, args: tuple[str, ...]) -> None:
    env = product_env(tmp_path, SECOND_SOURCE_EGRESS_PROXY="http://127.0.0.1:9")
    one_line(await second_source("compare", *args, env=env))


async def test_a_file_given_as_a_link_is_said_to_be_one(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The mayor said the bridge is closed.")
    line = one_line(await second_source("compare", str(article), env=product_env(tmp_path)))
    assert line == f"{article} is a file. Give its text with --text {article}."


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nothing",), "No such command 'nothing'."),
        (("attribute",), "Missing argument 'file'."),
        (("attribute", "--bad"), "No such option: --bad."),
        (("compare", "--text"), "Option '--text' requires an argument."),
        (("compare", "a", "b"), "Got unexpected extra argument(s) (b)."),
    ],
)
async def test_a_wrong_use_gets_one_line(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    assert one_line(await second_source(*args, env=product_env(tmp_path))).startswith(said)


@pytest.mark.parametrize("command", [("doctor",), ("run",), ("compare", "--text", "README.md")])
@pytest.mark.parametrize("setting", [("CA_FILE", "/no/such.pem"), ("EGRESS_PROXY", "socks5://127.0.0.1:9")])
async def test_a_malformed_setting_gets_one_line(
    tmp_path: Path, command: tuple[str, ...], setting: tuple[str, str]
) -> None:
    name, value = f"SECOND_SOURCE_{setting[0]}", setting[1]
    assert one_line(await second_source(*command, env=product_env(tmp_path, **{name: value}))).startswith(name)


async def test_an_address_of_no_database_gets_one_line(tmp_path: Path) -> None:
    env = product_env(tmp_path, SECOND_SOURCE_DATABASE_URL="mysql://me:secretword@127.0.0.1/news")
    assert "secretword" not in one_line(await second_source("text", "none", env=env))


async def test_the_report_goes_on_after_an_address_of_no_database(tmp_path: Path) -> None:
    env = product_env(tmp_path, SECOND_SOURCE_DATABASE_URL="mysql://me:secretword@127.0.0.1/news")
    ended = await second_source("doctor", env=env | {"SECOND_SOURCE_EGRESS_PROXY": "http://127.0.0.1:9"})
    assert ended.status == 1
    assert "look  database: SECOND_SOURCE_DATABASE_URL must be" in ended.out
    assert "search" in ended.out
    assert "secretword" not in ended.out + ended.err


TEXT = "The bridge is closed, the mayor said. “It creaks,” she told the Quay Post."
PACKED = gzip.compress(TEXT.encode())
LINES = json.dumps({"id": 7, "text": TEXT, "date": "2025-03-03"})


@pytest.mark.parametrize("given", [TEXT.encode(), PACKED], ids=["plain", "packed"])
async def test_a_text_on_standard_input_may_be_packed(tmp_path: Path, given: bytes) -> None:
    ended = await second_source("attribute", "-", env=product_env(tmp_path), stdin=given)
    assert ended.status == 0, ended.err
    spans = [span for one in ended.json["attributions"] for span in one["source"]]
    assert "the mayor" in [TEXT[start:end] for start, end in spans]


NO_TEXT = {
    "empty": b"",
    "blank": b" \n\n ",
    "binary": b"\x7fELF\0\0\1",
    "another encoding": "Der Bürgermeister".encode("latin-1"),
    "broken gzip": PACKED[:20],
}


@pytest.mark.parametrize("given", NO_TEXT.values(), ids=NO_TEXT)
@pytest.mark.parametrize("command", [("attribute",), ("attribute", "--jsonl"), ("compare", "--text")], ids=" ".join)
async def test_what_is_no_text_gets_one_line(tmp_path: Path, command: tuple[str, ...], given: bytes) -> None:
    env = product_env(tmp_path, SECOND_SOURCE_EGRESS_PROXY="http://127.0.0.1:9")
    one_line(await second_source(*command, "-", env=env, stdin=given))
    file = tmp_path / "given"
    file.write_bytes(given)
    one_line(await second_source(*command, str(file), env=env))


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 8, "text": "x", "date": "2025-13-45"}',
        '{"id": 8, "text": "x", "date": "Monday"}',
        '{"id": 8, "text": null}',
        '{"id": 8}',
        "[8]",
        "{",
    ],
)
async def test_a_line_of_a_batch_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    given = f"{LINES}\n\n{line}\n".encode()
    env = product_env(tmp_path)
    assert " line 3 " in f" {one_line(await second_source('attribute', '-', '--jsonl', env=env, stdin=given))}".lower()


@pytest.mark.parametrize("page", [b"", b"%PDF-1.7", b"\x7fELF\0\0", gzip.compress(b"<p>x")[:-4]])
async def test_what_is_no_page_gets_one_line(tmp_path: Path, page: bytes) -> None:
    file = tmp_path / "page"
    file.write_bytes(page)
    one_line(await second_source("extract", str(file), "--url", "https://a.example/b", env=product_env(tmp_path)))
    one_line(await second_source("extract", str(tmp_path), "--url", "https://a.example/b", env=product_env(tmp_path)))


async def test_an_empty_text_gets_one_line(tmp_path: Path) -> None:
    env = product_env(tmp_path, SECOND_SOURCE_EGRESS_PROXY="http://127.0.0.1:9")
    assert "no text" in one_line(await second_source("compare", "--text", "-", env=env, stdin=b" \n "))


async def test_the_founding_document_as_text(shared: Path, tmp_path: Path) -> None:
    document = next((shared / "data" / "seed").glob("*.txt"))
    env = product_env(tmp_path, SECOND_SOURCE_EGRESS_PROXY="http://127.0.0.1:9")
    answer = (await second_source("compare", "--text", str(document), "--json", env=env)).json
    assert answer["article"]["published_at"] == "2025-03-03T00:00:00Z"
    assert {edge["to_outlet"] for edge in answer["edges"] if edge["kind"] == "cites"} == {"Reuters", "CNN"}
    assert [q["cited_outlet"] for q in answer["quotations"]] == ["Reuters", "Reuters", "Reuters", "CNN"]
    assert {q["result"] for q in answer["quotations"]} == {"not_checkable"}
    via = [source for row in answer["rows"] for cell in row["cells"] for source in (cell, *cell["via"])]
    assert "unnamed_group" in {source["authority"] for source in via}
    assert "AFP" not in json.dumps([answer["rows"], answer["edges"], answer["quotations"]])
    text = document.read_text(encoding="utf-8")
    gold = json.loads((shared / "data" / "seed" / "gold.json").read_text(encoding="utf-8"))
    marked = {text[item["start"] : item["end"]].strip() for item in answer["own_voice"]}
    assert {item["text"] for item in gold["own_voice"]} <= marked


async def test_a_row_is_explained_by_its_id(world: Any, tmp_path: Path) -> None:
    env = product_env(tmp_path, **web_settings(world))
    row = (await second_source("compare", AGGREGATOR, "--json", env=env)).json["rows"][0]
    told = await second_source("why", row["id"], env=env)
    assert told.status == 0, told.err
    assert all(cell["version"] in told.out for cell in row["cells"])
    assert "0badc0de" in one_line(await second_source("why", "0badc0de", env=env))
