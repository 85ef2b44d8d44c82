"""How long a comparison takes on one core, attribution and meanings included, and how it grows with the articles.

    python -m benchmarks speed [--articles 3 6 12 24 40] [--words 800] [--no-models]

The articles are made here from a few hundred sentence parts, the same at every run; ``--no-models`` reads by rules and
words alone.
"""

import argparse
import time
from itertools import islice

from benchmarks.shared import print_figures, print_table
from claims.attribution import read
from claims.attribution.model import load as load_attribution
from claims.comparing import compare
from claims.matching.meaning import load
from claims.outlet_names import OutletNames
from claims.types import Article, Outlet, Story

_WHO = ("The council", "Ada Brook", "The harbour board", "A spokesman", "The mayor", "Jon Fenn", "The union", "Divers")
_SAYS = ("said", "told reporters", "wrote in a letter", "denied", "announced", "warned on Monday", "found", "promised")
_WHAT = (
    "the bridge would close", "the ferries run free of charge", "rust had eaten the chains", "bolts were missing",
    "the toll will rise to 12 crowns", "the report was late", "no money was left", "trucks must go round by the north",
    "the quay stays open at night", "shops had lost half of their trade", "work begins in April", "a queen opened it",
)  # fmt: skip
_WHY = (
    "because of the storm", "after a test by engineers", "until the summer", "as the debt grew to 38 million crowns",
    "despite a petition of 4,000 people", "for the third time since 2009", "while the trial goes on",
)  # fmt: skip


def main(argv: list[str]) -> int:
    """Print one line for each number of articles."""
    parser = argparse.ArgumentParser(prog="benchmarks speed", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[3, 6, 12, 24, 40])
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--no-models", action="store_true", help="by rules and words alone, without the two models")
    options = parser.parse_args(argv)
    attribution = None if options.no_models else load_attribution().model
    table = {}
    for count in options.articles:
        meaning = None if options.no_models else load().model  # a new one: it keeps what it has read
        articles = [_article(n, options.words) for n in range(count)]
        names = OutletNames(article.outlet for article in articles)
        start = time.process_time()
        readings = {article.version: read(article, names, attribution) for article in articles}
        middle = time.process_time()
        found = compare(Story(lead=articles[0], others=tuple(articles[1:])), readings, names, meaning)
        end = time.process_time()
        table[str(count)] = {
            "attribution_s": middle - start,
            "comparison_s": end - middle,
            "all_s": end - start,
            "rows": len(found.rows),
        }
    print_table(table)
    print_figures(table)
    return 0


def _article(number: int, size: int) -> Article:
    """An article of about so many words; two articles share about a third of their sentences, in other order."""
    parts = [
        f"{who} {says} that {what} {why}."
        for n, who in enumerate(_WHO)
        for m, says in enumerate(_SAYS)
        for k, what in enumerate(_WHAT)
        for j, why in enumerate(_WHY)
        if (7 * n + 5 * m + 3 * k + j + number) % 19 == 0
    ]
    told = islice(parts[number * 7 % 40 :], size // 12)
    outlet = Outlet(key=f"outlet-{number}", name=f"Outlet {number} News", domains=(f"outlet{number}.example",))
    return Article(
        url=f"https://outlet{number}.example/story",
        outlet=outlet,
        title="The council closes the bridge",
        text="\n\n".join(told),
        language="en",
    )
