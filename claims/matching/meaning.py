"""What headline and opening of an English article mean, as a vector: all-MiniLM-L6-v2, run on this machine.

Weights stand beside this file under a notice of their own (``weights/NOTICE``). Without them, or without onnxruntime,
there is no model and matching goes by words, names and numbers alone.
"""

from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.weights import open_network

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
#: word pieces that are read; 500 characters are about 120
PIECES_MAX = 256
#: meanings kept, 1.5 kB each: the same articles are asked about several times in one answer
KEPT = 10_000


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
        self.vector = lru_cache(KEPT)(self._read)

    def _read(self, text: str) -> "array[float]":
        """The meaning of the first words as a vector of length 1. Deterministic: same text, same answer."""
        import numpy as np

        ids = np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
        return array("f", self._session.run(None, {"ids": ids})[0].tobytes())


def load(folder: Path = WEIGHTS, *, threads: int = 1) -> Loaded:
    """The model whose weights lie in ``folder``; none where a file or a library is missing or a checksum is wrong."""
    network = open_network(folder, threads=threads)
    if isinstance(network, str):
        return Loaded(None, f"{network}: matching by words alone")
    network.tokenizer.enable_truncation(PIECES_MAX)
    return Loaded(Model(network.session, network.tokenizer), f"model {network.mark} and words")
