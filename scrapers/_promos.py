"""Lines among the paragraphs of a story that are not the story: found by what they say and how they are set."""

import re

from scrapers._blocks import Block

SHORT = 220  # characters; a longer paragraph that opens like a promo is taken for text
STAMP = 80  # characters of a line with nothing but a time
CREDIT = 120  # characters of a picture's credit
LINKED = 0.9  # share of link words from which on a paragraph is a link to something else
LINE = 15  # characters; a shorter line that is all link may be a word of the text that is set apart

#: how such lines open, by language
_OPENERS = (
    # other stories
    r"(?:read|see|watch|listen|view|learn)\s+(?:more|also|next|on\b|here|our|it\b|the\s+full|full|now|this|all|related)",
    r"(?:read|watch|listen|see|more|related|recommended|opinion|live|also|don.?t\s+miss|gallery|video)\s*[:|]",
    r"editor.?s?\s+picks?\b",
    r"more\s+(?:stories|news|coverage|like\s+this)\b",
    r"more\s+(?:on|from|about|in)\b[^.]*$",
    r"also\s+(?:read|see|watch)\b",
    r"also\s+(?:on|in)\s+(?:\S+\.(?:com|org|net)\b|.{1,40}:$)",
    r"related(?:\s+(?:stories|story|articles?|links?|content|coverage|topics?|news|posts?))?\s*$",
    r"recommended(?:\s+(?:stories|articles?|reading|for\s+you))?\s*$",
    r"you\s+(?:might|may)\s+(?:also|be\s+interested)",
    r"must[\s-]reads?\b",
    r"up\s+next\b",
    r"most\s+(?:read|popular|viewed)\b",
    r"for\s+more\s+(?:stories|news|information|on)\b",
    r"to\s+(?:read|see)\s+more\b",
    # offers and invitations
    r"sign\s+up\b",
    r"subscribe\b",
    r"join\s+(?:our|us\b|the\s+conversation|thought)",
    r"follow\s+(?:us|@|\S+\s+\S+\s+on\b|\S+\s+on\b|the\s+latest)",
    r"get\s+(?:in\s+touch|daily|breaking|the\s+latest\s+(?:news|headlines)|unlimited|real-time\s+updates)",
    r"get\s+(?:\S+\s+){0,6}newsletter",
    r"(?:got|have\s+you\s+got|do\s+you\s+have)\s+a\s+(?:story|tip)",
    r"(?:click|tap)\s+(?:here|on|to)\b",
    r"download\s+(?:the|our)\b",
    r"like\s+this\s+(?:story|article)",
    r"if\s+you\s+(?:enjoyed|liked)\s+this",
    r"support\s+(?:our|independent)\s",
    r"(?:become|already)\s+a\s+(?:member|subscriber)\b",
    r"our\s+community\s+members",
    # the page's own machinery
    r"continued?\s+(?:reading|below|»|›)",
    r"(?:story|article)\s+continues",
    r"scroll\s+(?:down|to)\b",
    r"skip\s+(?:past|to|advert|ad)\b",
    r"advertise?ment(?:\s*[·:|-].*)?$",
    r"(?:sponsored|promoted|loading)\b[^.]{0,40}(?:\.\.\.)?$",
    r"by\s+(?:signing|subscribing|clicking|entering|providing|submitting|registering|continuing)\b",
    r"share\s+(?:this|on|your)\b",
    r"share$",
    r"comments?$",
    r"view\s+comments",
    r"this\s+is\s+a\s+(?:breaking|developing)\s+(?:news?\s+)?story",
    r"this\s+(?:article|story|page)\s+(?:contains|includes|may\s+contain)\s+affiliate",
    r"all\s+rights\s+reserved",
    # pictures
    r"(?:photos?|images?)\s*(?:credit|by|courtesy|source|copyright|caption)?\s*[:/©]",
    r"image\s+(?:source|copyright|caption)\b",
    r"media\s+(?:caption|playback)",
    r"(?:pictures?|photograph|credit)\s*:",
    r"file\s+(?:photo|picture)\b",
    r"getty\s+images$",
    r"(?:©|\(c\)\s|copyright\b)",
    # German
    r"lesen\s+sie\s+(?:auch|mehr|hier|dazu|weiter)",
    r"lesetipp",
    r"mehr\s+(?:zum\s+thema|dazu|lesen)",
    r"(?:weiterlesen|abonnieren|anzeige$)",
    r"auch\s+interessant",
    r"(?:foto|bild|quelle|video|grafik)\s*:",
    # French
    r"[àa]\s+(?:lire|voir|écouter)\b",
    r"lire\s+(?:aussi|également|la\s+suite|plus)",
    r"voir\s+aussi",
    r"sur\s+le\s+même\s+sujet",
    r"(?:passer\s+la\s+)?publicité$",
    r"(?:abonnez|inscrivez)-vous",
    r"crédits?\s*:",
    r"il\s+vous\s+reste\s",
    # Spanish
    r"lea?\s+(?:también|más|además)",
    r"leer\s+más",
    r"más\s+información\b",
    r"te\s+puede\s+interesar",
    r"suscr[ií]b",
    r"publicidad$",
    r"apúntate",
    r"puedes\s+seguir\s+a",
    r"sigue\s+toda\s+la\s+información",
    r"ve[ar]\s+también",
    # Italian, Portuguese, Dutch, Polish, Turkish
    r"leggi\s+(?:anche|tutto)",
    r"pubblicità$",
    r"iscriviti",
    r"per\s+approfondire",
    r"(?:leia|veja)\s+(?:também|mais)",
    r"publicidade$",
    r"assine\b",
    r"lees\s+(?:ook|meer)",
    r"czytaj\s",
    r"zobacz\s+(?:też|także|również)",
    r"ilgili\s+haber",
    r"ayrıca\s+okuyun",
    # Russian, Ukrainian, Arabic
    r"читайте\s",
    r"читать\s+(?:также|далее)",
    r"п[оі]дписывайтесь|підписуйтесь",
    r"реклама$",
    r"фото\s*:",
    r"[اإ]قر[أا]\s+(?:أيضا|أيضًا|المزيد|المزید)",
    r"شاهد\s+أيضا",
    r"إعلان$",
)
_OPENS = re.compile(rf"^[\[(•►▶→>»›–—*▪■●\s-]*(?:{'|'.join(_OPENERS)})", re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:newsletters?|inbox|sign(?:ed)?[\s-]up|subscri(?:be|bers?|ption)|unsubscribe|push alerts?|notifications|"
    r"our app|whatsapp|telegram channel|privacy (?:policy|notice)|terms (?:of|and)|opt out|special offers|log ?in)\b",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"^(?:sign|subscribe|get|join|receive|want|enjoy|don.t miss|download|follow|for more|to get|you can|stay|click|tap|"
    r"enter|please|thank|be the first)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"getty images|shutterstock|\bap photo\b|/\s?(?:afp|ap|reuters|epa|epa-efe|dpa)\b|\bvia (?:afp|ap|reuters|getty)\b|"
    r"\bphoto by\b|^photograph:",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\W_]*")
_TWEET = re.compile(r"^[—–-]\s.{1,80}\(@\w{1,20}\)|pic\.twitter\.com/\w+$")
_COUNTER = re.compile(r"\(?\d[\d.,:/ ]*\)?%?")
_STAMP = re.compile(
    r"(?>\b(?:published|updated|posted|last|modified|on|at|a\.?m\.?|p\.?m\.?|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|"
    r"dec|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember|day)?\b|"
    r"\b(?-i:[A-Z]{2,4})\b|[\d\W_])+",
    re.IGNORECASE,
)


def is_promo(block: Block) -> bool:
    """Whether a block is a promo, a picture's credit, a time, a rule, a tweet's signature, or nothing but a link."""
    text = block.text
    if _RULE.fullmatch(text) or _COUNTER.fullmatch(text) or _TWEET.search(text):
        return True
    if len(text) <= STAMP and _STAMP.fullmatch(text) and any(c.isdigit() for c in text):
        return True
    if not block.heading and len(text) > LINE and block.share(block.linked) > LINKED:
        return True
    if len(text) <= CREDIT and _CREDIT.search(text) and not text.endswith("."):
        return True
    return len(text) <= SHORT and bool(_OPENS.match(text) or (_OFFER.search(text) and _INVITES.match(text)))
