"""Speakers that layout names and no sentence does: "“...” — Ann Lee" and the lines of a transcript ("LEE: ...")."""

import re
from collections.abc import Sequence

from claims.attribution.found import Found
from claims.attribution.marks import Quoted
from claims.types import Span

SURE_LABEL = 0.9  # four of five lines of transcripts on the training articles whose label is a name of the text
HEAD_PARAGRAPHS = 2  # headline and first paragraph

#: a dash, up to five capitalised words, an addition behind a comma, and the end of the line
_SIGNATURE = re.compile(
    r"\s*(?P<dash>[―—–]|--?)\s*(?P<name>(?:[^\W\d_a-z][\w’'-]*\.?)(?:\s(?:(?:de|del|der|van|von|al|la)\s)?"
    r"[^\W\d_a-z][\w’'-]*\.?){0,4}?(?:,\s[^\n.!?“”\"]{2,60})?)\.?[^\S\n]*(?:\n|$)"
)
_LABEL = re.compile(r"[\"“”]?(?P<name>[A-Z][A-Z.’'-]+(?:\s[A-Z][A-Z.’'-]+){0,2})(?P<colon>:)\s+(?=\S)")


def speakers(text: str, paragraphs: Sequence[Span]) -> frozenset[str]:
    """The labels by which a transcript tells its speakers.

    Names of the text; beside one of these also what labels two lines. At the head of an article it is a dateline.
    """
    lines = [
        (n, match["name"]) for n, one in enumerate(paragraphs) if (match := _LABEL.match(text, one.start, one.end))
    ]
    labels = [label for _, label in lines]
    names = {label for n, label in lines if _is_name(text, label) and (n >= HEAD_PARAGRAPHS or len(labels) > 1)}
    return frozenset(label for label in labels if label in names or (names and labels.count(label) > 1))


def labelled(text: str, paragraph: Span, quoted: Sequence[Quoted], labels: frozenset[str]) -> list[Found]:
    """The attributions of a paragraph whose quotations are signed, or that a transcript's speaker begins; else none.

    ``labels``: those of the text (``speakers``).
    """
    here = [one.span for one in quoted if paragraph.start <= one.span.start < paragraph.end and one.closed]
    lines = [(span, _SIGNATURE.match(text, span.end, paragraph.end)) for span in here]
    if lines and lines[0][0].start == paragraph.start and lines[0][1]:
        return [_found(signed.span("name"), signed.span("dash"), span) for span, signed in lines if signed]
    label = _LABEL.match(text, paragraph.start, paragraph.end)
    if label and label["name"] in labels:
        return [_found(label.span("name"), label.span("colon"), Span(label.end(), paragraph.end))]
    return []


def _found(name: tuple[int, int], cue: tuple[int, int], content: Span) -> Found:
    return Found(Span(*name), Span(*cue), (content,), ":", SURE_LABEL)


def _is_name(text: str, label: str) -> bool:
    """Whether the last word of the label stands in the text in small letters with a capital, as names do."""
    last = label.rsplit(maxsplit=1)[-1]
    return re.search(rf"\b{re.escape(last.capitalize())}\b", text) is not None
