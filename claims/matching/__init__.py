"""Which articles tell the same story: search terms of an article, candidates worth reading, articles -> ``Story``.

Pure and deterministic. ``likeness`` holds every threshold, ``stories`` groups articles as they arrive, ``meaning`` is
an optional model that all of it does without.
"""

from claims.matching.gathering import Match, gather, reasons, same_story
from claims.matching.likeness import STORY_WINDOW, Meaning, Sketch, likeness, sketch
from claims.matching.searching import headline_for, search_terms, shortlist, terms_of_link
from claims.matching.stories import Arrival, Step, Stories

__all__ = (
    "STORY_WINDOW",
    "Arrival",
    "Match",
    "Meaning",
    "Sketch",
    "Step",
    "Stories",
    "gather",
    "headline_for",
    "likeness",
    "reasons",
    "same_story",
    "search_terms",
    "shortlist",
    "sketch",
    "terms_of_link",
)
