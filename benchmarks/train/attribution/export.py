"""``python -m benchmarks.train.attribution.export --base DIR --checkpoint FILE --out DIR``: weights to int8 ONNX.

The matrices of the encoder become int8, one scale a column, and their input is quantised as it comes; the table of
word pieces becomes int8, one scale a row. Heads, norms and positions stay float32.
"""

import argparse
import hashlib
import math
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from benchmarks.train.attribution.network import HEADS as ATTENTION_HEADS
from benchmarks.train.attribution.network import HIDDEN, LINK, Network

EXACT = ("tags", "ends")  # layers whose products stay float32: exact links cost nothing beside the encoder
OPSET = 17
DOMAIN = "com.microsoft"  # of the operators that onnxruntime adds
SIZE = HIDDEN // ATTENTION_HEADS
WORDS_MAX = 512  # in a window: each has a piece, and there are so many positions


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


class Attention(torch.autograd.Function):
    """onnxruntime's own operator for what attention is written as in ``network``: quicker by a sixth."""

    @staticmethod
    def forward(_: Any, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """(1, rows, HIDDEN) each, to the shape of ``queries``."""
        q, k, v = (one.view(1, -1, ATTENTION_HEADS, SIZE).transpose(1, 2) for one in (queries, keys, values))
        shares = torch.softmax(torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(SIZE), -1)
        return torch.matmul(shares, v).transpose(1, 2).reshape(queries.shape)

    @staticmethod
    def symbolic(graph: Any, queries: Any, keys: Any, values: Any) -> Any:
        """The node of the exported graph."""
        node = graph.op(f"{DOMAIN}::MultiHeadAttention", queries, keys, values, num_heads_i=ATTENTION_HEADS)
        return node.setType(queries.type())


class Single(nn.Module):
    """The network for one window without padding: the same sums as ``Network``, arranged for quick reading.

    The last layer works out only the rows that the heads look at, and the bias of distance is cut out of a table.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        parts = [[_part(layer.qkv, number) for layer in network.layers] for number in range(3)]
        self.queries, self.keys, self.values = (nn.ModuleList(part) for part in parts)
        at = torch.arange(1 - WORDS_MAX, WORDS_MAX)  # from the word that points to the one that it points to
        size = torch.clamp(torch.ceil(2 * torch.log2(at.abs().float() + 1)), max=16).long()
        self.register_buffer("table", network.distance.detach()[:, 16 + torch.sign(at) * size])

    def forward(self, ids: Tensor, features: Tensor, heads: Tensor) -> tuple[Tensor, ...]:
        """Log-probabilities of tags, of cue and of source for each word."""
        network = self.network
        x = network.norm(network.pieces(ids) + network.positions.weight[: ids.shape[1]] + network.features(features))
        for number, layer in enumerate(network.layers):
            rows = x if number + 1 < len(network.layers) else x[:, heads[0]]
            mixed = Attention.apply(self.queries[number](rows), self.keys[number](x), self.values[number](x))
            x = layer.norm1(rows + layer.out(mixed))
            x = layer.norm2(x + layer.down(nn.functional.gelu(layer.up(x))))
        near = self._near(heads.shape[1])
        q_cue, k_cue, q_source, k_source = network.ends(x).chunk(4, -1)
        scale = 1 / math.sqrt(LINK)
        to_cue = torch.matmul(q_cue, k_cue.transpose(-1, -2)) * scale + near[0]
        to_source = torch.matmul(q_source, k_source.transpose(-1, -2)) * scale + near[1]
        return tuple(torch.log_softmax(one[0], -1) for one in (network.tags(x), to_cue, to_source))

    def _near(self, count: int) -> Tensor:
        """(2, count, count): each row is the one before, moved on by one, so a stretch repeated and cut anew."""
        stretch = nn.functional.pad(self.table[:, WORDS_MAX - count : WORDS_MAX + count - 1], (0, 1))
        repeated = stretch[:, None].expand(2, count, 2 * count).reshape(2, 2 * count * count)
        moved = repeated[:, : count * (2 * count - 1)].reshape(2, count, 2 * count - 1)
        return moved[:, :, count - 1 :] * (torch.arange(count) > 0)


def _part(qkv: nn.Linear, number: int) -> nn.Linear:
    """The queries, keys or values of a layer that holds all three in one."""
    part = nn.Linear(HIDDEN, HIDDEN)
    part.weight, part.bias = (nn.Parameter(one.detach().chunk(3)[number].clone()) for one in (qkv.weight, qkv.bias))
    return part


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
            custom_opsets={DOMAIN: 1},
            dynamo=False,
        )
        if not small:
            shutil.copy(whole, target)
            return
        exact = [
            node.name
            for node in onnx.load(str(whole)).graph.node
            if node.op_type == "MatMul" and any(f"/network/{head}/" in node.name for head in EXACT)
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
