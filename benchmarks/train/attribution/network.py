"""The network: a MiniLM encoder with features of case and quotation, a tag head and two pointer heads."""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from claims.attribution.linking import TAGS
from claims.attribution.pieces import FEATURES

HIDDEN, HEADS, LAYERS, INNER, LINK = 384, 12, 6, 1536, 128
BUCKETS = (
    33  # of the distance between a word and the one it points to: sign, and size by powers of the square root of 2
)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | float) -> Tensor:
        """(batch, pieces, HIDDEN) to the same; ``mask`` is added to the attention's scores."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(HIDDEN // HEADS) + mask
        mixed = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Pieces and features in; tags and pointers for each word out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.features = nn.Embedding(FEATURES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(HIDDEN, len(TAGS))
        self.ends = nn.Linear(HIDDEN, 4 * LINK)
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        nn.init.zeros_(self.features.weight)

    def forward(
        self, ids: Tensor, features: Tensor, heads: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """``ids``, ``features``, ``mask``: (batch, pieces); ``heads``: (batch, 1 + words), the first of each row 0.

        Returns logits of tags (batch, 1 + words, 7), and scores of pointers to cue and to source (batch, 1 + words,
        1 + words), where column 0 means "none"; the bias of distance is in them.
        """
        length = ids.shape[1]
        x = self.pieces(ids) + self.positions.weight[:length] + self.features(features)
        x = self.dropout(self.norm(x))
        bias = 0.0 if mask is None else (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        words = torch.gather(x, 1, heads[:, :, None].expand(-1, -1, HIDDEN))
        words = self.dropout(words)
        q_cue, k_cue, q_source, k_source = self.ends(words).chunk(4, -1)
        near = self._near(heads.shape[1], heads.device)
        scale = 1 / math.sqrt(LINK)
        to_cue = torch.matmul(q_cue, k_cue.transpose(-1, -2)) * scale + near[0]
        to_source = torch.matmul(q_source, k_source.transpose(-1, -2)) * scale + near[1]
        return self.tags(words), to_cue, to_source

    def _near(self, count: int, device: torch.device) -> Tensor:
        at = torch.arange(count, device=device)
        distance = at[None, :] - at[:, None]
        size = torch.clamp(torch.ceil(2 * torch.log2(distance.abs().float() + 1)), max=16).long()
        numbers = 16 + torch.sign(distance) * size
        return self.distance[:, numbers] * (at[None, None, :] > 0)


def load_base(network: Network, weights: Path) -> None:
    """Take over the encoder of a BERT-shaped safetensors file."""
    state = load_file(str(weights))
    own = network.state_dict()
    token_type = state["embeddings.token_type_embeddings.weight"][0]
    own["pieces.weight"] = state["embeddings.word_embeddings.weight"] + token_type
    own["positions.weight"] = state["embeddings.position_embeddings.weight"]
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
        for number in range(LAYERS):
            base, mine = f"encoder.layer.{number}", f"layers.{number}"
            own[f"{mine}.qkv.{kind}"] = torch.cat(
                [state[f"{base}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            own[f"{mine}.out.{kind}"] = state[f"{base}.attention.output.dense.{kind}"]
            own[f"{mine}.norm1.{kind}"] = state[f"{base}.attention.output.LayerNorm.{kind}"]
            own[f"{mine}.up.{kind}"] = state[f"{base}.intermediate.dense.{kind}"]
            own[f"{mine}.down.{kind}"] = state[f"{base}.output.dense.{kind}"]
            own[f"{mine}.norm2.{kind}"] = state[f"{base}.output.LayerNorm.{kind}"]
    network.load_state_dict(own)
