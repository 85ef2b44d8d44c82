"""A network of the package, opened for use: its files checked against their sums, run on the processor.

A folder of weights holds ``model.onnx``, ``tokenizer.json``, their ``SHA256SUMS`` and a notice of their own. What is
missing or damaged is told in words and not raised: everything that asks a network goes on without it.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_FILES = ("model.onnx", "tokenizer.json")
_SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Network:
    """``session`` answers with arrays; ``mark`` are the first digits of the weights' checksum."""

    session: Any
    tokenizer: "Tokenizer"
    mark: str


def open_network(folder: Path, *, threads: int) -> Network | str:
    """The network whose weights lie in ``folder``, its tokenizer neither padding nor cutting; or why there is none."""
    try:
        held = {name: (folder / name).read_bytes() for name in _FILES}
        sums = (folder / _SUMS).read_text(encoding="ascii")
    except OSError as error:
        return f"no weights ({Path(error.filename).name} is missing)"
    for name, data in held.items():
        if f"{sha256(data).hexdigest()}  {name}" not in sums.splitlines():
            return f"the checksum of {name} is wrong"
    try:
        import numpy  # noqa: F401
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        return f"{error.name} is not installed"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the most that any text ever took
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        held["model.onnx"],
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # on a processor slower than the two steps it joins: 3.2 ms to 1.2
    )
    tokenizer = Tokenizer.from_buffer(held["tokenizer.json"])
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Network(session, tokenizer, sha256(held["model.onnx"]).hexdigest()[:12])
