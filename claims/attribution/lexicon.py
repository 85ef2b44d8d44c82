"""Words that carry an attribution, in groups by what follows them. English.

The verbs are those that annotators of political news marked as cues in most of the places where they stand.
"""


def words(listed: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(listed.split())


#: plural forms, which are cues only of documents, data and groups: "the figures show"
PLURALS = words("show find indicate reveal confirm state note")
#: a clause, a quotation or nothing follows; the content may stand before
SAYS = (
    words(
        """said says say saying told tells tell telling wrote writes write writing asked asks asking added adds
    adding noted notes noting announced announces announcing suggested suggests suggest suggesting argued
    argues argue arguing tweeted tweets tweeting explained explains explaining acknowledged acknowledges
    acknowledging acknowledge warned warns warn warning claimed claims claiming recalled recalls recalling
    insisted insists insist insisting replied replies reported reports reporting declared declares declaring
    continued continues responded responds concluded concludes conclude stated stating believes believe
    believed thinks complained complains asserted asserts asserting conceded concedes remarked remarking
    emphasized emphasised emphasizes emphasizing lamented lamenting chanted chants cautioned cautions
    wondered wonders speculated indicated indicates boasted boasts joked jokes quipped countered contended
    contends alleged alleges alleging predicted predicts predicting admitted admits admitting testified
    confirmed confirms denied denies denying revealed reveals showed shows found finds hinted hints stressed
    stresses stressing shouted yelled observed reiterated mused opined clarified maintains maintained echoed
    disclosed signaled signalled estimated estimates projected assured reminded feared fears anticipates
    anticipate anticipated anticipating expects posted reads titled recounted proclaimed implied hoped
    learned foresees speculates writes reckons reckoned interjected exclaimed answered affirmed briefed
    urged urges urging worried states answers think agreed agrees agree pressed barked guessed repeated
    repeats vented fumed pleaded swore confessed confesses ruled rules rule saw emailed commented realized
    realised forecast implying reminding declare emphasize emphasise announce"""
    )
    | PLURALS
)
#: what follows is the thing spoken of
ABOUT = words(
    """criticized criticised criticizes criticizing endorsed endorses praised praises praising defended defends
    defending rejected rejects blamed blames blaming cited cites citing described describes describing called calls
    calling accused accuses accusing dismissed dismisses dismissing denounced denouncing condemned condemns
    condemning blasted blasts slammed slams mocked mocking attacked attacking questioned questions questioning
    expressed expresses touted touting thanked railed decried rebuked discussed mentioned referenced proposed
    proposes opposed opposes supported supports favored favors teased floated demanded demands demanding ridiculed
    derided labeled labelled dubbed likened hailed bemoaned assailed lambasted downplayed retweeted reaffirmed
    reiterated highlighted recommended portrayed disputed welcomed challenged invoked predicted announced announces
    denied denies confirmed revealed suggested quoted quotes explained acknowledged outlined voiced proclaimed
    mentioning mentions mention referencing repeating blasting slamming thanking unveiled express echoing portray
    championed credited ordered encouraged
    considered considers weighing mulling considering mulls applauded"""
)
#: an infinitive follows
INTENDS = words(
    """vowed vows vowing promised promises promising pledged pledges pledging refused refuses refusing declined
    declines wants wanted plans planned hopes hoping hoped seeks sought agreed agrees threatened threatens
    threatening offered intends proposes decided expects prefers"""
)
#: a preposition or particle that belongs to the verb, and makes what follows the thing spoken of
PARTICLES = {
    **dict.fromkeys(("called", "calling", "calls", "call"), ("for", "on")),
    **dict.fromkeys(("pointed", "points", "pointing"), ("out", "to")),
    **dict.fromkeys(("referred", "referring", "refers", "alluded", "alluding"), ("to",)),
    **dict.fromkeys(("spoke", "speaks", "speaking", "talked", "talking", "talks", "complained"), ("about", "of")),
    **dict.fromkeys(("railed", "lashed", "warned", "argued", "warns", "warning"), ("against", "out", "of")),
    **dict.fromkeys(("said", "says", "say"), ("of",)),
    **dict.fromkeys(("wrote", "writes", "asked", "tweeted", "joked", "boasted"), ("about",)),
    **dict.fromkeys(("hinted", "hints"), ("at",)),
    **dict.fromkeys(("ruled", "rules", "rule"), ("out",)),
    **dict.fromkeys(("put", "puts"), ("it",)),
}
#: verbs that are cues only with their particle
PARTICLE_ONLY = words(
    """ruled rules rule put puts
    pointed points pointing referred referring refers alluded alluding spoke speaks speaking talked talking
    lashed"""
)
#: also plural nouns: no cue after an article, an adjective or a preposition
NOUN_LIKE = words(
    """claims reports promises plans hopes calls shows fears notes states supports demands questions estimates posts
    tweets hints finds titled warning reporting writing reads answers offers pledges jokes favors attacks"""
)
#: take the one spoken to between themselves and the content
TELLS = words("told tells tell telling asked asks asking assured reminded urged urges urging informed briefed warned")
#: stand before their source: "..., said Ann Lee"
INVERTS = words(
    """said says wrote writes added adds asked asks noted notes argued argues explained explains recalled recalls
    reported reports continued continues tweeted concluded declared quipped joked insisted insists replied responded
    warned warns predicted remarked observed complained claimed claims announced lamented shouted yelled chanted
    testified acknowledged suggests suggested"""
)
#: cues only where "that", a quotation or a colon follows: they have other meanings too
NEED_CLAUSE = words(
    """states state maintained maintains continued continues found find shows showed show posted adds learned observed
    estimated projected assured reminded wondered feared fears agreed agrees agree noted notes note reports guessed
    adding echoed worried ruled added reported"""
)
#: what is thought and not spoken: the words are not a quotation of the one who thinks so
THINKS = words(
    """believes believe believed thinks think thought anticipates anticipate anticipated anticipating expects
    expected fears feared fear hopes hoped hoping wants wanted prefers considers considered foresees knows know"""
)
#: what is only thought about: told by another one it is what is reported, and nobody's word
PONDERS = words("considering considers considered weighing weighs mulling mulls")
#: passive: nobody is named
PASSIVE = words("expected believed thought said reported rumored rumoured alleged understood")
#: adverbs by which something is passed on and nobody is named
HEARSAY = words("reportedly allegedly supposedly purportedly")
RUMOURS = words("rumours rumors speculation gossip reports")
#: what one's own reporter has seen
SEES = words("saw")
#: base forms behind "went on to"
BASE = words(
    """say add tell ask claim note explain argue suggest write describe warn declare state quote call compare predict
    insist accuse criticize criticise praise point announce quip joke"""
)
#: past forms without "-ed" by which a quotation is spoken
MANNER = words("shot spat sang read began cut hit fired swore wept broke burst wrote told spoke hit put bit snarled")
#: in the place of a cue they lower the writer's own certainty and name nobody
SEEMS = words("appears appeared seems seemed")
#: nouns: "his claim that", "campaign rhetoric of"
NOMINAL = words(
    """claim claims statement statements assertion assertions allegation allegations accusation accusations warning
    warnings promise promises pledge pledges suggestion complaint complaints belief view argument arguments
    announcement rumors rumours rhetoric contention insistence assurance assurances prediction predictions denial
    admission description characterization criticism vow threat threats call calls proposal idea conclusion
    testimony remark remarks comment comments acknowledgment conviction hope hopes fear fears declaration"""
)

AUXILIARIES = words(
    """has have had 're ’re 'll ’ll 'm ’m ’s is are was were be been being will would could can may might
    should did does do must not never 's n't hasn't haven't hadn't isn't aren't wasn't weren't won't
    wouldn't couldn't can't didn't doesn't don't shouldn't mustn't ain't hasn’t haven’t hadn’t isn’t aren’t
    wasn’t weren’t won’t wouldn’t couldn’t can’t didn’t doesn’t don’t 've ’ve 'd ’d"""
)
ADVERBS = words(
    """also later then now just still already once often even only first long since never soon again ever yet too
    thus therefore however further instead rather always sometimes ago previously"""
)
NO_ADVERBS = words("family rally reply supply assembly monopoly anomaly butterfly italy july")
ADVERBS_IN_CUE = words("also later then now just still already once often even first never again previously")
HAVE = words("has have had")
OWNERS = words("his her their its")
BEFORE_PARTICIPLE = words("by in while and before after")
BEGINS_ADVERBIAL = words("who when while as and but last earlier later after before")
PRONOUNS = words("he she they it we i you who which one")
RELATIVES = words("who which that")
DETERMINERS = words(
    """the a an this that these those his her its their our my your some many several most all both any no each
    every another two three four five six seven eight nine ten few more one other"""
)
PREPOSITIONS = words(
    """of in on at by for with from to about against after before during into over under between among through
    within without since until as near despite amid behind like than per via toward towards across around off upon
    above below beyond"""
)
#: prepositions that stand inside the words for a source: "a spokesman for the ministry"
INNER_PREPOSITIONS = words("of for at from with in on close to to near about behind")
STOPS = words(
    """and but or nor so yet while as because if when where whether although though unless until than that which who
    whom whose after before since once how why what despite amid"""
)
DAYS = words(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow january february
    march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct
    nov dec"""
)
SMALL = words(
    """the a an in on at by for with from to of as if when while after before and but or so yet though although
    since because that this these those his her its their our my some many most all both even during under despite
    amid like unlike according he she they it we you what who how why where last former meanwhile not only also then
    now no until said"""
)
WANTS = words("wants wanted seeks sought proposes")


def is_small(low: str) -> bool:
    """Whether a word is one of the small words, and so never a verb of speaking."""
    return low in SMALL | AUXILIARIES | PREPOSITIONS | STOPS | PRONOUNS | DETERMINERS | ADVERBS | DAYS


VERBS = SAYS | ABOUT | INTENDS | PARTICLE_ONLY | SEEMS
#: said of what somebody does, where no clause follows: "declared a national emergency", "pleaded guilty"
ACTS = words("declared declares declare declaring pleaded pleads proclaimed swore")
#: pass on the word of another one: "the paper reported, citing two aides"
CITES = words("citing quoting")
