"""``python -m benchmarks.train.meaning --base DIR --out DIR``: published MiniLM weights to one small ONNX file."""

import argparse
import hashlib
import math
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS = 384, 12, 6
OPSET = 17


class Encoder(nn.Module):
    """BERT of MiniLM's shape for one text without padding: word pieces in, one vector of length 1 out."""

    def __init__(self, weights: Mapping[str, Tensor], *, small: bool) -> None:
        super().__init__()
        matrices = ".dense.weight", ".query.weight", ".key.weight", ".value.weight"
        for name, weight in weights.items():
            # buffers, and turned over here: what the graph would have to turn over is no constant to the quantiser
            self.register_buffer(_held(name), weight.T.contiguous() if name.endswith(matrices) else weight)
        table = weights["embeddings.word_embeddings.weight"]
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(table / scale).to(torch.int8) if small else table)
        self.register_buffer("scale", scale if small else torch.ones(1))
        places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self.register_buffer("places", places)
        self.small = small

    def forward(self, ids: Tensor) -> Tensor:
        """``ids``: (pieces,) with the marks of begin and end; the mean of the last layer, as the model was trained."""
        pieces = self.rows[ids].float()
        if self.small:
            pieces = pieces * self.scale[ids]
        x = self._norm(pieces + self.places[: ids.shape[0]], "embeddings.LayerNorm")
        for n in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{n}")
        return functional.normalize(x.mean(0), dim=0)

    def _layer(self, x: Tensor, at: str) -> Tensor:
        query, key, value = (
            self._linear(x, f"{at}.attention.self.{name}").view(-1, HEADS, WIDTH // HEADS).transpose(0, 1)
            for name in ("query", "key", "value")
        )
        heed = torch.softmax(query @ key.transpose(1, 2) / math.sqrt(WIDTH // HEADS), -1)
        mixed = (heed @ value).transpose(0, 1).reshape(-1, WIDTH)
        x = self._norm(x + self._linear(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
        inner = functional.gelu(self._linear(x, f"{at}.intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")

    def _linear(self, x: Tensor, at: str) -> Tensor:
        return x @ self.get_buffer(_held(f"{at}.weight")) + self.get_buffer(_held(f"{at}.bias"))

    def _norm(self, x: Tensor, at: str) -> Tensor:
        weight, bias = self.get_buffer(_held(f"{at}.weight")), self.get_buffer(_held(f"{at}.bias"))
        return functional.layer_norm(x, (WIDTH,), weight, bias, 1e-12)


def _held(name: str) -> str:
    return name.replace(".", "_")  # a buffer's name has no points


def export(base: Path, target: Path, *, small: bool) -> None:
    """Write the encoder as ONNX."""
    encoder = Encoder(load_file(base / "model.safetensors"), small=small).eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            encoder,
            (torch.arange(24) + 1000,),
            str(whole),
            input_names=["ids"],
            output_names=["meaning"],
            dynamic_axes={"ids": {0: "pieces"}},
            opset_version=OPSET,
            dynamo=False,
        )
        if not small:
            shutil.copy(whole, target)
            return
        quantize_dynamic(
            whole,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def main(argv: Sequence[str]) -> int:
    """Export; print name, size and SHA-256 of what was written."""
    parser = argparse.ArgumentParser(prog="benchmarks.train.meaning")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true", help="for comparison: nothing made small")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    export(args.base, args.out / "model.onnx", small=not args.float32)
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
