"""All the evidence of one row, for ``second-source why``: each outlet's words, where they stand, how they were read.

Pure. In English only, as the command line is.
"""

from claims.comparison import Cell, Comparison, Difference, Joined, Place, Row
from claims.text import paragraphs
from claims.types import Article

PARAGRAPH_MAX = 600  # characters around a statement: it can be judged by them, and no article is printed


def evidence(comparison: Comparison, row: Row) -> str:
    """The row in full as plain text."""
    told = _Told(comparison)
    origins = row.origins
    lines = [f"Row {row.id}: “{row.statement}”", f"Asked about: {told.place_of(comparison.lead)}", ""]
    for number, cell in enumerate(row.cells, 1):
        lines += [f"{number}. {told.place_of(told.article(cell.place.url))}", *told.cell(cell), ""]
    lines.append("Differences" if row.differences else "No difference found.")
    for difference in row.differences:
        lines += told.difference(difference)
    lines += ["", f"Independent origins: at least {origins.at_least}, at most {origins.at_most}"]
    lines += [f"   {' <- '.join(told.name(step) for step in chain)}" for chain in origins.chains]
    lines += [f"   {told.joined(one)}" for one in origins.joined]
    return "\n".join(lines) + "\n"


class _Told:
    """Words for one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._by_url = {article.url: article for article in comparison.articles}
        self._by_version = {article.version: article for article in comparison.articles}

    def article(self, url: str) -> Article:
        return self._by_url[url]

    def name(self, url_or_outlet: str) -> str:
        article = self._by_url.get(url_or_outlet)
        return article.outlet.name if article else url_or_outlet

    def place_of(self, article: Article) -> str:
        """Outlet, headline, its own time, address."""
        at = f", {article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else ", no date given"
        title = " ".join(article.title.split())
        return f"{article.outlet.name}{at}: “{title}”\n   {article.url}"

    def cell(self, cell: Cell) -> list[str]:
        """The words, where they stand, and on whose word."""
        sort = cell.quotation_type or "no quotation"
        carried = f", text of {cell.place.carried_for}" if cell.place.carried_for else ""
        lines = [f"   Words: “{_line(cell.text)}”", f"   Where: {_where(cell.place)}{carried}"]
        if around := self._around(cell.place):
            lines.append(f"   Around: {around}")
        lines.append(f"   Source: {_source(cell)}")
        if cell.source_description:
            lines.append(f"   Described as: “{_line(cell.source_description)}”")
        lines += [f"   Via: {_spoken(step.source)} ({step.authority}){_by(step.cue)}" for step in cell.via]
        if cell.attributed_to_outlet:
            lines.append(f"   Put in the mouth of: {cell.attributed_to_outlet}")
        return [*lines, f"   Read as: {cell.certainty}, {cell.polarity}, {sort}"]

    def difference(self, one: Difference) -> list[str]:
        """Kind, reason and both sides."""
        sides = []
        for url, (version, span) in zip(one.between, one.spans, strict=True):
            article = self._by_version.get(version)
            words = _line(span.of(article.text)) if article else ""
            sides.append(f"     {self.name(url)}: “{words}”, characters {span.start} to {span.end} of {version}")
        return [f"   {one.kind}, strength {one.strength:.2f}: {one.reason}", *sides]

    def joined(self, one: Joined) -> str:
        """Two that count as one, and why."""
        return f"{self.name(one.a)} and {self.name(one.b)} count as one: {one.why.replace('_', ' ')}"

    def _around(self, place: Place) -> str | None:
        """The statement in its paragraph, between brackets; None where it is the whole paragraph."""
        text, span = self._by_version[place.version].text, place.span
        whole = next((one for one in paragraphs(text) if one.start <= span.start and span.end <= one.end), span)
        start, end = max(whole.start, span.start - PARAGRAPH_MAX // 2), min(whole.end, span.end + PARAGRAPH_MAX // 2)
        before, after = text[start : span.start], text[span.end : end]
        if not before.strip() and not after.strip(" ."):
            return None
        cut = ("… " if start > whole.start else "", " …" if end < whole.end else "")
        return cut[0] + _line(f"{before}[{span.of(text)}]{after}") + cut[1]


def _where(place: Place) -> str:
    return f"characters {place.span.start} to {place.span.end} of {place.version}"


def _source(cell: Cell) -> str:
    return f"{_spoken(cell.source)} ({cell.authority}){_by(cell.cue)}"


def _spoken(source: str | None) -> str:
    return f"“{_line(source)}”" if source else "nobody named"


def _by(cue: str | None) -> str:
    return f", by “{_line(cue)}”" if cue else ""


def _line(words: str) -> str:
    return " ".join(words.split())
