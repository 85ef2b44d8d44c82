"""Page bytes -> one parsed tree that everything else reads: charset, control characters, limits."""

import re
from functools import cached_property
from itertools import islice

from charset_normalizer import from_bytes
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from w3lib.encoding import html_to_unicode

MAX_BYTES = 5_000_000  # the fetcher's own limit; the largest stored page weighs 2.9 MB
MAX_ELEMENTS = 30_000  # what comes after is cut off; the largest stored page has 8,500
# what pages without a declared charset are in: the web's legacy encodings, no old Mac or DOS code pages, which the
# detection otherwise prefers for short Cyrillic texts
LEGACY = (
    *("cp1251", "koi8_r", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
DETECT_BYTES = 20_000  # charset detection reads this much of each end, as it is slow on a whole page

# a run of opening (or closing) tags that no page needs: a depth bomb, cut down to what the parser can take
_NEST = re.compile(r"(?:<(?:div|span|section|article|b|i|em|font|p|ul|ol|li|table|blockquote)\b[^<>]*>\s*){200,}")
_UNNEST = re.compile(r"(?:</(?:div|span|section|article|b|i|em|font|p|ul|ol|li|table|blockquote)>\s*){200,}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# 7-bit encodings look like valid UTF-8 and are not: only the page's own word tells
_SEVEN_BIT = re.compile(rb"charset\s*=\s*[\"']?\s*(iso-2022-(?:jp|kr)|hz-gb-2312)", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))


class Page:
    """One page: its address, its tree, and the few readings that several parts share."""

    def __init__(self, html: bytes, *, url: str, content_type: str | None = None) -> None:
        self.url = url
        self.tree = _tree(_decoded(html[:MAX_BYTES], content_type))

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of ``<meta>`` by lower-cased name, property or itemprop, in order; blank ones are left out."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = squeeze(element.get("content") or "")
            names = {element.get("name"), element.get("property"), *(element.get("itemprop") or "").split()}
            for name in sorted(n.strip().lower() for n in names if n and content):
                found.setdefault(name, []).append(content)
        return found

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these names that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def squeeze(text: str) -> str:
    """Runs of blanks of any kind as one space, none at the ends; soft hyphens and zero-width blanks gone."""
    return " ".join(text.translate(_INVISIBLE).split())


def _decoded(html: bytes, content_type: str | None) -> str:
    """Valid UTF-8 is UTF-8 whatever a header claims; else the byte order mark, the header, the page, detection."""
    if not _SEVEN_BIT.search(html[:4096]) and not html.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return html.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if error.start >= len(html) - 3:  # the limit cut a character in two
                return html[: error.start].decode("utf-8-sig")
    _, text = html_to_unicode(content_type, html, default_encoding="utf-8", auto_detect_fun=_detected)
    return text


def _detected(html: bytes) -> str | None:
    sample = html if len(html) <= 2 * DETECT_BYTES else html[:DETECT_BYTES] + html[-DETECT_BYTES:]
    # markup is ASCII and drowns the letters that tell one legacy charset from another
    best = from_bytes(re.sub(rb"(?s)<script.*?</script>|<[^>]*>", b" ", sample), cp_isolation=list(LEGACY)).best()
    return best.encoding if best else None


def _tree(text: str) -> HtmlElement:
    text = _CONTROL.sub("", text)
    tree, cut = _parsed(text)
    if cut:
        tree, _ = _parsed(_UNNEST.sub("</div>", _NEST.sub("<div>", text)))
    for element in [*islice(tree.iter(), MAX_ELEMENTS, None)]:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return tree


def _parsed(text: str) -> tuple[HtmlElement, bool]:
    """The tree, and whether the parser gave up for depth: libxml2 does at 2048 elements, without huge_tree at 256."""
    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        encoding="utf-8",
    )
    try:
        tree = document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return document_fromstring("<html><body></body></html>"), False
    return tree, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
