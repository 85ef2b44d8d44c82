"""The language of a text whose page does not tell it: by the commonest short words, or by the script."""

import re

SURE = 0.06  # share of the words that must be among a language's short words; the right one reaches .15 and more

_SHORT_WORDS = {
    "en": "the of and to in that is was for on with as by he it his",
    "de": "der die das und ist nicht mit den von für auf ein eine sich des dem",
    "fr": "le la les des et est dans pour que qui une sur pas du au il",
    "es": "el la los las que y en por con para una del se su es al",
    "it": "il di che la e un per non una sono del con della gli nel alla",
    "pt": "o que de da do em um uma para com não os as foi ao pela",
    "nl": "de het een van en dat niet zijn voor met op aan er ook die te",
    "pl": "w na z się i nie do że jest o jak po od przez dla to",
    "tr": "ve bir bu için ile da de olarak çok daha gibi olan kadar sonra ise ama",
    "sv": "och att det som en på är av för med den till inte har om ett",
    "ru": "и в не на что с по как это из за от для был его к",
    "uk": "і в не на що з та як це із за від для був його до",
}  # fmt: skip
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SAMPLE = 3000  # characters


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``, None where no language is likely."""
    sample = text[:_SAMPLE].casefold()
    letters = sum(c.isalpha() for c in sample)
    for code, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > 0.2 * letters:
            return code
    words = re.findall(r"[^\W\d_]+", sample)
    if not words:
        return None
    shares = {code: sum(w in short for w in words) / len(words) for code, short in _SETS.items()}
    code = max(shares, key=lambda c: shares[c])
    return code if shares[code] >= SURE else None


_SETS = {code: frozenset(words.split()) for code, words in _SHORT_WORDS.items()}
