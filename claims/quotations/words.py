"""The words that the quotation check knows: negations, speech, distancing, and the commonest words of languages."""

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.common_words import FUNCTION_WORDS


def listed(words: str) -> frozenset[str]:
    """A list of words written with blanks between."""
    return frozenset(words.split())


_NEGATIONS = {
    "en": listed(
        """not no never without denied denies deny denying refused refuses refuse refusing nobody neither hardly nor
        none nothing nowhere cannot barely scarcely"""
    ),
    "de": listed("nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder kaum"),
    "fr": listed("ne pas jamais sans aucun aucune ni rien"),
    "es": listed("no nunca jamás sin nadie ningún ninguno ninguna tampoco nada ni"),
    "it": listed("non mai senza nessuno nessuna né niente nulla"),
    "pt": listed("não nem nunca jamais sem ninguém nenhum nenhuma nada"),
    "nl": listed("niet geen nooit niemand niets zonder noch"),
}
_FAILED = listed("failed fails fail failing")

SPEECH = listed(
    """said says say saying told tells telling asked asks added adds wrote writes writing called calls calling described
    describes describing reported reports warned warns claimed claims insisted insists argued argues replied replies
    tweeted posted declared declares stated states announced noted notes recalled termed branded labelled labeled dubbed
    promised vowed dismissed denounced condemned praised hailed quoted quoting citing according joked explained
    conceded acknowledged admitted concluded continued continues urged suggested predicted testified remarked
    observed complained shouted cried exclaimed responded answered spoke speaks headline headlined thinks believes
    considers deemed accused apologised apologized pledged"""
)
#: verbs that may stand between a negation and what it turns: "I did not say that ..."
HOLDING = listed(
    "true say says said saying think thinks thought believe believes mean means claim claimed case want plan"
)
PERSONAL = listed("he she they it we i you")

#: right before the opening mark: the writer keeps a distance, names a work, or gives a nickname
_DISTANCE = re.compile(
    r"(?:\bso[- ]called|\bnicknamed?|\bknown as|\balias|\baka|\ba\.k\.a\.|\bdubbed|"
    r"\bself-(?:styled|proclaimed|described)|"
    r"\b(?:film|movie|book|novel|song|single|album|show|series|play|musical|poem|painting|exhibition|programme|program|"
    r"podcast|episode|essay|documentary|drama|comedy|opera|ballet|game|magazine|column|hymn|ballad|track|hit|"
    r"memoir|thriller|sitcom)(?:,?\s+(?:called|titled|entitled|named))?|\btitled|\bentitled|\bcode-?named|"
    r"\b(?:operation|campaign|project|ship|boat|yacht|slogan|motto|motto is|codename)(?:\s+(?:called|named))?),?\s*$",
    re.IGNORECASE,
)

DISTANCE_CHARS = 60

_COMMON = {
    "en": listed("the of and to in that is was for on with said has it he by are have from not be will as at would"),
    "de": listed("der die das und ist nicht den von mit sich des auf für im dem ein eine auch es wird sind hat wir zu"),
    "fr": listed("le la les des et est une du que pour dans qui pas sur au avec il ce nous sont plus elle ont en"),
    "es": listed("el los las del que por con para una se es como su más no al ha lo está fue en y"),
    "it": listed("il che di per una sono con non del della è si gli nel alla dei ha anche più le"),
    "pt": listed("os que não uma com por mais dos das foi ele são ao está tem pela pelo em do da"),
    "nl": listed("het een van niet dat zijn op voor met aan ook door maar wordt naar worden heeft zal wij en"),
    "pl": listed("nie się na do jest że to jak przez ale dla został oraz od który są"),
    "sv": listed("och att det som på är inte en för med av till har den om ett var"),
    "tr": listed("ve bir bu için ile de da olarak olan çok daha ne gibi sonra"),
    "id": listed("yang dan di dengan untuk dari ini itu pada tidak akan dalam adalah"),
}
_SCRIPTS = (
    ("ru", "Ѐ-ӿ"),
    ("ar", "؀-ۿ"),
    ("he", "֐-׿"),
    ("el", "Ͱ-Ͽ"),
    ("ja", "぀-ヿ"),
    ("zh", "一-鿿"),
    ("ko", "가-힣"),
    ("hi", "ऀ-ॿ"),
)
_SCRIPT = tuple((name, re.compile(f"[{signs}]")) for name, signs in _SCRIPTS)
_LETTERS = re.compile(r"[^\W\d_]+")
#: so many of the commonest words must be seen before a language is named
COMMON_SEEN_MIN = 3
LANGUAGE_SAMPLE = 4000

_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "ly",
    "er",
    "s",
    "e",
    "y",
)
_UNDER_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
_NUMBERS = {word: str(number) for number, word in enumerate(_UNDER_TWENTY.split())} | {
    word: f"{tens}0"
    for tens, word in enumerate(["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=3)
}
_SAME_MEANING = {"%": "percent", "isation": "ization"}


def negations(words: Sequence[str], language: str | None) -> list[int]:
    """Which of the folded words turn what is said, as numbers in the row."""
    known = _NEGATIONS.get((language or "en")[:2], frozenset()) | (
        _NEGATIONS["en"] if language in (None, "en") else set()
    )
    found = []
    for number, word in enumerate(words):
        low = word.lower()
        failed = low in _FAILED and "to" in (w.lower() for w in words[number + 1 : number + 2])
        if low in known or low.endswith("n't") or failed:
            found.append(number)
    return found


def keeps_distance(before: str) -> bool:
    """Whether the words before a mark say that what follows is a title, a name or not the writer's own word."""
    return _DISTANCE.search(before[-DISTANCE_CHARS:]) is not None


def language_of(text: str) -> str | None:
    """ISO 639-1 code by script and commonest words; None where too little speaks for one."""
    sample = text[:LANGUAGE_SAMPLE]
    letters = sum(map(len, _LETTERS.findall(sample)))
    for name, script in _SCRIPT:
        if letters and len(script.findall(sample)) > letters / 3:
            return name
    words = [word.lower() for word in _LETTERS.findall(sample)]
    seen = sorted(((sum(word in common for word in words), name) for name, common in _COMMON.items()), reverse=True)
    clear = seen[0][0] >= COMMON_SEEN_MIN and seen[0][0] > 1.5 * seen[1][0]
    return seen[0][1] if clear else None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str | None:
    """The word without its commonest endings, numbers as digits; None for a word without content."""
    low = _SAME_MEANING.get(word, word.lower())
    if low in _NUMBERS:
        return _NUMBERS[low]
    if not any(sign.isalnum() for sign in low) or low.split("'")[0] in FUNCTION_WORDS:
        return None
    low = low.split("'")[0].replace(",", "")
    ending = next((end for end in _ENDINGS if low.endswith(end) and len(low) - len(end) >= 3), "")
    return low.removesuffix(ending).replace("our", "or").replace("z", "s")
