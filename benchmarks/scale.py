"""Candidates for one article, from an index that grows to the size of the world's news.

Made articles (``benchmarks.made_news``) over thirty days are kept through the store's own code, a thousand in one
transaction, the last of each size one by one. At each size articles of the store are looked for as the desk does it.
A run that was ended goes on where it stood when it is given the same ``--out``; table and picture show all runs there.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import psycopg

from benchmarks.growth import picture
from benchmarks.made_news import BLOCK, START, MadeNews, Told
from benchmarks.shared import print_figures, print_table, write_text
from claims.matching import search_terms
from storage.store import Store, open_store

SIZES = (10_000, 30_000, 100_000, 300_000)
ASKED = 200  # articles that are looked for at each size
SINGLY = 200  # articles of each size that are kept one by one
LIMIT = 25  # candidates, as the desk takes them
READ_AT = START + timedelta(days=40)
P95_MS, KEPT_A_SECOND = 50.0, 200.0


def main(argv: Sequence[str]) -> int:
    """Run it; 1 where at the last size a search takes too long or too few articles are kept in a second, together."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=150, help="words of an article")
    parser.add_argument("--database", help="address of an empty PostgreSQL database; else a SQLite file in --out")
    parser.add_argument("--no-vectors", action="store_true", help="words alone")
    parser.add_argument("--out", type=Path, default=Path("data/scale"), help="folder for database, figures and picture")
    options = parser.parse_args(argv)
    options.articles = -(-options.articles // BLOCK) * BLOCK
    folder = options.out / ("postgresql" if options.database else "sqlite")
    folder.mkdir(parents=True, exist_ok=True)
    url = options.database or f"sqlite:///{folder.absolute()}/scale.db"
    rows = asyncio.run(_Run(options, folder, url).grow())
    runs = {path.parent.name: _rows(path) for path in sorted(options.out.glob("*/sizes.jsonl"))}
    print_table({f"{name} {row.pop('articles'):,}": row for name, held in runs.items() for row in map(dict, held)})
    write_text(options.out / "scale.svg", picture(runs))
    print_figures({"database": folder.name, "words": options.words, "sizes": rows})
    last = {"together_a_second": KEPT_A_SECOND} | rows[-1]  # nothing was kept where a run went on at its very end
    return int(last["p95_ms"] > P95_MS or last["together_a_second"] < KEPT_A_SECOND)


class _Run:
    """One database, filled step by step."""

    def __init__(self, options: argparse.Namespace, folder: Path, url: str) -> None:
        self._options, self._folder, self._url = options, folder, url
        self._news = MadeNews(options.articles, words=options.words)

    async def grow(self) -> list[dict[str, Any]]:
        """The figures of each size."""
        done = self._folder / "sizes.jsonl"
        rows = _rows(done)
        sizes = [*(size for size in SIZES if size < self._options.articles), self._options.articles]
        told = {row["articles"] for row in rows}
        async with open_store(self._url) as store:
            for size in (size for size in sizes if size not in told and size >= self._kept() * BLOCK):
                kept = await self._fill(store, size)
                rows.append({"articles": size} | await self._asked(store, size) | kept | self._space())
                write_text(done, "".join(json.dumps(row) + "\n" for row in rows))
                print(rows[-1], file=sys.stderr, flush=True)
        return rows

    async def _fill(self, store: Store, size: int) -> dict[str, float]:
        """Bring the store to that size; what it took."""
        first = self._kept()
        last = -(-size // BLOCK) - 1
        if first > last:
            return {}
        blocks_s = singly_s = 0.0
        for number in range(first, last + 1):
            told = self._news.block(number)
            singly = told[-SINGLY:] if number == last else []
            began = time.perf_counter()
            await self._keep(store, told[: len(told) - len(singly)])
            blocks_s += time.perf_counter() - began
            began = time.perf_counter()
            for one in singly:
                await self._keep(store, [one])
            singly_s += time.perf_counter() - began
            write_text(self._folder / "blocks", str(number + 1))
        together = (last + 1 - first) * BLOCK - SINGLY
        return {
            "filled_s": round(blocks_s + singly_s),
            "together_a_second": round(together / max(blocks_s, 1e-9)),
            "singly_a_second": round(SINGLY / singly_s),
        }

    def _kept(self) -> int:
        """How many blocks are in the store."""
        at = self._folder / "blocks"
        return int(at.read_text("ascii")) if at.exists() else 0

    async def _keep(self, store: Store, told: Sequence[Told]) -> None:
        await store.save_articles([one.article for one in told], fetched_at=READ_AT)
        if not self._options.no_vectors:
            await store.vectors.keep_several({one.article.version: one.vector.tolist() for one in told})

    async def _asked(self, store: Store, size: int) -> dict[str, float]:
        """How long candidates take, by words and with meaning, and how much of each story is among them."""
        dice = random.Random(size)  # noqa: S311 -- which articles are asked about
        blocks = {
            number: self._news.block(number) for number in dice.sample(range(size // BLOCK), min(10, size // BLOCK))
        }
        wanted = [(number, n) for number in blocks for n in dice.sample(range(BLOCK), ASKED // len(blocks))]
        figures: dict[str, float] = {}
        for name in ("", *(() if self._options.no_vectors else ("meaning_",))):
            times, found, told, cpu_s = [], 0, 0, 0.0
            for asked, (number, n) in enumerate([wanted[0], *wanted]):
                one = blocks[number][n]
                terms = search_terms(one.article)
                began = time.perf_counter()
                meaning = one.vector.tolist() if name else None
                candidates = await store.search(terms, limit=LIMIT, meaning=meaning)
                took = 1000 * (time.perf_counter() - began)
                if not asked:
                    figures[f"{name}first_ms"] = round(took, 1)
                    cpu_s = self._cpu_s()
                    continue
                times.append(took)
                numbers = {int(article.url.rpartition("/")[2]) for article in candidates}
                story = {at for at in self._news.story_of(number * BLOCK + n) if at < size} - {number * BLOCK + n}
                found += min(LIMIT - 1, len(story & numbers))
                told += min(LIMIT - 1, len(story))
            figures[f"{name}cpu_ms"] = round(1000 * (self._cpu_s() - cpu_s) / len(times), 1)
            figures[f"{name}p50_ms"] = round(quantiles(times, n=2)[0], 1)
            figures[f"{name}p95_ms"] = round(quantiles(times, n=20)[-1], 1)
            figures[f"{name}of_story"] = round(found / max(1, told), 3)
        return figures

    def _cpu_s(self) -> float:
        """CPU time of this process and of the server for it: other work on the machine hardly changes it."""
        spent = time.process_time()
        if self._options.database:
            with psycopg.connect(self._url) as connection:
                theirs = (
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                for (pid,) in connection.execute(theirs):
                    told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
                    spent += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        return spent

    def _space(self) -> dict[str, float]:
        """What this process and the database take."""
        status = Path("/proc/self/status").read_text("ascii")
        memory = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
        if not self._options.database:
            bytes_ = sum(path.stat().st_size for path in self._folder.glob("scale.db*"))
        else:
            with psycopg.connect(self._url) as connection:
                row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            bytes_ = row[0] if row else 0
        return {"memory_mb": round(memory), "database_mb": round(bytes_ / 2**20)}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
