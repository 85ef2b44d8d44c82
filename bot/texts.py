"""Every sentence a reader can see. Says what texts contain, never what is so; the same words for every outlet.

Names in braces are filled by the caller; words of articles come in quotation marks and from nowhere else.
"""

from datetime import datetime, timedelta

from claims.comparison import DifferenceKind, EdgeKind, Note, QuotationResult
from claims.types import Authority, Held, MissReason, OwnVoiceKind

NAME = "Second Source"
TAGLINE = "One story as several outlets tell it: who claims what, and on whose word."
TEXT_MIN = 200  # characters of a text below which there is too little to compare
LINKS_MAX = 5  # links of one message that are answered, each in its turn

START = (
    "Second Source shows one story as several outlets tell it: who claims what, and on whose word.",
    "Send a link to a news article, forward a post, or paste the text of an article.",
    "You get the article's own claims at once, then the comparison: how many outlets, how many independent origins, "
    "where they differ, and whether quoted words stand in the original. /help says more.",
)
WELCOME = (
    TAGLINE,
    "Give a link to a news article, or paste its text. First come the article's own claims, then how other outlets "
    "tell the same story: where they differ, and how many independent origins there are.",
)
HELP = (
    f"Send one of these: a link (up to {LINKS_MAX} in a message), a forwarded post, a text of at least {TEXT_MIN} "
    "characters, or a photo with a link or such a text below it. A long text may come in several messages.",
    "A headline does too, or a question: who reports that …? In a group reply to a post with /check, or name the bot. "
    "In any chat type the bot's name and some words.",
    "Origin: where a claim starts. Outlets that take over one report, by name or by text, share one origin.",
    "In its own voice: the article states it and names no source.",
    "Not found: the original is held and does not have the words. Not held: there is no original to look in.",
    "An outlet that is silent on a claim does not deny it.",
)
ABOUT = (
    "Second Source compares texts and shows where each statement stands. It gives no verdict of its own.",
    "Pages are read as their outlets leave them open; what is closed is named in the answer. Only short quotations are "
    "shown, with links to the originals.",
)
PRIVACY = (
    "Kept of you: your number on Telegram with what you asked and when, for 30 days; a text that you paste or forward "
    "with its answer, for 7 days; messages as Telegram delivers them, for 2 days. No name is kept beside that.",
    "A text that you send serves you alone: it is shown to nobody else and found by no search. Articles at public "
    "addresses and their comparisons are kept for all.",
    "/export_me sends you all of it. /forget erases it at once.",
)
EXPORTED = ("This is all that is kept of you. /forget erases it.",)
FORGOTTEN = (
    "Erased: all that was kept of you. Messages in this chat stay until you delete them; their buttons are dead.",
)
NOTHING_KEPT = ("There is nothing kept of you.",)
AUTO_ON = (
    "Links in this group are answered unasked, where other outlets tell the same. /auto off ends it.",
    "The bot sees links only as an admin of the group, or with its privacy mode off.",
)
AUTO_OFF = (
    "Answers come only when asked: reply to a post with /check, or name the bot. /auto on answers links unasked.",
)
INLINE_NONE = "Nothing kept on this. Ask in the private chat"
WAIT = "That was many questions in a short time. Please go on in {time}."
PRIVATE_COMMANDS = (
    ("start", "What this is and what to send"),
    ("help", "What can be sent, and what the words mean"),
    ("about", "What this does and does not do"),
    ("privacy", "What is kept of you, and for how long"),
    ("export_me", "Send you all that is kept of you"),
    ("forget", "Erase all that is kept of you"),
)
GROUP_COMMANDS = (
    ("check", "In a group, as a reply: compare what the post tells"),
    ("auto", "In a group, by its admins: answer links unasked, on or off"),
)
COMMANDS = PRIVATE_COMMANDS + GROUP_COMMANDS
SHORT_DESCRIPTION = TAGLINE

READING = "Reading {what} …"
READING_TEXT = "the text"
SEARCHING = "Looking for other outlets …"
TOO_SHORT = f"This is too short to compare. Send a link, a whole headline, or at least {TEXT_MIN} characters of a text."
NOT_READABLE = "This cannot be compared. Send a link to an article, forward a post, or paste a text."
UNKNOWN_COMMAND = "There is no such command. /help says what can be sent."
TROUBLE = "Something went wrong here, and it has been noted. Please send this again in a few minutes."
LINKS_LEFT = "The first {taken} links are answered; please send the others in another message: {rest}"
PASTE = "If you can open it, paste its text here."
GONE = "This answer is no longer kept. Please send the link again."
PAGE_MISSING = "There is no such answer, or it is no longer kept."
BUSY = "Too many questions are open at the moment. Please try again in a minute."
TOO_LONG = "This text is too long. Please send the article alone."
FOREIGN_FORM = "This form did not come from this page. Open the page again and send it from there."

CLAIMS, QUOTATIONS, SOURCES, BACK, PAGE = "Claims", "Quotations", "Sources", "Back", "Side by side"
ORIGINS, TIMELINE, WHY, EXPORT = "Origins", "Timeline", "Why", "Export"
EXPORT_FORMS = (
    "JSON: the whole comparison with the place of each statement. CSV: one line for each outlet's statement, for a "
    "spreadsheet. Markdown: the answer as text to read and to keep.",
    "They hold quoted words and links, and no whole article.",
)
EARLIER, LATER = "‹ Previous", "Next ›"
VIEW_PART = "{view}, part {page} of {pages}"

THE_ARTICLE = "the article you sent"
UNTITLED = "Article without a headline"
LEAD_LINE = "The article you sent"
REPORTED = "Reported by {outlets}, {origins}."
REPORTED_WITH_TEXT = "In the article you sent and {outlets}: {origins}."
ORIGINS_BETWEEN = "at most {most}, at least {least} independent origins"
RESTS_ON = "Resting on {head}: {who}."
CIRCULAR = "In a circle: {chain}."
CHANGED = "changed later without a note"
CHANGED_MARKED = "changed later with a note"
CHANGE = "{old} became {new}"
CHANGE_ADDED = "added: {new}"
CHANGE_DROPPED = "taken out: {old}"

HEADING_CLAIMS = "Claims, and on whose word"
HEADING_SHARED = "Told by several outlets"
HEADING_ALONE = "Only one outlet has it"
ALONE_NOTE = "Among the texts we hold. An outlet that is silent does not deny."
ALONE_MORE = "And {count} more that only one outlet has; the export has them all."
HEADING_READING = "Claims in the article you sent"
HEADING_OWN_VOICE = "Opinion and forecast in the article's own voice"
HEADING_QUOTATIONS = "Quotations"
HEADING_SOURCES = "Articles compared"
HEADING_ORIGINS = "Counted as one origin"
HEADING_TIES = "Who takes over from whom"
HEADING_NO_TIES = "No tie to another outlet found"
HEADING_UNDATED = "No date given"
HEADING_WHO = "Who reports it"
HEADING_CHANGES = "Changes"
TIMELINE_NOTE = "Times in UTC, as the outlets give them. Being earlier is by itself no sign of being the origin."
MODIFIED = "Changed by the outlet's word: {time}"
WHY_NOTE = "Where each statement stands: characters of the stored version, as in the export."
PLACE = "characters {start} to {end} of {version}"
CUE = ", by {cue}"
HEADING_FACT_CHECKS = "Fact-checks by others, in their words"
HEADING_MISSES = "Closed to us or not reached"
NOT_READ = "Not read"
MORE = "{count} more"
CHECKED = "Looked up: {counts}."
NO_CLAIMS = "No claims were found in the text we hold."
DIFFERENT = {
    DifferenceKind.NUMBER: "different numbers",
    DifferenceKind.DATE: "different dates",
    DifferenceKind.NAME: "different names",
    DifferenceKind.PLACE: "different places",
    DifferenceKind.CERTAINTY: "different certainty",
    DifferenceKind.DENIAL: "said and denied",
    DifferenceKind.AUTHORITY: "on different words",
    DifferenceKind.PRESENCE: "in one and not in the other",
}

OWN_VOICE = {OwnVoiceKind.FACT: "Statement", OwnVoiceKind.OPINION: "Opinion", OwnVoiceKind.FORECAST: "Forecast"}
CITING = "citing {source}"
ON_WORD = {
    Authority.NAMED: "citing a named person",
    Authority.NAMED_GROUP: "citing a named group",
    Authority.DOCUMENT: "citing a document",
    Authority.DATA: "citing data",
    Authority.OUTLET: "citing another outlet",
    Authority.UNNAMED: "attributed to an unnamed source",
    Authority.UNNAMED_GROUP: "attributed to unnamed sources",
    Authority.WITNESS: "as seen by its own reporter",
    Authority.OWN_VOICE: "in its own voice",
    Authority.UNCLEAR: "source unclear",
}
UNNAMED_IN_SHORT = {Authority.UNNAMED: "an unnamed source", Authority.UNNAMED_GROUP: "unnamed sources"}
DESCRIBED = " ({words})"
NO_DESCRIPTION = ", no description given"
VIA = " via {source}"
SAME_WORDS = ": the same words"
DENIED_BY = "denied by {source}"
DENIED = "denied, {phrase}"
AUTHORITY_NAMES = {
    Authority.NAMED: "named people",
    Authority.NAMED_GROUP: "named groups",
    Authority.DOCUMENT: "documents",
    Authority.DATA: "data",
    Authority.OUTLET: "other outlets",
    Authority.UNNAMED: "unnamed sources",
    Authority.UNNAMED_GROUP: "unnamed sources",
    Authority.WITNESS: "its own reporter",
    Authority.OWN_VOICE: "its own voice",
    Authority.UNCLEAR: "source unclear",
}
ON_WHOSE_WORD = "On whose word: {counts}."
HELD = {
    Held.FULL: "full text held",
    Held.PART: "only the open part held",
    Held.HEADLINE: "only headline and summary held",
    Held.KNOWN: "only the address known",
    Held.READER_COPY: "a reader's copy",
}
CARRIED = "text of {agency}"
EDGES = {
    EdgeKind.CITES: "cites {target}",
    EdgeKind.LINKS: "links to {target}",
    EdgeKind.SHARES_TEXT: "shares text with {target}",
    EdgeKind.SHARES_QUOTE: "shares quotations with {target}",
    EdgeKind.CREDIT_LINE: "credits {target} for its text",
}
MISSED = {
    MissReason.ROBOTS: "its robots.txt does not let programs in",
    MissReason.REFUSED: "closed to programs",
    MissReason.PAYWALL: "only its beginning is open",
    MissReason.GONE: "the page is gone",
    MissReason.TIMEOUT: "no answer in time",
    MissReason.TOO_LARGE: "the page is too large",
    MissReason.NOT_ARTICLE: "no article at this address",
    MissReason.UNSAFE_ADDRESS: "not a public address",
    MissReason.FAULT: "the page could not be read",
}
MISSED_IN_SHORT = {
    MissReason.ROBOTS: "robots.txt",
    MissReason.REFUSED: "closed to programs",
    MissReason.PAYWALL: "paywall",
    MissReason.GONE: "page gone",
    MissReason.TIMEOUT: "no answer in time",
    MissReason.TOO_LARGE: "too large",
    MissReason.NOT_ARTICLE: "no article there",
    MissReason.UNSAFE_ADDRESS: "no public address",
    MissReason.FAULT: "not readable",
}
#: searches that may fail like outlets do; keys as the scrapers name them
SEARCHES = {
    "feeds": "the outlets' feeds",
    "gdelt": "GDELT",
    "google_news": "Google News",
    "guardian": "the Guardian's search",
}
NOTES = {
    Note.LEAD_CLOSED: f"Its page is closed to us; this rests on what is openly given of it. {PASTE}",
    Note.NOTHING_REACHABLE: "None of the places we search could be reached. Please ask again in a few minutes.",
    Note.SINGLE_ARTICLE: "No other outlet found yet. Later coverage is found when you ask again.",
    Note.LANGUAGE_LIMITED: "In this language only quotation marks and names of outlets are understood.",
    Note.NO_DATE: "The article gives no date, so coverage of the same days is harder to find.",
    Note.CUT: "The text was longer than can be read; its end was left out.",
}

#: what the quotation check found; {text} is one of the two below, {said} without its end
RESULTS = {
    QuotationResult.EXACT: "stands word for word in the {text}",
    QuotationResult.SHORTENED: "stands in the {text} with words left out: ",
    QuotationResult.ALTERED: "similar words in the {text}; differences marked: ",
    QuotationResult.PARAPHRASE: "the {said} says: ",
    QuotationResult.ELSEWHERE: "not in the {cited} text we hold; found in {outlet}{day}",
    QuotationResult.NOT_FOUND: "not found in the {cited} original we hold{time}",
    QuotationResult.NOT_CHECKABLE: "we do not hold the original",
}
TEXT_HELD = "{outlet} text we hold"
TEXT_CARRIED = "text of {agency}, as carried by {outlet}"
AS_OF = " (as of {time})"
RESULT_COUNTS = {
    QuotationResult.ALTERED: "with differences",
    QuotationResult.NOT_FOUND: "not found",
    QuotationResult.ELSEWHERE: "found elsewhere",
    QuotationResult.SHORTENED: "with words left out",
    QuotationResult.EXACT: "word for word",
    QuotationResult.PARAPHRASE: "as a paraphrase",
    QuotationResult.NOT_CHECKABLE: "original not held",
}
QUOTING = "{who}, quoting {cited}"
REASON = " ({reason})"
NOT_CHECKED = {
    "not_held": "no article of the one quoted is held",
    "part": "only a part is held, and it does not have the words",
    "other_matter": "what is held of the one quoted is on another matter",
    "other_language": "it is held in another language only",
}
STANDS_IN = {"headline": ", in its headline", "standfirst": ", below its headline"}
CUT_AT_NEGATION = "Cut at a negation; the whole sentence in {outlet}"
NEAREST = "Nearest passage in {outlet}"
ALSO = "Word for word in {outlet}"
JOINED_ALIKE = "two articles of {a} count as one"
JOINED = {
    "cites": "{a} cites {b}",
    "links": "{a} links to {b}",
    "shares_text": "{a} and {b} share text",
    "shares_quote": "{a} and {b} share quotations",
    "credit_line": "{a} credits {b} for its text",
    "same_outlet": "{a} and {b} are of one outlet",
    "same_source": "{a} and {b} rest on the same source",
    "same_briefing": "{a} and {b} rest on the same briefing",
}

PASTE_LABEL = "A link to an article, or its text"
SEND = "Compare"
TRY_SAMPLE = "Or try the sample story, made up for this page"
NEW_QUESTION = "Ask another question"
WHOLE = "Side by side"
NOT_SAID = "nothing on this found"
STATEMENT = "Statement"
JSON_LINK = "This comparison as JSON"
MADE = "Compared on {time}"

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(moment: datetime) -> str:
    """``3 March 2025``, in UTC as all times here."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def time(moment: datetime) -> str:
    """``3 March 2025, 10:42 UTC``."""
    return f"{day(moment)}, {moment:%H:%M} UTC"


def count(number: int, one: str, many: str) -> str:
    """``1 outlet``, ``2 outlets``."""
    return f"{number} {one if number == 1 else many}"


def origins(least: int, most: int) -> str:
    """Both numbers where they differ."""
    if least == most:
        return count(least, "independent origin", "independent origins")
    return ORIGINS_BETWEEN.format(most=most, least=least)


def wait(span: timedelta) -> str:
    """How long to wait, in words."""
    seconds = max(1, round(span.total_seconds()))
    time = count(seconds, "second", "seconds") if seconds < 90 else count(round(seconds / 60), "minute", "minutes")
    return WAIT.format(time=time)


def listed(names: list[str]) -> str:
    """``A, B and C``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
