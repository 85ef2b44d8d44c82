"""``python -m benchmarks.train.attribution.export --base DIR --checkpoint FILE --out DIR``: weights to int8 ONNX.

The matrices of the encoder become int8, one scale a column, and their input is quantised as it comes; the table of
word pieces becomes int8, one scale a row. Heads, norms and positions stay float32.
"""

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from benchmarks.train.attribution.network import Network

HEADS = ("tags", "ends")  # layers whose products stay float32: exact links cost nothing beside the encoder
OPSET = 17


class Packed(nn.Module):
    """An embedding with int8 rows and one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """The rows, unpacked."""
        return self.rows[ids].float() * self.scale[ids]


class Single(nn.Module):
    """The network for one window without padding, with the names that the reader uses."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, features: Tensor, heads: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log-probabilities of tags, of cue and of source for each word."""
        tags, to_cue, to_source = self.network(ids, features, heads, None)
        return tuple(torch.log_softmax(one[0], -1) for one in (tags, to_cue, to_source))


def export(checkpoint: Path, target: Path, *, small: bool = True) -> None:
    """Write the network of a checkpoint as ONNX, int8 unless ``small`` is False."""
    network = Network()
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state.get("average", state))
    network.eval()
    if small:
        network.pieces = Packed(network.pieces.weight.detach())
    length, words = 24, 17
    example = (
        torch.arange(length)[None] + 1000,
        torch.zeros(1, length, dtype=torch.long),
        torch.arange(words)[None],
    )
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Single(network),
            example,
            str(whole),
            input_names=["ids", "features", "heads"],
            output_names=["tags", "to_cue", "to_source"],
            dynamic_axes={
                "ids": {1: "pieces"},
                "features": {1: "pieces"},
                "heads": {1: "words"},
                "tags": {0: "words"},
                "to_cue": {0: "words", 1: "words"},
                "to_source": {0: "words", 1: "words"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        if not small:
            shutil.copy(whole, target)
            return
        exact = [
            node.name
            for node in onnx.load(str(whole)).graph.node
            if node.op_type == "MatMul" and any(f"/network/{head}/" in node.name for head in HEADS)
        ]
        quantize_dynamic(
            whole,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            # seven bits: with eight, sums overflow on processors without VNNI, and each machine answers differently
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=exact,
            extra_options={"MatMulConstBOnly": True},
        )


def main(argv: Sequence[str]) -> int:
    """Export; print name, size and SHA-256 of what was written."""
    parser = argparse.ArgumentParser(prog="benchmarks.train.attribution.export")
    for name in ("base", "checkpoint", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--float32", action="store_true", help="for comparison: nothing quantised")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    export(args.checkpoint, args.out / "model.onnx", small=not args.float32)
    shutil.copy(args.base / "tokenizer.json", args.out / "tokenizer.json")
    lines = []
    for name in ("model.onnx", "tokenizer.json"):
        data = (args.out / name).read_bytes()
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
        print(f"{name}: {len(data) / 1e6:.1f} MB")
    (args.out / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="ascii")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
