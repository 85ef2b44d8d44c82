"""How many independent origins stand behind a story or a claim: always two numbers, never a guess.

An origin is an article or an outlet at the head of a chain. Chains of ``cites``, ``credit_line`` and ``shares_text``
join for certain. Links, a shared quotation, the same named source or document may mean one origin: these lower
``at_least`` and leave ``at_most``. Outlets are counted, never feeds or addresses.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from claims.comparison import Cell, Edge, EdgeKind, Joined, Origins
from claims.types import Article, Attribution, Authority, Held, OutletKind, Reading

TAKEN_OVER = (EdgeKind.CREDIT_LINE, EdgeKind.SHARES_TEXT)  # the whole text, not one statement in it
SURE = (*TAKEN_OVER, EdgeKind.CITES)
SAME_OUTLET, SAME_SOURCE, SAME_BRIEFING = (
    "same_outlet",
    "same_source",
    "same_briefing",
)  # reasons beside the edges' kinds
CHAINS_MAX = 50  # more are not shown; a story has a dozen articles

_RESTS_ON = (Authority.NAMED, Authority.NAMED_GROUP, Authority.DOCUMENT, Authority.DATA)
_UNNAMED = (Authority.UNNAMED, Authority.UNNAMED_GROUP)
_UNSOURCED = (Authority.OWN_VOICE, Authority.UNCLEAR)
_BRIEFING = ("brief", "told reporters", "news conference", "press conference", "conference call")


def origins(articles: Sequence[Article], edges: Sequence[Edge], readings: Mapping[str, Reading]) -> Origins:
    """The independent origins of a story. ``readings`` by version.

    An article that names another outlet, and yet leads with a source of its own, may be an origin too: it counts for
    ``at_most`` only. An outlet that is cited and not held stands in the place of an article that rests on it, so there
    are never more origins than outlets in the story.
    """
    web = _Web(articles, edges)
    leads = {article.url: _lead(readings.get(article.version)) for article in articles}
    own = {url for url, lead in leads.items() if lead is None or lead.authority is not Authority.OUTLET}
    heads = web.heads()
    reporters = [url for url in leads if url in own and url not in heads and not web.onward(url, TAKEN_OVER)]
    groups = _Groups((*heads, *reporters))
    joined = [*web.joined(), *(one for one in web.same_outlet(groups.nodes) if groups.join(one.a, one.b))]
    counted = {article.outlet.name for article in articles if article.url in groups.nodes}
    resting = {article.outlet.name for article in articles} - counted
    absent = [node for node in groups.nodes if node not in leads and node not in counted]
    at_most = len(counted) + min(len(absent), len(resting))
    maybe = (*web.maybe(), *_same_lead_source({url: leads[url] for url in heads if url in leads}))
    joined += [one for one in maybe if groups.join(web.text_of(one.a), web.text_of(one.b))]
    at_least = groups.count([head for head in heads if web.is_sure(head, own)])
    return Origins(
        at_least=min(max(at_least, 1), at_most),
        at_most=at_most,
        chains=web.chains(),
        joined=tuple(dict.fromkeys(joined)),
    )


def claim_origins(
    cells: Sequence[Cell], articles: Sequence[Article], edges: Sequence[Edge], readings: Mapping[str, Reading]
) -> Origins:
    """The independent origins of one claim: the way back of each cell, not that of its whole article."""
    web = _Web(articles, edges)
    rests = {cell.place.url: _rest(cell, web, readings.get(cell.place.version)) for cell in cells}
    paths = {url: _path(url, rests, web) for url in rests}
    heads = {url: _head(path) for url, path in paths.items()}
    groups = _Groups(tuple(dict.fromkeys(heads.values())))
    joined = [Joined(a=url, b=rest.on, why=rest.why) for url, rest in rests.items() if rest.on != url]
    joined += [one for one in web.same_outlet(groups.nodes) if groups.join(one.a, one.b)]
    at_most = groups.count(groups.nodes)
    perhaps = (Joined(a=url, b=other, why=EdgeKind.CITES) for url, rest in rests.items() for other in rest.perhaps)
    for one in (*web.maybe(), *perhaps, *_same_cell_source(cells)):
        if groups.join(heads.get(one.a, one.a), heads.get(one.b, one.b)):
            joined.append(one)
    chains = tuple(dict.fromkeys(path for path in paths.values() if len(path) > 1))
    return Origins(
        at_least=groups.count(groups.nodes), at_most=at_most, chains=chains, joined=tuple(dict.fromkeys(joined))
    )


class _Web:
    """Articles (by address) and outlets that are not held (by name), and what leads from one to the other."""

    def __init__(self, articles: Sequence[Article], edges: Sequence[Edge]) -> None:
        self._articles = {article.url: article for article in articles}
        self._edges = edges
        self._onward: dict[str, list[tuple[str, EdgeKind]]] = {url: [] for url in self._articles}
        for kind in SURE:
            for edge in edges:
                if edge.kind is kind and edge.source in self._articles:
                    self._onward.setdefault(_end(edge), [])
                    self._onward[edge.source].append((_end(edge), kind))
        self._reached = {node: self._reach(node) for node in self._onward}

    def onward(self, node: str, kinds: Iterable[EdgeKind] = SURE) -> list[str]:
        """Where chains of these kinds lead from here, strongest reason first."""
        return [target for target, kind in self._onward.get(node, ()) if kind in kinds]

    def heads(self) -> list[str]:
        """One node for each end of the chains: nothing leads on from it, or only around in a circle."""
        found: list[str] = []
        for node, reached in self._reached.items():
            circle = {node} | reached
            if all(node in self._reached[other] for other in reached) and not circle.intersection(found):
                found.append(node)
        return found

    def is_sure(self, head: str, own: set[str]) -> bool:
        """Whether this end is an origin for certain: read in full, or rested on by more than a remark in passing."""
        article = self._articles.get(head)
        if article and (article.held in (Held.FULL, Held.READER_COPY) or article.outlet.kind is OutletKind.AGENCY):
            return True
        into = [edge for edge in self._edges if _end(edge) == head and edge.kind in SURE]
        return any(edge.kind in TAKEN_OVER or edge.source not in own for edge in into)

    def node_of(self, outlet: str, source: str) -> str:
        """The node of an outlet that an article names: the article that its edge leads to, else the name."""
        known = {_end(edge): edge for edge in self._edges if edge.target_outlet == outlet}
        own = [end for end, edge in known.items() if edge.source == source and edge.kind in SURE]
        return own[0] if own else outlet

    def text_of(self, node: str) -> str:
        """The node whose text this is, through credit lines and copies."""
        seen = [node]
        while (onward := self.onward(seen[-1], TAKEN_OVER)) and onward[0] not in seen:
            seen.append(onward[0])
        return seen[-1]

    def joined(self) -> list[Joined]:
        """Each pair that a chain joins for certain, with the strongest reason."""
        pairs = {(node, target): kind for node, onward in self._onward.items() for target, kind in reversed(onward)}
        return [Joined(a=a, b=b, why=kind) for (a, b), kind in pairs.items()]

    def maybe(self) -> list[Joined]:
        """Links and shared quotations: these may mean one origin."""
        return [
            Joined(a=edge.source, b=_end(edge), why=edge.kind)
            for edge in self._edges
            if edge.kind not in SURE and edge.source in self._articles
        ]

    def same_outlet(self, nodes: Iterable[str]) -> Iterator[Joined]:
        """Nodes of one outlet: they count once."""
        first: dict[str, str] = {}
        for node in nodes:
            article = self._articles.get(node)
            other = first.setdefault(article.outlet.name if article else node, node)
            if other != node:
                yield Joined(a=node, b=other, why=SAME_OUTLET)

    def chains(self) -> tuple[tuple[str, ...], ...]:
        """The chains from the readers' end to their heads; one that returns to itself ends where it began."""
        entered = {target for onward in self._onward.values() for target, _ in onward}
        starts = [node for node in self._articles if node not in entered]
        covered = set(starts).union(*(self._reached[node] for node in starts))
        for node in self._articles:  # those left over stand in circles that nothing leads into
            if node not in covered:
                starts.append(node)
                covered |= {node} | self._reached[node]
        found = (path for node in starts if self._onward[node] for path in self._paths((node,)))
        return tuple(dict.fromkeys(path for path, _ in zip(found, range(CHAINS_MAX), strict=False)))

    def _paths(self, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        targets = dict.fromkeys(target for target, _ in self._onward[path[-1]])
        if not targets or path[-1] in path[:-1]:
            yield path
            return
        for target in targets:
            yield from self._paths((*path, target))

    def _reach(self, node: str) -> set[str]:
        reached: set[str] = set()
        todo = [node]
        while todo:
            for target, _ in self._onward[todo.pop()]:
                if target not in reached:
                    reached.add(target)
                    todo.append(target)
        return reached - {node}


class _Groups:
    """Nodes put together step by step."""

    def __init__(self, nodes: Sequence[str]) -> None:
        self.nodes = tuple(dict.fromkeys(nodes))
        self._of = {node: node for node in self.nodes}

    def join(self, a: str, b: str) -> bool:
        """Put the groups of two nodes together; whether that changed anything."""
        if a not in self._of or b not in self._of or self._of[a] == self._of[b]:
            return False
        gone, stays = self._of[b], self._of[a]
        self._of = {node: stays if group == gone else group for node, group in self._of.items()}
        return True

    def count(self, nodes: Iterable[str]) -> int:
        """How many groups these nodes are in."""
        return len({self._of[node] for node in nodes})


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a cell rests on: an article or outlet, its own article included; and what it may rest on besides."""

    on: str
    why: str = ""
    perhaps: tuple[str, ...] = ()


def _end(edge: Edge) -> str:
    return edge.target or edge.target_outlet


def _lead(reading: Reading | None) -> Attribution | None:
    """The first attribution of the text, the outer one of nested ones."""
    found = reading.attributions if reading else ()
    return min((one for one in found if one.via is None), key=lambda one: one.content[0].start, default=None)


def _rest(cell: Cell, web: _Web, reading: Reading | None) -> _Rest:
    url = cell.place.url
    via = [source.source for source in cell.via if source.authority is Authority.OUTLET and source.source]
    outlet = cell.attributed_to_outlet or (via[-1] if via else None) or _reported_of(cell, reading)
    if outlet:
        return _Rest(web.node_of(outlet, url), EdgeKind.CITES)
    for kind in TAKEN_OVER:
        if taken := web.onward(url, (kind,)):
            return _Rest(taken[0], kind)
    cited = web.onward(url, (EdgeKind.CITES,))
    if cell.authority not in _UNSOURCED or not cited:
        return _Rest(url)
    lead = _lead(reading)
    if lead and lead.authority is Authority.OUTLET:
        return _Rest(web.node_of(lead.outlet, url) if lead.outlet else cited[0], EdgeKind.CITES)
    return _Rest(url, perhaps=tuple(cited))


def _reported_of(cell: Cell, reading: Reading | None) -> str | None:
    """The outlet in whose mouth the article puts most of the cell's words."""
    here = cell.place.span
    for attribution in reading.attributions if reading else ():
        inside = (min(here.end, span.end) - max(here.start, span.start) for span in attribution.content)
        if attribution.outlet and 2 * sum(shared for shared in inside if shared > 0) > here.end - here.start:
            return attribution.outlet
    return None


def _path(url: str, rests: Mapping[str, _Rest], web: _Web) -> tuple[str, ...]:
    """The way back from one cell: over other cells of the row where they have one, else over copies of whole texts."""
    path = [url]
    while True:
        node = path[-1]
        onward = web.onward(node, TAKEN_OVER)
        further = rests[node].on if node in rests else onward[0] if onward else node
        if further == node:
            return tuple(path)
        path.append(further)
        if further in path[:-1]:
            return tuple(path)


def _head(path: tuple[str, ...]) -> str:
    """The end of the way; of a circle always the same node."""
    return min(path[path.index(path[-1]) :])


def _same_lead_source(leads: Mapping[str, Attribution | None]) -> Iterator[Joined]:
    """Heads that lead with the same named person, group or document."""
    named = [(url, lead) for url, lead in leads.items() if lead and lead.resolved and lead.authority in _RESTS_ON]
    for (a, one), (b, other) in combinations(named, 2):
        if _name(one.resolved, one.authority) == _name(other.resolved, other.authority):
            yield Joined(a=a, b=b, why=SAME_SOURCE)


def _same_cell_source(cells: Sequence[Cell]) -> Iterator[Joined]:
    """Cells on the word of the same named source, or of an unnamed one at a briefing that both speak of."""
    for one, other in combinations(cells, 2):
        a, b = one.place.url, other.place.url
        named = one.authority in _RESTS_ON and other.authority in _RESTS_ON and one.source is not None
        if named and _name(one.source, one.authority) == _name(other.source, other.authority):
            yield Joined(a=a, b=b, why=SAME_SOURCE)
        elif one.authority in _UNNAMED and other.authority in _UNNAMED and _briefed(one) and _briefed(other):
            yield Joined(a=a, b=b, why=SAME_BRIEFING)


def _name(source: str | None, authority: Authority) -> str:
    """A source's name as far as two outlets write it alike: of a person the last word."""
    bare = (source or "").casefold().removeprefix("the ").strip()
    return bare.rsplit(" ", 1)[-1] if authority is Authority.NAMED else bare


def _briefed(cell: Cell) -> bool:
    words = f"{cell.source} {cell.source_description} {cell.cue}".lower()
    return any(word in words for word in _BRIEFING)
