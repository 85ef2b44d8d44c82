"""Rules for outlets that the generic reader gets wrong or would get right by luck: one file an outlet."""

from claims.types import Outlet
from scrapers.sites import ap, bbc, cnn, guardian, reuters, rt
from scrapers.sites._fields import Fields, Site

__all__ = ["SITES", "Fields", "Site", "site_of"]

SITES: tuple[Site, ...] = (
    Site("reuters", ("reuters.com",), reuters.read),
    Site("cnn", ("cnn.com",), cnn.read),
    Site("bbc", ("bbc.com", "bbc.co.uk"), bbc.read),
    Site("ap", ("apnews.com", "ap.org"), ap.read),
    Site("guardian", ("theguardian.com", "guardian.co.uk"), guardian.read),
    Site("rt", ("rt.com",), rt.read),
)


def site_of(outlet: Outlet) -> Site | None:
    """The rule for an outlet's pages, by its domains."""
    return next((site for site in SITES if set(site.domains) & set(outlet.domains)), None)
