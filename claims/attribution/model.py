"""The attribution model: a small encoder that tells source, cue and content words and what each belongs to.

Weights stand beside this file under a notice of their own (``weights/NOTICE``). Without them, or without onnxruntime,
there is no model and rules read alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.attribution.marks import Quoted
from claims.types import Span
from claims.weights import open_network

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution as the model tells it."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    confidence: float  #: 0..1, of the weakest of its words and links; not calibrated


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of loading."""

    model: "Model | None"
    state: str  #: for a person: what is at hand, or why there is no model


class Model:
    """The network and its tokenizer; may be asked from several threads at a time."""

    def __init__(self, session: Any, tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer

    def tell(
        self, text: str, paragraphs: tuple[Span, ...], sentences: tuple[Span, ...], quoted: tuple[Quoted, ...]
    ) -> list[Told]:
        """The attributions of an English text in order of their cues. Deterministic: same text, same answer."""
        import numpy as np

        from claims.attribution.linking import Answer, link
        from claims.attribution.pieces import windows, words_of

        words, blocks = words_of(text, self._tokenizer, paragraphs, sentences, quoted)
        answers = []
        for window in windows(words, blocks):
            told = self._session.run(
                None,
                {
                    "ids": np.array([window.ids], dtype=np.int64),
                    "features": np.array([window.features], dtype=np.int64),
                    "heads": np.array([(0, *window.heads)], dtype=np.int64),
                },
            )
            answers.append(Answer(window, told[0][1:], told[1], told[2]))

        def span(bounds: tuple[int, int]) -> Span:
            return Span(words[bounds[0]].span.start, words[bounds[1] - 1].span.end)

        return [
            Told(
                source=span(one.source) if one.source else None,
                cue=span(one.cue),
                content=tuple(span(part) for part in one.content),
                confidence=one.confidence,
            )
            for one in link(answers, blocks)
        ]


def load(folder: Path = WEIGHTS, *, threads: int = 1) -> Loaded:
    """The model whose weights lie in ``folder``; none where a file or a library is missing or a checksum is wrong."""
    network = open_network(folder, threads=threads)
    if isinstance(network, str):
        return Loaded(None, f"{network}: attribution by rules alone")
    return Loaded(Model(network.session, network.tokenizer), f"model {network.mark} and rules")
