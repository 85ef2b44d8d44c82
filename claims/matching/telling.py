"""What of an article tells which event it is on, in its own words: to search with, to say why two belong together."""

from collections import Counter
from itertools import chain
from math import log

from claims.matching.likeness import Profile
from claims.quantities import quantities
from claims.terms import Name, names, terms
from claims.types import Article


def telling_names(article: Article, weights: Profile) -> list[tuple[str, str]]:
    """Names of the body with their keys, the fullest form of each; most telling first."""
    forms: dict[str, list[Name]] = {}
    for name in names(article.text):
        forms.setdefault(name.key, []).append(name)
    title = set(terms(article.title))
    scores: dict[str, float] = {}
    for key, found in forms.items():
        rarest = max(weights.get(term, 0.0) for term in (key, *terms(found[0].text)))
        scores[key] = (2.0 if key in title else 1.0) * (1.0 + log(len(found))) * rarest
    fullest = {key: max(found, key=lambda name: (len(name.text), name.text)).text for key, found in forms.items()}
    return [(fullest[key], key) for key in sorted(scores, key=lambda key: (-scores[key], key))]


def telling_numbers(article: Article) -> list[str]:
    """Numbers of headline and body that are no bare small counts, the most repeated first."""
    counts = Counter(
        quantity.text for quantity in chain(quantities(article.title), quantities(article.text)) if quantity.telling
    )
    return sorted(counts, key=lambda text: (-counts[text], text))
