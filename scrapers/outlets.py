"""The registry of outlets: reads ``outlets.toml``, one row each, and says whose an address or a name is."""

import ipaddress
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from claims.errors import BadInput
from claims.types import Outlet, OutletKind

# Doors to the same house: an unlisted outlet's mobile pages are not a second outlet.
_DOORS = ("www.", "m.", "mobile.", "amp.")
# Names that no public resolver answers (RFC 6761, 6762, 8375). "example" stays open: our own sample story lives there.
_PRIVATE_ENDINGS = ("localhost", "local", "internal", "lan", "home.arpa", "test", "invalid", "onion")


@dataclass(frozen=True)
class Outlets:
    """All outlets that are known by name. Immutable; a changed row makes a new registry.

    Raises BadInput where two rows share a key, a domain or a name, and where an address is not a public one.
    """

    all: tuple[Outlet, ...]

    def __post_init__(self) -> None:
        for what, pairs in (("key", self._keys()), ("domain", self._domains()), ("name", self._names())):
            owners: dict[str, Outlet] = {}
            for word, outlet in pairs:
                other = owners.setdefault(word, outlet)
                if other is not outlet:
                    raise BadInput(f"{outlet.name} and {other.name} share the {what} “{word}”; give it to one only.")
        for outlet in self.all:
            _check(outlet)

    @classmethod
    def load(cls) -> "Outlets":
        """The registry that the package ships; read and checked once a process."""
        return _packaged()

    @classmethod
    def of_rows(cls, rows: Iterable[dict[str, Any]]) -> "Outlets":
        """A registry of rows with the keys of ``outlets.toml``. Raises BadInput on an unknown key or kind."""
        return cls(tuple(_outlet(row) for row in rows))

    def with_outlets(self, extra: Iterable[Outlet]) -> "Outlets":
        """A registry that also holds ``extra``, these first; an outlet there replaces the one with the same key."""
        merged = {outlet.key: outlet for outlet in extra}
        merged |= {outlet.key: outlet for outlet in self.all if outlet.key not in merged}
        return Outlets(tuple(merged.values()))

    def of(self, link: str, *, site_name: str | None = None) -> Outlet:
        """Whose page this is, by the longest matching domain.

        An unlisted host is an outlet of its own, called ``site_name`` (what its page says of itself) or else by its
        host. Raises BadInput where ``link`` is not a web address.
        """
        host = _host(link)
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if outlet := self._by_domain.get(".".join(labels[start:])):
                return outlet
        for door in _DOORS:
            if host.startswith(door) and host.count(".") > 1:
                host = host.removeprefix(door)
                break
        return Outlet(key=host, name=(site_name or "").strip() or host, domains=(host,))

    def named(self, name: str) -> Outlet | None:
        """The outlet that readers or running text call so ("the AP", "Agence France-Presse"), None if there is none."""
        words = _folded(name)
        return self._by_name.get(words) or self._by_name.get(words.removeprefix("the "))

    @cached_property
    def _by_domain(self) -> dict[str, Outlet]:
        return dict(self._domains())

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return dict(self._names())

    def _keys(self) -> Iterator[tuple[str, Outlet]]:
        return ((outlet.key, outlet) for outlet in self.all)

    def _domains(self) -> Iterator[tuple[str, Outlet]]:
        return ((domain, outlet) for outlet in self.all for domain in outlet.domains)

    def _names(self) -> Iterator[tuple[str, Outlet]]:
        return ((_folded(name), outlet) for outlet in self.all for name in (outlet.name, *outlet.aliases))


@cache
def _packaged() -> Outlets:
    text = resources.files(__package__).joinpath("outlets.toml").read_text(encoding="utf-8")
    return Outlets.of_rows(tomllib.loads(text)["outlet"])


def _outlet(row: dict[str, Any]) -> Outlet:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    try:
        kind = OutletKind(fields.pop("kind", OutletKind.SITE))
        return Outlet(kind=kind, **fields)
    except (TypeError, ValueError) as error:
        raise BadInput(f"The row of outlet “{row.get('key', '?')}” cannot be read: {error}.") from error


def _check(outlet: Outlet) -> None:
    if not (outlet.key and outlet.name.strip() and outlet.domains):
        raise BadInput(f"An outlet needs a key, a name and a domain; “{outlet.name or outlet.key}” lacks one.")
    hosts = list(outlet.domains)
    for domain in outlet.domains:
        if domain != domain.lower() or domain.startswith("www."):
            raise BadInput(f"{outlet.name}: write the domain “{domain}” in small letters and without “www.”.")
    for address in (*outlet.feeds, *outlet.sitemaps, *outlet.news_sitemaps):
        if urlsplit(address).scheme not in ("http", "https"):
            raise BadInput(f"{outlet.name}: “{address}” is no web address; it must begin with http:// or https://.")
        hosts.append(_host(address))
    for host in hosts:
        if not _public(host):
            raise BadInput(f"{outlet.name}: “{host}” is not a public host name; give the name readers open it by.")


def _host(link: str) -> str:
    try:
        host = urlsplit(link.strip()).hostname
    except ValueError:  # brackets that hold no address
        host = None
    if not host:
        raise BadInput(f"“{link}” is not a web address; it must begin with http:// or https://.")
    return host.rstrip(".")


def _public(host: str) -> bool:
    """Whether a host name, by its form alone, can belong to an outlet; the guard looks at what it resolves to."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "." in host and not host.endswith(tuple(f".{ending}" for ending in _PRIVATE_ENDINGS))
    return False


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
