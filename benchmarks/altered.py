"""Which differences are found in made ones: one sentence of two that say the same is altered, by rules.

    python -m benchmarks altered --data alignment-dev.jsonl [--sentences sentences.json] [--examples KIND]

Every gold pair of sentences that say the same gives as many altered pairs as it has places for it: a number, a time, a
person's given name, a place, a hedge put before a verb, a verb turned round. Only what both sentences have is altered,
so that the two cannot both be meant. ``found`` counts the pairs of which the check shows the altered words, ``linked``
those that are still put side by side; ``false`` are the differences shown between sentences as they were written.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from benchmarks.alignment import DATA, LINK_MIN, RELATIONS, claims_of, events
from benchmarks.shared import beside, print_figures, print_table, read_json, read_rows, scorer
from claims.attribution.given_names import GIVEN_NAMES
from claims.checks import differences
from claims.checks.numbers import agree
from claims.checks.regions import REGIONS
from claims.comparison import DifferenceKind
from claims.errors import BadInput
from claims.grouping import Group
from claims.matching.likeness import Meaning
from claims.matching.meaning import load
from claims.quantities import Unit
from claims.statement_likeness import StoryWords
from claims.statements import Claim
from claims.terms import terms
from claims.text import words
from claims.types import Span

#: written in place of a number: so many times as many; small and large changes in turn
FACTORS = (2, 3, 1.5)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
#: no text of ours or of the data has these
_GIVEN = ("Ottilie", "Ferdinand")
_TOWNS, _COUNTRIES = ("Trondheim", "Valparaiso"), ("Bolivia", "Estonia")
_PLACED = re.compile(r"\b(?:in|at|near|outside)\s+$")
_NO_PLACE = frozenset(("Congress", "House", "Senate", "Parliament", "White", "Islam", "English"))
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: a verb's helper and what a writer who is less sure puts for it
_HEDGED = {
    "is": "may be", "are": "may be", "was": "may have been", "were": "may have been", "will": "might",
    "has": "may have", "have": "may have", "had": "may have",
}  # fmt: skip
_TURNED = {name: f"{name} not" for name in ("is", "are", "was", "were", "will", "has", "have", "had", "would", "could")}
#: behind a helper this is no verb that it helps
_NO_VERB = frozenset(("a", "an", "the", "no", "not", "to", "been", "be", "n't"))
_DENIED = frozenset((DifferenceKind.DENIAL, DifferenceKind.CERTAINTY))


@dataclass(frozen=True)
class Altered:
    """A pair of which ``two`` says ``said`` where it said what ``one`` says."""

    kind: DifferenceKind
    one: Claim
    two: Claim
    sentence: str  #: the altered one
    said: Span  #: the altered words in it


def alterations(one: Claim, two: Claim) -> Iterator[Altered]:
    """All that can be altered in ``two`` so that it differs from ``one``, each by itself."""
    text = two.text
    for n, mine in enumerate(two.quantities):
        shared = any(agree(mine, theirs) and theirs.exact for theirs in one.quantities)
        plain = mine.unit in (Unit.COUNT, Unit.MONEY, Unit.PERCENT) and mine.value >= 2
        digits = re.search(r"\d[\d,]*(?:\.\d+)?", mine.text)
        if shared and plain and digits and mine.exact:
            value = float(digits[0].replace(",", "")) * FACTORS[n % len(FACTORS)]
            at = mine.span.start - two.span.start + digits.start()
            yield _with(DifferenceKind.NUMBER, one, two, Span(at, at + len(digits[0])), f"{value:,.10g}")
    for when in two.times:
        known = any(when.text.casefold() == other.text.casefold() for other in one.times)
        if known and (other_time := _other_time(when.text)) is not None:
            at = when.span.start - two.span.start
            yield _with(DifferenceKind.DATE, one, two, Span(at, at + len(when.text)), other_time)
    theirs_named = {name.text for name in one.names}
    for n, name in enumerate(two.names):
        at = name.span.start - two.span.start
        parts = name.text.split()
        if name.text not in theirs_named:
            continue
        if len(parts) > 1 and parts[0] in GIVEN_NAMES:
            yield _with(DifferenceKind.NAME, one, two, Span(at, at + len(parts[0])), _GIVEN[n % 2])
        elif _PLACED.search(text[:at]) and not {parts[0]} & (GIVEN_NAMES | _NO_PLACE) and len(parts) == 1:
            other = (_COUNTRIES if parts[0].casefold() in REGIONS else _TOWNS)[n % 2]
            yield _with(DifferenceKind.PLACE, one, two, Span(at, at + len(name.text)), other)
    for said, following in _helped(two):
        verb = terms(following)
        if verb and verb[0] in one.terms and two.terms.count(verb[0]) == 1:
            word = said.of(text)
            if word in _HEDGED:
                yield _with(DifferenceKind.CERTAINTY, one, two, said, _HEDGED[word])
            yield _with(DifferenceKind.DENIAL, one, two, said, _TURNED[word])


def _helped(claim: Claim) -> Iterator[tuple[Span, str]]:
    """The helpers of verbs, each with the verb: "was [closed]". Spans within the claim's own text."""
    found = words(claim.text)
    for n, (word, following) in enumerate(pairwise(found)):
        helper, verb = word.of(claim.text), following.of(claim.text)
        alone = claim.text[word.end : following.start] == " "
        hedged = n and found[n - 1].of(claim.text).lower() in ("if", "whether", "to", "not", "never")
        if helper in _TURNED and alone and not hedged and verb.islower() and verb not in _NO_VERB:
            yield word, verb


def _other_time(written: str) -> str | None:
    for names in (_DAYS, _MONTHS):
        for n, name in enumerate(names):
            if re.search(rf"\b{name}\b", written):
                return re.sub(rf"\b{name}\b", names[(n + 3) % len(names)], written)
    if year := _YEAR.search(written):
        return written.replace(year[0], str(int(year[0]) - 2))
    return None


def _with(kind: DifferenceKind, one: Claim, two: Claim, old: Span, new: str) -> Altered:
    text = two.text
    return Altered(kind, one, two, text[: old.start] + new + text[old.end :], Span(old.start, old.start + len(new)))


def same_pairs(
    rows: Sequence[Mapping[str, object]], claims: Sequence[Claim], judge: ModuleType
) -> Iterator[tuple[str, Claim, Claim]]:
    """The gold's pairs of sentences without a difference: relation and the two, of one event's claims."""
    links, *_ = judge.read_gold(rows)
    known = {(claim.article.url, claim.number): claim for claim in claims}
    apart = {pair for link in links if link["relation"] not in ("same", "more-specific") for pair in link["pairs"]}
    seen = set()
    for link in links:
        for one, two in sorted(link["pairs"] - apart):
            if one in known and two in known and (one, two) not in seen:
                seen.add((one, two))
                yield link["relation"], known[one], known[two]


def judged(
    altered: Altered,
    claims: Sequence[Claim],
    sentences: Mapping[str, Sequence[str]],
    meaning: Meaning | None,
    *,
    linking: bool = True,
) -> tuple[bool, float]:
    """Whether the check of that kind shows the altered words, and how surely the two are still on one fact.

    Without ``linking`` the second is 0: it takes nearly all of the time.
    """
    old = altered.two
    name, outlet = old.article.url, old.article.outlet.key
    texts = list(sentences[name])
    texts[old.number] = altered.sentence
    others = [claim for claim in claims if claim.article.url != name]
    story = [*others, *claims_of(name, outlet, texts)]
    numbered = {(claim.article.url, claim.number): n for n, claim in enumerate(story)}
    a, b = numbered[altered.one.article.url, altered.one.number], numbered[name, old.number]
    scores = StoryWords(story).pairs(meaning).scores() if linking else {}
    score = scores.get((min(a, b), max(a, b)), 0.0)
    new = story[b]
    said = Span(new.span.start + altered.said.start, new.span.start + altered.said.end)
    wanted = _DENIED if altered.kind in _DENIED else {altered.kind}
    shown = [
        span
        for apart in differences(Group(claims=(story[a], new)))
        if apart.kind in wanted
        for version, span in apart.spans
        if version == new.article.version
    ]
    return any(span.start < said.end and said.start < span.end for span in shown), score


def main(argv: list[str]) -> int:
    """Alter, compare, and print what was found of each kind."""
    parser = argparse.ArgumentParser(prog="benchmarks altered", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA / "alignment-dev.jsonl")
    parser.add_argument("--sentences", type=Path, help="default: sentences.json beside --data")
    parser.add_argument("--examples", help="print the pairs of this kind of which nothing was found")
    parser.add_argument("--unlinked", action="store_true", help="leave out whether the pairs are still linked")
    options = parser.parse_args(argv)
    rows = read_rows(options.data, need=("event",))
    sentences = read_json(options.sentences or beside(options.data.parent, "sentences.json"))
    judge, model = scorer("alignment"), load().model
    if judge is None:
        raise BadInput("The scorer is missing. Fetch ../shared.")
    made, found, linked, false, plain = (Counter[str]() for _ in range(5))
    for name, event in events(rows).items():
        mine = [row for row in rows if row["event"] == name]
        claims = [
            claim
            for article, outlet in sorted(event.items())
            for claim in claims_of(article, outlet, sentences[article])
        ]
        for relation, one, two in same_pairs(mine, claims, judge):
            plain[relation] += 1
            for apart in differences(Group(claims=(one, two))):
                if apart.kind in RELATIONS:
                    false[apart.kind] += 1
            if relation != "same":
                continue
            for altered in (*alterations(one, two), *alterations(two, one)):
                made[altered.kind] += 1
                hit, score = judged(altered, claims, sentences, model, linking=not options.unlinked)
                found[altered.kind] += hit
                linked[altered.kind] += score >= LINK_MIN
                if not hit and options.examples == altered.kind:
                    print(f"{altered.one.text}\n    {altered.sentence}\n")
    table = {
        kind: {
            "made": made[kind],
            "found": found[kind] / made[kind],
            "linked": None if options.unlinked else linked[kind] / made[kind],
            "false": false[kind],
        }
        for kind in sorted(made)
    }
    print_table(table)
    print_figures(table | {"unaltered": dict(plain)})
    return 0
