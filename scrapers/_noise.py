"""What stands around and among the paragraphs of a story without being part of it: the vocabulary, all in one place.

Two kinds of rules. Containers go by the words in their class, id and data attributes; paragraphs go by what they say.
Both are general habits of publishers. What only one outlet does stands in ``scrapers.sites``.
"""

import re

from lxml.html import HtmlElement

from scrapers._blocks import HEADINGS, UNSEEN, Block

#: a container that holds more of the page's running text than this is never furniture, whatever its class says:
#: class names such as "has-sidebar" and "paywall" also stand on the story itself
MOST_OF_PAGE = 0.25
SENTENCE = 25  # characters; a shorter run of text is a label and says nothing about where the story is
SLUG = 5  # words; a longer id is made from a headline and says nothing about the container
CAPTION = 350  # characters; an image's box with more text than this holds more than its caption
CARD = 350  # characters beside a linked headline; a box with more text than this is no teaser
SHORT_PROMO = 220  # characters; a longer paragraph that opens like a promo is taken for text

_NAMES = (
    "class",
    "role",
    "data-testid",
    "data-component",
    "data-component-name",
    "data-qa",
    "data-type",
    "data-gu-name",
)
_WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
# names of the story itself: "sidebar-grid__content article__content" is no sidebar
_STORY = re.compile(r"-(?:article|story|entry|post|body|main)-+(?:body|content|text|copy)-|-articlebody-|-rich-text-")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_FURNITURE = re.compile(
    "-(?:"
    + "|".join(
        """
    related recirc recirculation recommended recommendations? read-more readmore read-next read-also more-on more-from
    more-stories more-link more-links also-read also-like you-may you-might up-next see-also see-more most-read
    most-popular most-viewed most-shared most-recent mostread popular trending outbrain taboola zergnet teads interstitial
    newsletters? signup sign-up subscribe subscriptions? cta paywall regwall piano donate donations? membership
    promos? promote promotion promotional promobox upsell
    ads? adverts? advertisement advertising adslot dfp sponsored sponsor
    share sharing shares sharebar share-?tools sharedaddy sharelinks social socials follow follow-us whatsapp wapp
    comments? commenting disqus viafoura coral
    breadcrumbs? tags taglist keywords topics categories
    captions? figcaption credits? legend copyright slideshow carousel gallery lightbox
    video-player video-container video-wrapper video-card videoplayer jwplayer player featured-video podcast audio
    bylines? author-bio author-info author-box author-card author-details? about-author about-the-author bio
    timestamp cookies? consent gdpr modal popup overlay tooltip toolbar banner
    visually-hidden visuallyhidden sr-only screen-?reader skip-links?
    infobox twitter-tweet tweet instagram-media tiktok-embed social-embed
    pull-?quotes? ai2html datawrapper
    widget sidebar rail feedback complementary navigation contentinfo dialog search tablist
    """.split()
    )
    + ")-"
)


def prune(tree: HtmlElement, *, heading: HtmlElement | None = None) -> None:
    """Take furniture out of the tree, in place: what is never text, hidden elements, containers by their names.

    What holds ``heading``, the element with the headline, stays.
    """
    kept = {heading, *heading.iterancestors()} if heading is not None else set()
    for box in [*_image_boxes(tree), *_cards(tree)]:
        if box.getparent() is not None and box not in kept:
            box.drop_tree()
    sizes = _running_text(tree)
    most = MOST_OF_PAGE * sizes.get(tree, 0)
    for element in [*tree.iterdescendants()]:
        if not isinstance(element.tag, str) or element.tag in ("html", "head", "body", "main"):
            continue
        if element.tag in UNSEEN or (element not in kept and sizes.get(element, 0) <= most and _furniture(element)):
            if element.getparent() is not None:
                element.drop_tree()


def _image_boxes(tree: HtmlElement) -> list[HtmlElement]:
    """Containers among paragraphs that hold an image and no more than its caption."""
    boxes: dict[HtmlElement, None] = {}
    for image in tree.iter("img", "picture", "video", "figure"):
        box = image
        while (
            (parent := box.getparent()) is not None
            and parent.tag not in ("body", "p")
            and len(_seen(parent)) <= CAPTION
        ):
            box = parent
        if box is image:
            continue
        place = box.getparent() if box.tag == "li" and box.getparent() is not None else box
        siblings = place.itersiblings("p"), place.itersiblings("p", preceding=True)
        if sum(len(_seen(p)) > SENTENCE for group in siblings for p in group) >= 2:
            boxes[box] = None
    return [*boxes]


def _cards(tree: HtmlElement) -> list[HtmlElement]:
    """Teasers of other stories: a linked headline with at most a few lines beside it."""
    cards: dict[HtmlElement, None] = {}
    for heading in tree.iter(*sorted(HEADINGS)):
        words = _seen(heading)
        link = next(heading.iter("a"), None)
        if link is None:
            link = next((e for e in heading.iterancestors() if e.tag == "a"), None)
        if len(words) < SENTENCE or link is None or len(_seen(link)) < 0.9 * len(words):
            continue
        card = heading
        while (parent := card.getparent()) is not None and len(_seen(parent)) <= len(words) + CARD:
            card = parent
        if card is not heading and card.tag not in ("body", "main"):
            cards[card] = None
    return [*cards]


def _seen(element: HtmlElement) -> str:
    """The words of an element that a reader sees, roughly: scripts and styles left out."""
    if next(element.iter("script", "style", "noscript"), None) is None:
        return str(element.text_content()).strip()
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return "".join(pieces).strip()


def _furniture(element: HtmlElement) -> bool:
    tag = element.tag
    if tag in ("aside", "form", "table") or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (style := element.get("style")) and _HIDDEN.search(style):
        return True
    words = [w for name in _NAMES if (value := element.get(name)) for w in _WORD_BORDER.split(value)]
    if tag not in HEADINGS and (key := element.get("id")):
        parts = _WORD_BORDER.split(key)
        words += parts if len(parts) <= SLUG else []
    name = f"-{'-'.join(filter(None, words)).lower()}-"
    return _FURNITURE.search(name) is not None and not _STORY.search(name)


def _running_text(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Characters of running text inside each element: no labels, no link words, nothing unseen."""
    sizes: dict[HtmlElement, int] = {}
    for element in reversed([*tree.iter()]):
        if not isinstance(element.tag, str) or element.tag in UNSEEN or element.tag == "a":
            continue
        size = _run(element.text)
        for child in element:
            size += sizes.get(child, 0) + _run(child.tail)
        sizes[element] = size
    return sizes


def _run(text: str | None) -> int:
    length = len(text.strip()) if text else 0
    return length if length >= SENTENCE else 0


_OPENERS = re.compile(
    r"""^[\[(•►▶→>»›–—*▪■●\s-]*(?:
    (?:read|see|watch|listen|view|learn)\s+(?:more|also|next|on\b|here|our|it\b|the\s+full|full|now|this|all|related)
    | (?:read|watch|listen|see|more|related|recommended|opinion|live|also|editor.?s?\s+picks?|don.?t\s+miss|gallery|video)\s*[:|]
    | more\s+(?:on|from|stories|news|about|coverage|in|like\s+this)\b
    | also\s+(?:read|see|on|in|on\s+\S+)\b
    | related(?:\s+(?:stories|story|articles?|links?|content|coverage|topics?|news|posts?))?\s*$
    | recommended(?:\s+(?:stories|articles?|reading|for\s+you))?\s*$
    | you\s+(?:might|may)\s+(?:also|be\s+interested) | must[\s-]reads?\b | up\s+next\b | most\s+(?:read|popular|viewed)\b
    | sign\s+up\b | subscribe\b | join\s+(?:our|us\b|the\s+conversation|thought) | follow\s+(?:us|@|\S+\s+\S+\s+on\b|\S+\s+on\b|the\s+latest)
    | get\s+(?:in\s+touch|daily|breaking|the\s+latest\s+(?:news|headlines)|unlimited|(?:\S+\s+){0,6}newsletter|real-time\s+updates)
    | got\s+a\s+(?:story|tip) | have\s+you\s+got\s+a\s+story | do\s+you\s+have\s+a\s+(?:story|tip)
    | (?:click|tap)\s+(?:here|on|to)\b | download\s+(?:the|our)\b | for\s+more\s+(?:stories|news|information|on)\b | to\s+(?:read|see)\s+more\b
    | continue(?:d)?\s+(?:reading|below|»|›)| (?:story|article)\s+continues | scroll\s+(?:down|to)\b | skip\s+(?:past|to|advert|ad)\b
    | advertise?ment\b | sponsored\b | promoted\b | loading\b | share\s+(?:this|on|your)\b | share$ | comments?$ | view\s+comments
    | photos?\s*(?:credit|by|courtesy)?\s*[:/©] | images?\s*(?:credit|source|copyright|caption)?\s*[:/©] | image\s+(?:source|copyright|caption)\b
    | media\s+(?:caption|playback) | pictures?\s*:| photograph\s*: | credit\s*: | file\s+(?:photo|picture)\b | getty\s+images$
    | copyright\b | ©| \(c\)\s | all\s+rights\s+reserved | this\s+(?:article|story|page)\s+(?:contains|includes|may\s+contain)\s+affiliate
    | this\s+is\s+a\s+(?:breaking|developing)\s+(?:news?\s+)?story | (?:our|the)\s+standards\s*: | our\s+community\s+members
    | if\s+you\s+(?:enjoyed|liked)\s+this | support\s+(?:our|independent)\s | become\s+a\s+(?:member|subscriber)\b | already\s+a\s+(?:member|subscriber)
    | lesen\s+sie\s+(?:auch|mehr|hier|dazu|weiter) | lesetipp | mehr\s+(?:zum\s+thema|dazu|lesen|über) | weiterlesen | anzeige\b | auch\s+interessant | (?:foto|bild|quelle|video|grafik)\s*: | abonnieren
    | (?:à|a)\s+(?:lire|voir|écouter)\b | lire\s+(?:aussi|également|la\s+suite|plus) | voir\s+aussi | sur\s+le\s+même\s+sujet | publicité\b | passer\s+la\s+publicité | abonnez | inscrivez-vous | crédits?\s*: | photo\s*:
    | lea?\s+(?:también|más|además) | leer\s+más | más\s+información\b | te\s+puede\s+interesar | suscr[ií]b | publicidad\b | apúntate | puedes\s+seguir\s+a | sigue\s+toda\s+la\s+información | vea\s+también | ver\s+también
    | leggi\s+(?:anche|tutto) | pubblicità\b | iscriviti | per\s+approfondire
    | leia\s+(?:também|mais) | veja\s+(?:também|mais) | publicidade\b | assine\b
    | lees\s+(?:ook|meer) | czytaj\s | zobacz\s+(?:też|także|również) | ilgili\s+haber | ayrıca\s+okuyun
    | читайте\s | читать\s+(?:также|далее) | подписывайтесь | реклама$ | фото\s*: | підписуйтесь
    | [اإ]قر[أا]\s+(?:أيضا|أيضًا|المزيد|المزید) | شاهد\s+أيضا | إعلان$
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_INVITATION = re.compile(
    r"\b(newsletters?|inbox|sign(ed)?[\s-]up|subscri(be|bers?|ption)|unsubscribe|push alerts?|notifications|our app|whatsapp|telegram channel|privacy (policy|notice)|terms (of|and)|opt out|special offers|log ?in|register)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(sign|subscribe|get|join|receive|want|enjoy|don.t miss|download|follow|for more|to get|you can|stay|click|tap|our|we|by|enter|please|keep|like|never|thank|try|start|check|find|be the first)\b",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[\W_]*$")
_TWEET = re.compile(r"^[—–-]\s.{1,80}\(@\w{1,20}\)|pic\.twitter\.com/\w+$")
_COUNTER = re.compile(r"^\(?\d[\d.,:/ ]*\)?%?$")


def is_noise(block: Block) -> bool:
    """Whether a block that stands where the story stands is a promo, a credit, a rule or the like."""
    text = block.text
    if _RULE.match(text) or _TWEET.search(text) or _COUNTER.match(text):
        return True
    if not block.heading and block.share(block.linked) > 0.9 and len(text) > 15:
        return True
    if len(text) <= SHORT_PROMO:
        if _OPENERS.match(text):
            return True
        if _INVITATION.search(text) and _IMPERATIVE.match(text):
            return True
    return False
