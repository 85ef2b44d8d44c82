"""What a reading holds, on invented texts of invented outlets."""

from datetime import date

import pytest

from claims.attribution import SURE_MIN, read, record
from claims.outlet_names import OutletNames
from claims.types import Authority, Certainty, OwnVoiceKind, Polarity, QuotationType
from tests.claims.attribution.readings import NAMES, only, parts, reading
from tests.factories import make_article, make_outlet


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Mayor Ann Lee said the bridge was safe.", "Mayor Ann Lee", "said", ["the bridge was safe"]),
        ("“It is safe,” Ann Lee said. “We checked.”", "Ann Lee", "said", ["“It is safe,”", "“We checked.”"]),
        ('"It is safe," said Ann Lee, a port engineer.', "Ann Lee, a port engineer", "said", ['"It is safe,"']),
        ("The bridge is safe, officials said Monday.", "officials", "said", ["The bridge is safe"]),
        ("The bridge is safe, according to the ministry.", "the ministry", "according to", ["The bridge is safe"]),
        ("According to the ministry, the bridge is safe.", "the ministry", "According to", ["the bridge is safe"]),
        ("Ann Lee told reporters that it was safe.", "Ann Lee", "told", ["that it was safe"]),
        ("The ministry has repeatedly denied that it knew.", "The ministry", "has repeatedly denied", ["that it knew"]),
        ("Ann Lee, the port's director, said it was late.", "Ann Lee, the port's director", "said", ["it was late"]),
        ("An aide who was at the talks said they failed.", "An aide who was at the talks", "said", ["they failed"]),
        ("A new poll shows that voters like the bridge.", "A new poll", "shows", ["that voters like the bridge"]),
        ("The mayor's claim that it was safe did not help.", "The mayor's", "claim", ["that it was safe"]),
        ("Ann Lee called for a new bridge.", "Ann Lee", "called for", ["a new bridge"]),
        ('Northwire said in the Monday report, "The bridge is not safe at all."', "Northwire", "said",
         ['"The bridge is not safe at all."']),
        ("The paper, long and marked as a draft, says the ban on ships has cost the port dear.",
         "The paper, long and marked as a draft", "says", ["the ban on ships has cost the port dear"]),
        ("The board denied that the bridge was shut, hours after the mayor spoke of it.", "The board", "denied",
         ["that the bridge was shut"]),
        ("The bridge is shut, according to a paper obtained by the Lantern, less than a week after it opened.",
         "a paper obtained by the Lantern", "according to", ["The bridge is shut"]),
        ("Northwire reported earlier that the bridge was shut.", "Northwire", "reported", ["that the bridge was shut"]),
        ("One of the engineers said the bridge was safe.", "One of the engineers", "said", ["the bridge was safe"]),
        ("A plan for the bridge is ready, a port official and another person at the talks said on Monday.",
         "a port official and another person at the talks", "said", ["A plan for the bridge is ready"]),
        ("Ann Lee said that there was “no plan”.", "Ann Lee", "said", ["that there was “no plan”"]),
        ("An aide, who asked not to be named, said it was late.", "An aide, who asked not to be named", "said",
         ["it was late"]),
        ("The Bay Times said the pumps it saw were old.", "The Bay Times", "said", ["the pumps it saw were old"]),
        ("Within the port, they said, ships now have more berths.", "they", "said",
         ["Within the port", "ships now have more berths"]),
        ("A light tone, she said, would make the plan plain and “widen the talk.”", "she", "said",
         ["A light tone", "would make the plan plain and “widen the talk.”"]),
        ("Ann Lee said, among other things, that the port is too small.", "Ann Lee", "said",
         ["that the port is too small"]),
        ("Ann Lee has long said that she will stay, even as others have left.", "Ann Lee", "said",
         ["that she will stay"]),
        ("Ann Lee, whose latest firm, Baywork, uses pumps, said it was late.",
         "Ann Lee, whose latest firm, Baywork, uses pumps", "said", ["it was late"]),
        ("Ann Lee, the editor of the port's old paper, Bay Notes, said it was late.",
         "Ann Lee, the editor of the port's old paper, Bay Notes", "said", ["it was late"]),
        ("Tom Hall, a baker who led the board, said that it was late, if he should have asked.",
         "Tom Hall, a baker who led the board", "said", ["that it was late, if he should have asked"]),
        ("A few minutes later they left and said it was late.", "they", "said", ["it was late"]),
        ("“It is not late at all,” Ann Lee said. But “the rain is heavy and the pier is weak” for now.", "Ann Lee",
         "said", ["“It is not late at all,”", "“the rain is heavy and the pier is weak”"]),
        ("The port grew by $3 million, according to Baywatch, a figure that dwarfs any other.", "Baywatch",
         "according to", ["The port grew by $3 million"]),
        ("The port grew, according to a Baywatch poll conducted in May.", "a Baywatch poll", "according to",
         ["The port grew"]),
        ("Last week council clerk Tom Hall said it was late.", "council clerk Tom Hall", "said", ["it was late"]),
        ("The Hall family had initially planned to drive north.", "The Hall family", "had initially planned",
         ["to drive north"]),
        ("The port shut at 6:25 p.m., when it held 44,947 ships, Ann Lee said.", "Ann Lee", "said",
         ["The port shut at 6:25 p.m., when it held 44,947 ships"]),
        ("Ann Lee has argued for years that it is late.", "Ann Lee", "has argued", ["that it is late"]),
        ("Ann Lee tweeted Monday evening: “It is late for all of us.”", "Ann Lee", "tweeted",
         ["“It is late for all of us.”"]),
        ("Estuary One reported that it was late.", "Estuary One", "reported", ["that it was late"]),
        ("Ann Lee: “The bridge is not safe at all.”", "Ann Lee", ":", ["“The bridge is not safe at all.”"]),
    ],
)  # fmt: skip
def test_source_cue_and_content(text: str, source: str, cue: str, content: list[str]) -> None:
    assert parts(text, only(text)) == (source, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was shut at noon.",
        "They read the “so-called harbour” sign.",
        "Pat Reed/Northwire",
        "The reports of the claims piled up.",
        "For the first time there is a paper that says how.",
        "It was a favour that he asked as the talks were stalled.",
        "The deal was more than he hoped for.",
        "He continues to energize millions of voters.",
        "The railway was adding seats on some routes.",
    ],
)
def test_nothing_is_attributed_where_nobody_says_anything(text: str) -> None:
    assert reading(text).attributions == ()


@pytest.mark.parametrize(
    ("text", "authority", "resolved", "description"),
    [
        ("Mayor Ann Lee said it was late.", Authority.NAMED, "Ann Lee", "Mayor"),
        ("The Transport Ministry said it was late.", Authority.NAMED_GROUP, "The Transport Ministry", None),
        ("The sources said it was late.", Authority.UNNAMED_GROUP, None, None),
        ("Two officials familiar with the plan said it was late.", Authority.UNNAMED_GROUP, None,
         "Two officials familiar with the plan"),
        ("A senior diplomat said it was late.", Authority.UNNAMED, None, "senior diplomat"),
        ("The court filing said it was late.", Authority.DOCUMENT, None, None),
        ("A poll showed that it was late.", Authority.DATA, None, None),
        ("The mayor's office in Ann Lee said it was late. Ann Lee is a town.", Authority.NAMED_GROUP,
         "The mayor's office in Ann Lee", None),
        ("A port paper seen by Northwire said it was late.", Authority.DOCUMENT, None, None),
        ("Northwire reported that it was late.", Authority.OUTLET, "Northwire", None),
        ("The Harbour Gazette reported that it was late.", Authority.OUTLET, "Harbour Gazette", None),
        ("There were headlines saying that it was late.", Authority.UNCLEAR, None, None),
    ],
)  # fmt: skip
def test_on_whose_word(text: str, authority: Authority, resolved: str | None, description: str | None) -> None:
    one = only(text)
    assert (one.authority, one.resolved, one.description) == (authority, resolved, description)


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Ann Lee said it was late. Lee added that she was tired.", ["Ann Lee", "Ann Lee"]),
        ("Ann Lee said it was late. She said that she was tired.", ["Ann Lee", "Ann Lee"]),
        ("Ann Lee met Tom Hall. He and Eve Orr sat down. Later she said that it rained.", [None]),
        ("President Ann Lee left. Tom Hall, the president of the Port Bank, said it was late. The president said her "
         "talks went well.", ["Tom Hall", "Ann Lee"]),
        ("PAX Director Ann Lee said it was late. The PAX said that it rained.", ["Ann Lee", "The PAX"]),
        ("“We’re late and it rains,” she told Bay TV.", [None, "Bay TV"]),
        ("Mr. Lee Oct. 11 left. Tom Lee said it was late. Mr. Lee said it rained.", ["Tom Lee", "Tom Lee"]),
        ("Northwire reported that it was late. The report said that it rained.", ["Northwire", "Northwire"]),
        ("Tom Hall, a spokesman for the port, said it was late. The spokesman said that it rained.",
         ["Tom Hall", "Tom Hall"]),
    ],
)  # fmt: skip
def test_later_words_find_the_one_they_mean(text: str, resolved: list[str | None]) -> None:
    assert [one.resolved for one in reading(text).attributions] == resolved


def test_the_report_of_another_body_is_no_outlets() -> None:
    text = (
        "Northwire reported that the bridge is shut. The engineers' union published a report in May. "
        "The report said that the piers are weak."
    )
    last = reading(text).attributions[-1]
    assert (last.authority, last.outlet) == (Authority.DOCUMENT, None)


def test_words_inside_a_quotation_are_passed_on_by_the_one_who_is_quoted() -> None:
    text = '"The ministry will shut the bridge in spring, the sources said," Northwire reported.'
    outer, inner = sorted(reading(text).attributions, key=lambda one: one.via is not None)
    assert (outer.outlet, outer.via, inner.authority) == ("Northwire", None, Authority.UNNAMED_GROUP)
    assert inner.via == reading(text).attributions.index(outer)
    assert parts(text, inner)[2] == ["The ministry will shut the bridge in spring"]


@pytest.mark.parametrize(
    ("text", "outlet_cue", "source", "cue", "content"),
    [
        ("Estuary One quoted the mayor's aide, Eve Orr, as saying: “There is no plan yet.”", "quoted",
         "the mayor's aide, Eve Orr", "as saying", ["“There is no plan yet.”"]),
        ("Estuary One cited Eve Orr as saying that there is no plan.", "cited", "Eve Orr", "as saying",
         ["that there is no plan"]),
        ("Eve Orr was quoted by Estuary One as saying that there is no plan.", "was quoted by", "Eve Orr", "as saying",
         ["that there is no plan"]),
        ("Estuary One quoted Eve Orr: “There is no plan yet.” “We wait for the board.”", "quoted", "Eve Orr", ":",
         ["“There is no plan yet.”", "“We wait for the board.”"]),
    ],
)  # fmt: skip
def test_who_is_quoted_speaks_through_the_one_who_quotes(
    text: str, outlet_cue: str, source: str, cue: str, content: list[str]
) -> None:
    inner = next(one for one in reading(text).attributions if one.via is not None)
    assert (parts(text, inner), inner.resolved) == ((source, cue, content), "Eve Orr")
    outer = reading(text).attributions[inner.via or 0]
    assert (parts(text, outer), outer.outlet) == (("Estuary One", outlet_cue, content), "Estuary One")


def test_one_of_several_and_the_other_share_their_description() -> None:
    text = (
        "It is shut, two people close to the port said. One of the people said it was late. The other said it rained."
    )
    found = [(one.authority, one.description) for one in reading(text).attributions]
    described = "two people close to the port"
    assert found == [
        (Authority.UNNAMED_GROUP, described),
        (Authority.UNNAMED, described),
        (Authority.UNNAMED, described),
    ]


def test_what_one_says_ends_where_another_one_speaks() -> None:
    text = "Experts suggested that the wood was old, but the port's mayor, Ann Lee, said it was still unknown."
    assert [parts(text, one)[2] for one in reading(text).attributions] == [
        ["that the wood was old"], ["it was still unknown"],
    ]  # fmt: skip


def test_what_is_told_in_a_report_came_from_those_who_are_cited() -> None:
    text = "Northwire reported earlier that the city had told the port to work out a list, citing two port officials."
    report, cited = reading(text).attributions
    assert parts(text, report)[2] == parts(text, cited)[2] == ["that the city had told the port to work out a list"]
    assert (report.outlet, cited.via) == ("Northwire", 0)


def test_what_something_shows_is_less_sure_than_what_a_document_says() -> None:
    assert only("The request itself shows how tired they are.").confidence < only("A poll shows it is late.").confidence


@pytest.mark.parametrize("cue", ["goes on", "went on", "continues", "adds", "writes", "concludes"])
def test_an_outlet_goes_on(cue: str) -> None:
    text = (
        f"Northwire reported that it is shut. The agency {cue}: “Ships stay in the bay until spring.” And on money:\n\n"
        "“The draft puts the debt at two million crowns.”"
    )
    assert [(one.outlet, parts(text, one)[1]) for one in reading(text).attributions] == [
        ("Northwire", "reported"), ("Northwire", cue), ("Northwire", "And on money:"),
    ]  # fmt: skip


def test_what_sources_told_an_outlet_came_through_it() -> None:
    found = reading("Two officials told Northwire that the bridge is unsafe.").attributions
    told = [one for one in found if one.authority is Authority.UNNAMED_GROUP]
    assert [found[one.via or 0].outlet for one in told] == ["Northwire"]


def test_a_quotation_goes_on_after_a_short_lead_in() -> None:
    text = (
        '"The bridge will be shut for a whole year," Northwire writes. And more:\n\n'
        '"Ferries will be running from both of the piers until then."'
    )
    second = reading(text).attributions[1]
    assert (second.outlet, parts(text, second)[2]) == (
        "Northwire",
        ['"Ferries will be running from both of the piers until then."'],
    )


def test_a_quotation_over_several_paragraphs_is_one() -> None:
    text = "Ann Lee said: “The bridge is shut.\n\n“It opens in May.”\n\nNobody else spoke."
    assert parts(text, only(text))[2] == ["“The bridge is shut.", "“It opens in May.”"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The bridge is safe,” Ann Lee said.", QuotationType.DIRECT),
        ("Ann Lee said the bridge is safe.", QuotationType.INDIRECT),
        ("Ann Lee said the bridge is “as safe as ever.”", QuotationType.MIXED),
    ],
)
def test_quotation_type(text: str, kind: QuotationType) -> None:
    assert only(text).quote is kind


@pytest.mark.parametrize(
    ("text", "rung", "polarity"),
    [
        ("Ann Lee denied that the bridge is shut.", Certainty.DENIED, Polarity.NEGATED),
        ("Ann Lee said the bridge may open.", Certainty.POSSIBLE, Polarity.AFFIRMED),
        ("Ann Lee said the bridge will open.", Certainty.PLANNED, Polarity.AFFIRMED),
        ("Northwire reported that the bridge opened.", Certainty.REPORTED, Polarity.AFFIRMED),
        ("Ann Lee said the bridge did not open.", Certainty.SAID, Polarity.NEGATED),
    ],
)
def test_certainty_and_polarity(text: str, rung: Certainty, polarity: Polarity) -> None:
    assert (only(text).certainty, only(text).polarity) == (rung, polarity)


def test_a_weekday_beside_the_cue_becomes_a_day() -> None:
    assert only("Ann Lee said on Friday that it was late.").on_day == date(2025, 2, 28)
    assert only("Ann Lee said that it was late on Friday.").on_day is None


def test_what_nobody_is_named_for_is_the_articles_own_voice() -> None:
    text = (
        "Bridge is shut\n\nThe bridge was shut at noon after the storm. Ann Lee said it was late. "
        "The council should be ashamed of this. The bridge could be open again within weeks.\n\nPat Reed/Northwire"
    )
    voices = [(one.span.of(text).split()[1], one.kind) for one in reading(text).own_voice]
    assert voices == [
        ("bridge", OwnVoiceKind.FACT),
        ("council", OwnVoiceKind.OPINION),
        ("bridge", OwnVoiceKind.FORECAST),
    ]


def test_a_dateline_is_no_part_of_the_content() -> None:
    text = "HARBOUR TOWN, March 3 (Northwire) - The bridge is shut, the ministry said."
    assert parts(text, only(text))[2] == ["The bridge is shut"]


def test_other_languages_are_read_by_marks_and_outlets_only() -> None:
    text = (
        "Die Brücke ist seit Montag gesperrt, wie Northwire berichtet. „Es ist nicht sicher genug“, sagte die "
        "Bürgermeisterin der Stadt. Das ist nicht neu und die Fähren fahren von dem Kai."
    )
    found = read(make_article(text, language=None), NAMES)
    assert found.limited
    assert [one.outlet for one in found.attributions] == ["Northwire", None]
    assert found.own_voice == ()


@pytest.mark.parametrize(
    ("source", "authority", "resolved"),
    [
        ("The governor", Authority.NAMED, None),
        ("The chief executive", Authority.NAMED, None),
        ("The foreign minister", Authority.NAMED, None),
        ("The port's chief executive", Authority.NAMED, None),
        ("The Norland foreign minister", Authority.NAMED, "Norland foreign minister"),
        ("The former governor", Authority.UNCLEAR, None),
        ("The senator", Authority.UNCLEAR, None),
        ("He", Authority.UNCLEAR, None),
        ("They", Authority.UNCLEAR, None),
        ("A minister", Authority.UNNAMED, None),
        ("The other minister", Authority.UNNAMED, None),
        ("A senior official", Authority.UNNAMED, None),
        ("The man", Authority.UNNAMED, None),
        ("Ministers", Authority.UNNAMED_GROUP, None),
        ("A Norland official and another person", Authority.UNNAMED_GROUP, None),
        ("A judge and a lawyer", Authority.UNNAMED_GROUP, None),
    ],
)
def test_unnamed_is_who_the_text_does_not_name_and_not_who_is_not_found(
    source: str, authority: Authority, resolved: str | None
) -> None:
    one = only(f"{source} said the bridge was shut.")
    assert (one.authority, one.resolved) == (authority, resolved)


def test_a_description_that_may_be_of_somebody_named_is_unclear() -> None:
    found = reading("Ann Lee opened the bridge. The neurosurgeon said it was safe.").attributions
    assert [one.authority for one in found] == [Authority.UNCLEAR]


def test_what_somebody_is_said_to_consider_is_that_speakers_word_alone() -> None:
    text = "The city is weighing whether to shut the bridge, a port official said on Monday, stressing that it was old."
    assert [parts(text, one) for one in reading(text).attributions] == [
        ("a port official", "said", ["The city is weighing whether to shut the bridge"]),
        ("a port official", "stressing", ["that it was old"]),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ann Lee announced the plan on Monday, offering some fresh details.", ["the plan on Monday"]),
        ("According to a poll out Thursday, the mayor has a narrow lead.", ["the mayor has a narrow lead"]),
        ("According to the board on Monday, the bridge is old.", ["the bridge is old"]),
        ("On Friday, as it rained, Northwire reported at least six dead.", ["at least six dead"]),
        ("The bridge may close, a spokesman said on Friday, without giving a date.", ["The bridge may close"]),
    ],
)
def test_content_is_no_fragment_of_how_or_when_it_was_said(text: str, content: list[str]) -> None:
    assert parts(text, only(text))[2] == content


def test_a_name_behind_what_somebody_is_names_them() -> None:
    one = only("“It was fun all day long,” added her son Tom.")
    assert (one.authority, one.resolved) == (Authority.NAMED, "Tom")


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("Northwire", ["Northwire"]),
        ("The Harbour Times", []),
        ("The Times", []),
        ("The Valley Times", ["The Valley Times"]),
    ],
)
def test_an_outlet_does_not_cite_itself_in_another_language(name: str, cited: list[str]) -> None:
    ours, theirs = make_outlet("The Harbour Times"), make_outlet("The Valley Times")
    text = f"Das Bild ist von der Valley Times. Die Brücke ist seit Montag gesperrt, berichtet {name} am Abend."
    found = read(make_article(text, outlet=ours, language="de"), OutletNames([ours, theirs, make_outlet("Northwire")]))
    assert [one.outlet for one in found.attributions if one.source] == cited


def test_a_reading_is_the_same_each_time_and_its_record_goes_the_way_back() -> None:
    text = "“It is safe,” Ann Lee said. “We checked.” The bridge opens on Monday, officials said."
    article = make_article(text)
    first, second = read(article, NAMES), read(article, NAMES)
    assert first == second
    plain = record(article, first)
    attributions = plain["attributions"]
    assert isinstance(attributions, list)
    assert [one["id"] for one in attributions] == ["a1", "a2"]
    assert [text[start:end] for start, end in attributions[0]["content"]] == ["“It is safe,”", "“We checked.”"]


def test_a_quotation_without_a_speaker_is_kept_as_unsure() -> None:
    text = "On the wall stood “the bridge belongs to all of us who cross it”."
    assert (only(text).source, only(text).confidence < SURE_MIN) == ((), True)
