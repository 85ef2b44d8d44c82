"""The quotation check: do the words that one text puts in another's mouth stand in that text?

``check`` looks one quotation up in held texts; ``check_quotations`` does it for a whole story.
"""

from claims.quotations.checking import Finding, Found, HeldText, Why, check
from claims.quotations.story import check_quotations

__all__ = ["Finding", "Found", "HeldText", "Why", "check", "check_quotations"]
