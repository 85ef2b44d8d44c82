"""Who says what, on whose word: attribution of one article's text."""

from claims.attribution.marks import quotations
from claims.outlet_names import OutletNames
from claims.text import paragraphs, sentences
from claims.types import Article, Attribution, Authority, QuotationType, Reading

#: an attribution below this is shown as unsure
SURE_MIN = 0.5


def read(article: Article, names: OutletNames) -> Reading:
    """What the article says and on whose word. Pure and deterministic: same text, same reading."""
    text = article.text
    found = [
        Attribution(
            source=(),
            cue=(),
            content=(quoted.span,),
            authority=Authority.UNCLEAR,
            quote=QuotationType.DIRECT,
            confidence=0.3,
        )
        for quoted in quotations(text, paragraphs(text))
        if quoted.span.end - quoted.span.start > 20
    ]
    return Reading(attributions=tuple(found), sentences=sentences(text))
