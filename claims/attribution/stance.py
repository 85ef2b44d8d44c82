"""How sure an attributed statement is, by its cue and its words; and what kind of sentence an own voice is."""

import re
from collections.abc import Sequence

from claims.modality import certainty_of, denies, polarity_of
from claims.types import Authority, Certainty, OwnVoiceKind, Polarity, Span

_PLANS = re.compile(
    r"\b(?:expected|plan\w*|vow\w*|pledg\w+|promis\w+|hop\w+|want\w*|intend\w*|seek\w*)\b", re.IGNORECASE
)
_SUPPOSES = re.compile(r"\b(?:fear|hint|speculat|teas|float|suspect|consider|mull|weigh)\w*", re.IGNORECASE)
_REPORTS = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|reported|alleged|rumou?red|rumou?rs|"
    r"(?:is|are|was|were|been|being) (?:widely )?(?:said|believed|thought|understood|known))\b",
    re.IGNORECASE,
)
#: what is left open: "did not rule out", "has not denied"
_LEAVES_OPEN = re.compile(
    r"\b(?:not|n['’]t|never|without|refused to|declined to)\s+(?:rule|ruled|ruling|den(?:y|ied|ying)|exclude\w*)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:hopefully|unfortunately|fortunately|sadly|thankfully|regrettably|surely|clearly|obviously|arguably|frankly|"
    r"of course|needless to say|should|ought to|must|shameful|disgraceful|absurd|ridiculous|ludicrous|outrageous|"
    r"hypocri\w+|disastrous|brilliant|wonderful|terrible|horrible|pathetic|stupid|idiotic|insane|crazy|laughable|"
    r"so-called|supposedly|predictably|ironically|amazingly|astonishing\w*|best|worst|wisely|foolish\w*|reckless\w*|"
    r"dangerous(?:ly)?|bizarre\w*|propaganda|i think|i believe|we need|we must|in my view|my|let us|let['’]s)\b|!",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:will|won['’]t|shall|could|(?-i:may)|might|possibly|likely|unlikely|is going to|are going to)\b",
    re.IGNORECASE,
)
_NEAR_FUTURE = re.compile(
    r"\b(?:would|poised to|set to|expected to|bound to|soon|in the (?:coming|next) \w+|next (?:week|month|year)|"
    r"within (?:days|weeks|months|a couple of \w+)|perhaps|by 20[2-9]\d)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:has|have|had|was|were|did|saw|\w+ed)\b", re.IGNORECASE)
_LADDER = list(Certainty)


def certainty(text: str, content: Sequence[Span], cue: str, authority: Authority) -> Certainty:
    """The rung of the ladder: what the cue denies or supposes, what the content hedges, else whose word it is."""
    if _LEAVES_OPEN.search(cue):
        return Certainty.POSSIBLE
    if denies(cue, content[0].of(text)):
        return Certainty.DENIED
    by_report = authority is Authority.OUTLET or _REPORTS.search(cue)
    at_most = Certainty.REPORTED if by_report else Certainty.SAID
    if _PLANS.search(cue):
        at_most = Certainty.PLANNED
    if _SUPPOSES.search(cue):
        at_most = Certainty.POSSIBLE
    return min((certainty_of(text, span, at_most) for span in content), key=_LADDER.index)


def polarity(text: str, content: Sequence[Span], cue: str) -> Polarity:
    """Whether it is said that something is not so: by the cue or by the content, not by both."""
    turned = denies(cue, content[0].of(text)) and _LEAVES_OPEN.search(cue) is None
    negated = (polarity_of(text, content[0]) is Polarity.NEGATED) != turned
    return Polarity.NEGATED if negated else Polarity.AFFIRMED


def own_voice_kind(sentence: str) -> OwnVoiceKind:
    """Fact, opinion or forecast, by the words of judgement and of the future in a sentence."""
    if _OPINION.search(sentence):
        return OwnVoiceKind.OPINION
    future = _FORECAST.search(sentence)
    ahead = future is not None and not _PAST.search(sentence[: future.start()])
    if ahead or (_NEAR_FUTURE.search(sentence) and not _PAST.search(sentence)):
        return OwnVoiceKind.FORECAST
    return OwnVoiceKind.FACT
