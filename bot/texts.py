"""Every sentence a reader can see. Says what texts contain, never what is so; the same words for every outlet.

Names in braces are filled by the caller; words of articles come in quotation marks and from nowhere else. What is
written here is English and the key to the other languages: it is looked up where it is used, see ``bot.language``.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.language import Lazy, _, lazy, plural, soon
from claims.comparison import DifferenceKind, EdgeKind, Note, QuotationResult
from claims.types import Authority, Held, MissReason, OwnVoiceKind

NAME = "Second Source"
TAGLINE = lazy("One story as several outlets tell it: who claims what, and on whose word.")
TEXT_MIN = 200  # characters of a text below which there is too little to compare
LINKS_MAX = 5  # links of one message that are answered, each in its turn

START = (
    lazy("Second Source shows one story as several outlets tell it: who claims what, and on whose word."),
    lazy("Send a link to a news article, forward a post, or paste the text of an article."),
    lazy(
        "You get the article's own claims at once, then the comparison: how many outlets, how many independent "
        "origins, where they differ, and whether quoted words stand in the original. /help says more."
    ),
)
WELCOME = (
    TAGLINE,
    lazy(
        "Give a link to a news article, or paste its text. First come the article's own claims, then how other outlets "
        "tell the same story: where they differ, and how many independent origins there are."
    ),
)
HELP = (
    lazy(
        "Send one of these: a link (up to {links} in a message), a forwarded post, a text of at least {characters} "
        "characters, or a photo with a link or such a text below it. A long text may come in several messages.",
        links=LINKS_MAX,
        characters=TEXT_MIN,
    ),
    lazy(
        "A headline does too, or a question: who reports that …? In a group reply to a post with /check, or name the "
        "bot. In any chat type the bot's name and some words."
    ),
    lazy("Origin: where a claim starts. Outlets that take over one report, by name or by text, share one origin."),
    lazy("In its own voice: the article states it and names no source."),
    lazy("Not found: the original is held and does not have the words. Not held: there is no original to look in."),
    lazy("An outlet that is silent on a claim does not deny it."),
)
ABOUT = (
    lazy("Second Source compares texts and shows where each statement stands. It gives no verdict of its own."),
    lazy(
        "Pages are read as their outlets leave them open; what is closed is named in the answer. Only short quotations "
        "are shown, with links to the originals."
    ),
)
PRIVACY = (
    lazy(
        "Kept of you: your number on Telegram with what you asked and when, for 30 days; a text that you paste or "
        "forward with its answer, for 7 days; messages as Telegram delivers them, for 2 days. No name is kept beside "
        "that."
    ),
    lazy(
        "A text that you send serves you alone: it is shown to nobody else and found by no search. Articles at public "
        "addresses and their comparisons are kept for all."
    ),
    lazy("Until you change or erase them: your settings, digests, followed stories and the mistakes you reported."),
    lazy("/export_me sends you all of it. /forget erases it at once."),
)
EXPORTED = (lazy("This is all that is kept of you. /forget erases it."),)
FORGOTTEN = (
    lazy("Erased: all that was kept of you. Messages in this chat stay until you delete them; their buttons are dead."),
)
NOTHING_KEPT = (lazy("There is nothing kept of you."),)
AUTO_ON = (
    lazy("Links in this group are answered unasked, where other outlets tell the same. /auto off ends it."),
    lazy("The bot sees links only as an admin of the group, or with its privacy mode off."),
)
AUTO_OFF = (
    lazy("Answers come only when asked: reply to a post with /check, or name the bot. /auto on answers links unasked."),
)
INLINE_NONE = lazy("Nothing kept on this. Ask in the private chat")
WAIT = lazy("That was many questions in a short time. Please go on {in_time}.")
PRIVATE_COMMANDS = (
    ("start", lazy("What this is and what to send")),
    ("help", lazy("What can be sent, and what the words mean")),
    ("about", lazy("What this does and does not do")),
    ("subscribe", lazy("News by digest: set it up, change it, end it")),
    ("digest", lazy("A digest for your channel or group")),
    ("following", lazy("The stories you follow")),
    ("privacy", lazy("What is kept of you, and for how long")),
    ("settings", lazy("Language, time zone, outlets shown first, length")),
    ("export_me", lazy("Send you all that is kept of you")),
    ("forget", lazy("Erase all that is kept of you")),
)
GROUP_COMMANDS = (
    ("check", lazy("In a group, as a reply: compare what the post tells")),
    ("settings", lazy("In a group, by its admins: language, time zone, length")),
    ("auto", lazy("In a group, by its admins: answer links unasked, on or off")),
)
COMMANDS = PRIVATE_COMMANDS + GROUP_COMMANDS
SHORT_DESCRIPTION = TAGLINE

READING = lazy("Reading {what} …")
READING_TEXT = lazy("the text")
SEARCHING = lazy("Looking for other outlets …")
TOO_SHORT = lazy(
    "This is too short to compare. Send a link, a whole headline, or at least {characters} characters of a text.",
    characters=TEXT_MIN,
)
NOT_READABLE = lazy("This cannot be compared. Send a link to an article, forward a post, or paste a text.")
UNKNOWN_COMMAND = lazy("There is no such command. /help says what can be sent.")
TROUBLE = lazy("Something went wrong here, and it has been noted. Please send this again in a few minutes.")
LINKS_LEFT = lazy("The first {taken} links are answered; please send the others in another message: {rest}")
PASTE = lazy("If you can open it, paste its text here.")
GONE = lazy("This answer is no longer kept. Please send the link again.")
PAGE_MISSING = lazy("There is no such answer, or it is no longer kept.")
BUSY = lazy("Too many questions are open at the moment. Please try again in a minute.")
TOO_LONG = lazy("This text is too long. Please send the article alone.")
FOREIGN_FORM = lazy("This form did not come from this page. Open the page again and send it from there.")

CLAIMS, QUOTATIONS, SOURCES = lazy("Claims"), lazy("Quotations"), lazy("Sources")
BACK, PAGE = lazy("Back"), lazy("Side by side")
FOLLOW, REPORT = lazy("Follow this story"), lazy("Report a mistake")
ORIGINS, TIMELINE, WHY, EXPORT = lazy("Origins"), lazy("Timeline"), lazy("Why"), lazy("Export")
EXPORT_FORMS = (
    lazy(
        "JSON: the whole comparison with the place of each statement. CSV: one line for each outlet's statement, for a "
        "spreadsheet. Markdown: the answer as text to read and to keep."
    ),
    lazy("They hold quoted words and links, and no whole article."),
)
EARLIER, LATER = lazy("‹ Previous"), lazy("Next ›")
VIEW_PART = lazy("{view}, part {page} of {pages}")

THE_ARTICLE = lazy("the article you sent")
UNTITLED = lazy("Article without a headline")
LEAD_LINE = lazy("The article you sent")
REPORTED = lazy("Reported by {outlets}, {origins}.")
REPORTED_WITH_TEXT = lazy("In the article you sent and {outlets}: {origins}.")
RESTS_ON = lazy("Resting on {head}: {who}.")
CIRCULAR = lazy("In a circle: {chain}.")
CHANGED = lazy("changed later without a note")
CHANGED_MARKED = lazy("changed later with a note")
CHANGE = lazy("{old} became {new}")
CHANGE_ADDED = lazy("added: {new}")
CHANGE_DROPPED = lazy("taken out: {old}")

HEADING_CLAIMS = lazy("Claims, and on whose word")
HEADING_SHARED = lazy("Told by several outlets")
HEADING_ALONE = lazy("Only one outlet has it")
ALONE_NOTE = lazy("Among the texts we hold. An outlet that is silent does not deny.")
HEADING_READING = lazy("Claims in the article you sent")
HEADING_OWN_VOICE = lazy("Opinion and forecast in the article's own voice")
HEADING_QUOTATIONS = lazy("Quotations")
HEADING_SOURCES = lazy("Articles compared")
HEADING_ORIGINS = lazy("Counted as one origin")
HEADING_TIES = lazy("Who takes over from whom")
HEADING_NO_TIES = lazy("No tie to another outlet found")
HEADING_UNDATED = lazy("No date given")
HEADING_WHO = lazy("Who reports it")
HEADING_CHANGES = lazy("Changes")
TIMELINE_NOTE = lazy(
    "Times in {zone}, as the outlets give them. Being earlier is by itself no sign of being the origin."
)
MODIFIED = lazy("Changed by the outlet's word: {time}")
WHY_NOTE = lazy("Where each statement stands: characters of the stored version, as in the export.")
PLACE = lazy("characters {start} to {end} of {version}")
CUE = lazy(", by {cue}")
HEADING_FACT_CHECKS = lazy("Fact-checks by others, in their words")
FACT_CHECK = lazy("on {claim}: {rating}")
HEADING_MISSES = lazy("Closed to us or not reached")
NOT_READ = lazy("Not read")
MORE = lazy("{count} more")
CHECKED = lazy("Looked up: {counts}.")
NO_CLAIMS = lazy("No claims were found in the text we hold.")
DIFFERENT = {
    DifferenceKind.NUMBER: lazy("different numbers"),
    DifferenceKind.DATE: lazy("different dates"),
    DifferenceKind.NAME: lazy("different names"),
    DifferenceKind.PLACE: lazy("different places"),
    DifferenceKind.CERTAINTY: lazy("different certainty"),
    DifferenceKind.DENIAL: lazy("said and denied"),
    DifferenceKind.AUTHORITY: lazy("on different words"),
    DifferenceKind.PRESENCE: lazy("in one and not in the other"),
}

OWN_VOICE = {
    OwnVoiceKind.FACT: lazy("Statement"),
    OwnVoiceKind.OPINION: lazy("Opinion"),
    OwnVoiceKind.FORECAST: lazy("Forecast"),
}
CITING = lazy("citing {source}")
ON_WORD = {
    Authority.NAMED: lazy("citing a named person"),
    Authority.NAMED_GROUP: lazy("citing a named group"),
    Authority.DOCUMENT: lazy("citing a document"),
    Authority.DATA: lazy("citing data"),
    Authority.OUTLET: lazy("citing another outlet"),
    Authority.UNNAMED: lazy("attributed to an unnamed source"),
    Authority.UNNAMED_GROUP: lazy("attributed to unnamed sources"),
    Authority.WITNESS: lazy("as seen by its own reporter"),
    Authority.OWN_VOICE: lazy("in its own voice"),
    Authority.UNCLEAR: lazy("source unclear"),
}
UNNAMED_IN_SHORT = {Authority.UNNAMED: lazy("an unnamed source"), Authority.UNNAMED_GROUP: lazy("unnamed sources")}
DESCRIBED = lazy(" ({words})")
NO_DESCRIPTION = lazy(", no description given")
VIA = lazy(" via {source}")
SAME_WORDS = lazy(": the same words")
DENIED_BY = lazy("denied by {source}")
DENIED = lazy("denied, {phrase}")
AUTHORITY_NAMES = {
    Authority.NAMED: lazy("named people"),
    Authority.NAMED_GROUP: lazy("named groups"),
    Authority.DOCUMENT: lazy("documents"),
    Authority.DATA: lazy("data"),
    Authority.OUTLET: lazy("other outlets"),
    Authority.UNNAMED: lazy("unnamed sources"),
    Authority.UNNAMED_GROUP: lazy("unnamed sources"),
    Authority.WITNESS: lazy("its own reporter"),
    Authority.OWN_VOICE: lazy("its own voice"),
    Authority.UNCLEAR: lazy("source unclear"),
}
ON_WHOSE_WORD = lazy("On whose word: {counts}.")
HELD = {
    Held.FULL: lazy("full text held"),
    Held.PART: lazy("only the open part held"),
    Held.HEADLINE: lazy("only headline and summary held"),
    Held.KNOWN: lazy("only the address known"),
    Held.READER_COPY: lazy("a reader's copy"),
}
CARRIED = lazy("text of {agency}")
EDGES = {
    EdgeKind.CITES: lazy("cites {target}"),
    EdgeKind.LINKS: lazy("links to {target}"),
    EdgeKind.SHARES_TEXT: lazy("shares text with {target}"),
    EdgeKind.SHARES_QUOTE: lazy("shares quotations with {target}"),
    EdgeKind.CREDIT_LINE: lazy("credits {target} for its text"),
}
MISSED = {
    MissReason.ROBOTS: lazy("its robots.txt does not let programs in"),
    MissReason.REFUSED: lazy("closed to programs"),
    MissReason.PAYWALL: lazy("only its beginning is open"),
    MissReason.GONE: lazy("the page is gone"),
    MissReason.TIMEOUT: lazy("no answer in time"),
    MissReason.TOO_LARGE: lazy("the page is too large"),
    MissReason.NOT_ARTICLE: lazy("no article at this address"),
    MissReason.UNSAFE_ADDRESS: lazy("not a public address"),
    MissReason.FAULT: lazy("the page could not be read"),
}
MISSED_IN_SHORT = {
    MissReason.ROBOTS: lazy("robots.txt"),
    MissReason.REFUSED: lazy("closed to programs"),
    MissReason.PAYWALL: lazy("paywall"),
    MissReason.GONE: lazy("page gone"),
    MissReason.TIMEOUT: lazy("no answer in time"),
    MissReason.TOO_LARGE: lazy("too large"),
    MissReason.NOT_ARTICLE: lazy("no article there"),
    MissReason.UNSAFE_ADDRESS: lazy("no public address"),
    MissReason.FAULT: lazy("not readable"),
}
#: searches that may fail like outlets do; keys as the scrapers name them
SEARCHES = {
    "feeds": lazy("the outlets' feeds"),
    "gdelt": lazy("GDELT"),
    "google_news": lazy("Google News"),
    "guardian": lazy("the Guardian's search"),
}
NOTES = {
    Note.LEAD_CLOSED: lazy(
        "Its page is closed to us; this rests on what is openly given of it. If you can open it, paste its text here."
    ),
    Note.NOTHING_REACHABLE: lazy("None of the places we search could be reached. Please ask again in a few minutes."),
    Note.SINGLE_ARTICLE: lazy("No other outlet found yet. Later coverage is found when you ask again."),
    Note.LANGUAGE_LIMITED: lazy("In this language only quotation marks and names of outlets are understood."),
    Note.NO_DATE: lazy("The article gives no date, so coverage of the same days is harder to find."),
    Note.CUT: lazy("The text was longer than can be read; its end was left out."),
}

#: what the quotation check found: in a text of the outlet itself, or in an agency's that an outlet carries
RESULTS = {
    QuotationResult.EXACT: lazy("stands word for word in the {outlet} text we hold"),
    QuotationResult.SHORTENED: lazy("stands in the {outlet} text we hold with words left out: "),
    QuotationResult.ALTERED: lazy("similar words in the {outlet} text we hold; differences marked: "),
    QuotationResult.PARAPHRASE: lazy("the {outlet} text says: "),
    QuotationResult.ELSEWHERE: lazy("not in the {cited} text we hold; found in {outlet}{day}"),
    QuotationResult.NOT_FOUND: lazy("not found in the {cited} original we hold{time}"),
    QuotationResult.NOT_CHECKABLE: lazy("we do not hold the original"),
}
RESULTS_CARRIED = {
    QuotationResult.EXACT: lazy("stands word for word in the text of {agency}, as carried by {outlet}"),
    QuotationResult.SHORTENED: lazy("stands in the text of {agency}, as carried by {outlet}, with words left out: "),
    QuotationResult.ALTERED: lazy(
        "similar words in the text of {agency}, as carried by {outlet}; differences marked: "
    ),
    QuotationResult.PARAPHRASE: lazy("the text of {agency}, as carried by {outlet}, says: "),
}
AS_OF = lazy(" (as of {time})")
QUOTING = lazy("{who}, quoting {cited}")
REASON = lazy(" ({reason})")
NOT_CHECKED = {
    "not_held": lazy("no article of the one quoted is held"),
    "part": lazy("only a part is held, and it does not have the words"),
    "other_matter": lazy("what is held of the one quoted is on another matter"),
    "other_language": lazy("it is held in another language only"),
}
STANDS_IN = {"headline": lazy(", in its headline"), "standfirst": lazy(", below its headline")}
CUT_AT_NEGATION = lazy("Cut at a negation; the whole sentence in {outlet}")
NEAREST = lazy("Nearest passage in {outlet}")
ALSO = lazy("Word for word in {outlet}")
JOINED_ALIKE = lazy("two articles of {a} count as one")
JOINED_SOMEHOW = lazy("{a} and {b}")
JOINED = {
    "cites": lazy("{a} cites {b}"),
    "links": lazy("{a} links to {b}"),
    "shares_text": lazy("{a} and {b} share text"),
    "shares_quote": lazy("{a} and {b} share quotations"),
    "credit_line": lazy("{a} credits {b} for its text"),
    "same_outlet": lazy("{a} and {b} are of one outlet"),
    "same_source": lazy("{a} and {b} rest on the same source"),
    "same_briefing": lazy("{a} and {b} rest on the same briefing"),
}

PASTE_LABEL = lazy("A link to an article, or its text")
SEND = lazy("Compare")
TRY_SAMPLE = lazy("Or try the sample story, made up for this page")
NEW_QUESTION = lazy("Ask another question")
WHOLE = lazy("Side by side")
NOT_SAID = lazy("nothing on this found")
STATEMENT = lazy("Statement")
JSON_LINK = lazy("This comparison as JSON")
MADE = lazy("Compared on {time}")


def result_counts(result: QuotationResult, n: int) -> str:
    """``2 word for word``: how many quotations the check found so."""
    counted = {
        QuotationResult.ALTERED: plural("{n} with differences", "{n} with differences", n),
        QuotationResult.NOT_FOUND: plural("{n} not found", "{n} not found", n),
        QuotationResult.ELSEWHERE: plural("{n} found elsewhere", "{n} found elsewhere", n),
        QuotationResult.SHORTENED: plural("{n} with words left out", "{n} with words left out", n),
        QuotationResult.EXACT: plural("{n} word for word", "{n} word for word", n),
        QuotationResult.PARAPHRASE: plural("{n} as a paraphrase", "{n} as a paraphrase", n),
        QuotationResult.NOT_CHECKABLE: plural("{n} original not held", "{n} original not held", n),
    }
    return counted[result]


def outlets(n: int) -> str:
    """``1 outlet``, ``2 outlets``."""
    return plural("{n} outlet", "{n} outlets", n)


def origins(least: int, most: int) -> str:
    """Both numbers where they differ."""
    if least == most:
        return plural("{n} independent origin", "{n} independent origins", least)
    return plural(
        "at most {most}, at least {n} independent origins",
        "at most {most}, at least {n} independent origins",
        least,
        most=most,
    )


def alone_more(n: int) -> str:
    """What only one outlet has and is not shown."""
    return plural(
        "And {n} more that only one outlet has; the export has it.",
        "And {n} more that only one outlet has; the export has them all.",
        n,
    )


def overtaken(outlets: str, n: int) -> str:
    """What an earlier answer rests on and is there no more."""
    return plural(
        "Changed since this answer: {outlets}. {n} statement shown here no longer stands there in these words. "
        "Send the link again to compare anew.",
        "Changed since this answer: {outlets}. {n} statements shown here no longer stand there in these words. "
        "Send the link again to compare anew.",
        n,
        outlets=outlets,
    )


def wait(span: timedelta) -> str:
    """How long to wait, in words."""
    return WAIT.format(in_time=soon(span))


def commas(parts: Sequence[str | Lazy]) -> str:
    """Facts in a row: ``Quay Post, 3 March 2025``; what is empty is left out."""
    return _(", ").join(filter(None, map(str, parts)))


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
