"""Each quotation with its full extent and its speaker, on invented texts."""

import pytest

from tests.claims.attribution.readings import parts, reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“I respect the mayor,” Ann Lee said, adding: “I would welcome her support.”",
            [
                ("Ann Lee", "said", ["“I respect the mayor,”"]),
                ("Ann Lee", "adding", ["“I would welcome her support.”"]),
            ],
        ),
        (
            "“Absolutely not,” Ann Lee replied, noting that she is “tired of boats” by now.",
            [
                ("Ann Lee", "replied", ["“Absolutely not,”"]),
                ("Ann Lee", "noting", ["that she is “tired of boats” by now"]),
            ],
        ),
        (
            "Ann Lee said that it stands for “harbour values,” claiming that it is old.",
            [
                ("Ann Lee", "said", ["that it stands for “harbour values,”"]),
                ("Ann Lee", "claiming", ["that it is old"]),
            ],
        ),
        (
            "The crowd chanted, “Lock the gate now!” as it had before.",
            [("The crowd", "chanted", ["“Lock the gate now!”"])],
        ),
        (
            "“It is late,” Ann Lee, 42, of Bay Town, said as she left.",
            [("Ann Lee, 42, of Bay Town", "said", ["“It is late,”"])],
        ),
        (
            "“It got fewer votes in May,” Ann Lee points out.",
            [("Ann Lee", "points out", ["“It got fewer votes in May,”"])],
        ),
        (
            "“They know who is strong enough,” a voice in the film states.",
            [("a voice in the film", "states", ["“They know who is strong enough,”"])],
        ),
        (
            "The bridge is “very old by now,” said a source close to the port.",
            [("a source close to the port", "said", ["The bridge is “very old by now,”"])],
        ),
        ("Ann Lee vowed that the port “will stay.”", [("Ann Lee", "vowed", ["that the port “will stay.”"])]),
        (
            "A port source speaking to Northwire said, “The agents look at the books.”",
            [("A port source speaking to Northwire", "said", ["“The agents look at the books.”"])],
        ),
        (
            "Ann Lee told Bay TV’s “Good Morning Bay” that it is late.",
            [("Ann Lee", "told", ["that it is late"])],
        ),
        (
            "The office put out a statement saying the port “does not have the means.”",
            [("The office", "saying", ["the port “does not have the means.”"])],
        ),
        (
            "Ann Lee seemed tired: “It is public, just send it,” she wrote.",
            [("she", "wrote", ["“It is public, just send it,”"])],
        ),
        (
            "Ann Lee has since been sorry for what happened: “I should have used two boats that day.”",
            [("Ann Lee", ":", ["“I should have used two boats that day.”"])],
        ),
        (
            "Ann Lee shook her head. “It is shut and it stays shut.” Then she left.",
            [("Ann Lee", "", ["“It is shut and it stays shut.”"])],
        ),
        (
            "“It is shut and it stays shut.” — Ann Lee, mayor",
            [("Ann Lee, mayor", "—", ["“It is shut and it stays shut.”"])],
        ),
        (
            "“It is shut and it stays shut.”\n\n—Ann Lee, mayor",
            [("Ann Lee, mayor", "—", ["“It is shut and it stays shut.”"])],
        ),
        ("The report, titled “Bridges and Boats of the Old Bay,” came late.", []),
        ("“It was late for all,” read the statement.", [("the statement", "read", ["“It was late for all,”"])]),
        ("“Leave the boats at home,” opined Ann Lee.", [("Ann Lee", "opined", ["“Leave the boats at home,”"])]),
        (
            "But Ann Lee (D-Bay), noting how old it was, said, “Let me tell you now.”",
            [
                ("Ann Lee (D-Bay)", "noting", ["how old it was"]),
                ("Ann Lee (D-Bay)", "said", ["“Let me tell you now.”"]),
            ],
        ),
        (
            "“I did warn of this,” the Bay senator and Norland candidate said.",
            [("the Bay senator and Norland candidate", "said", ["“I did warn of this,”"])],
        ),
        (
            "Ann Lee said that the port was lost: “It is no longer ours,” she claimed.",
            [("Ann Lee", "said", ["that the port was lost"]), ("she", "claimed", ["“It is no longer ours,”"])],
        ),
        ("Ann Lee and Tom Hall both said it was late.", [("Ann Lee and Tom Hall", "said", ["it was late"])]),
        (
            "Tom Hall, who ran a ferry, said the Bay “ferry may have left by now.”",
            [("Tom Hall, who ran a ferry", "said", ["the Bay “ferry may have left by now.”"])],
        ),
        ("Ann Lee said, but Tom Hall said it was late.", [("Tom Hall", "said", ["it was late"])]),
        (
            "The mayor met Orr. Orr, speaking to islanders, said, “Last time it was open.”",
            [("Orr, speaking to islanders", "said", ["“Last time it was open.”"])],
        ),
    ],
)
def test_a_quotation_has_its_extent_and_its_speaker(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert [parts(text, one) for one in reading(text).attributions if one.via is None] == expected
