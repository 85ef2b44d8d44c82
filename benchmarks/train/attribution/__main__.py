"""``python -m benchmarks.train.attribution --base DIR --train FILE --dev FILE --out DIR``: resumable and seeded."""

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from benchmarks.shared import scorer
from benchmarks.train.attribution.examples import IGNORE, Document, document, epoch, inputs, targets
from benchmarks.train.attribution.network import Network, load_base
from claims.attribution.linking import Answer, link
from claims.attribution.pieces import windows

WARM, RATE_FLOOR = 0.06, 0.02  # share of the run in which the rate rises; least share of the peak rate
LINK_WEIGHT = 0.5  # of each pointer's loss beside that of the tags
EMA = 0.995  # of the weights that are kept: half-life of some 140 steps


def articles(path: Path) -> list[dict[str, Any]]:
    """Lines of a corpus file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def predict(network: Network, one: Document) -> list[dict[str, Any]]:
    """Attributions of one article, as the scorer reads them."""
    answers = []
    with torch.inference_mode():
        for window in windows(one.words, one.blocks):
            tags, to_cue, to_source = network(*inputs([window]))
            answers.append(
                Answer(
                    window,
                    torch.log_softmax(tags[0, 1:], -1).numpy(),
                    torch.log_softmax(to_cue[0], -1).numpy(),
                    torch.log_softmax(to_source[0], -1).numpy(),
                )
            )

    def spans(*ranges: tuple[int, int] | None) -> list[list[int]]:
        return [[one.words[r[0]].span.start, one.words[r[1] - 1].span.end] for r in ranges if r]

    return [
        {"source": spans(a.source), "cue": spans(a.cue), "content": spans(*a.content)}
        for a in link(answers, one.blocks)
    ]


def evaluate(network: Network, gold: Sequence[dict[str, Any]], documents: Sequence[Document]) -> dict[str, float]:
    """Figures on annotated articles."""
    network.eval()
    score = scorer("attribution")
    if score is None:
        raise SystemExit("score_attribution.py is not at hand")
    predicted = {one.name: {"id": one.name, "attributions": predict(network, one)} for one in documents}
    result = score.score({article["id"]: article for article in gold}, predicted)
    network.train()
    return {name: round(figures.get("f1", figures.get("share")), 4) for name, figures in result.items()}


def main(argv: Sequence[str]) -> int:
    """Train; write ``last.pt`` after every evaluation and ``best.pt`` where the dev figure rose."""
    parser = argparse.ArgumentParser(prog="benchmarks.train.attribution")
    for name in ("base", "train", "dev", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="end by then: the rate falls to its floor with the time left")
    args = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    train = [document(article, tokenizer) for article in articles(args.train)]
    gold = articles(args.dev)
    dev = [document(article, tokenizer) for article in gold]
    network = Network()
    load_base(network, args.base / "model.safetensors")
    for frozen in (network.pieces, network.positions):
        frozen.requires_grad_(False)
    heads = [*network.tags.parameters(), *network.ends.parameters(), network.distance, *network.features.parameters()]
    ids = {id(parameter) for parameter in heads}
    body = [p for p in network.parameters() if p.requires_grad and id(p) not in ids]
    groups = [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    rates = [group["lr"] for group in groups]
    batches = sum(1 for _ in epoch(train, args.batch, random.Random(0)))
    total = batches * args.epochs
    average = {name: value.clone() for name, value in network.state_dict().items()}
    done, best, step = 0, 0.0, 0
    state_file = args.out / "last.pt"
    if state_file.exists():
        state = torch.load(state_file, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, done, best, step = state["average"], state["done"], state["best"], state["step"]
    shadow = Network()
    began, losses, reached = time.monotonic(), [], step / total

    def progress() -> float:
        """Share of the run that is done, by steps or by the time allowed, whichever is further."""
        spent = (time.monotonic() - began) / 60 / args.minutes if args.minutes else 0.0
        return max(step / total, reached + (1 - reached) * spent)

    for number in range(done, args.epochs):
        torch.manual_seed(args.seed * 1000 + number)
        for batch in epoch(train, args.batch, random.Random(args.seed * 1000 + number)):
            tags, to_cue, to_source = network(*inputs([window for _, window in batch]))
            gold_tags, gold_cue, gold_source = targets(batch)
            loss = functional.cross_entropy(tags.flatten(0, 1), gold_tags.flatten(), ignore_index=IGNORE)
            for scores, wanted in ((to_cue, gold_cue), (to_source, gold_source)):
                if (wanted != IGNORE).any():
                    loss = loss + LINK_WEIGHT * functional.cross_entropy(
                        scores.flatten(0, 1), wanted.flatten(), ignore_index=IGNORE
                    )
            share = progress()
            if share >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, share / WARM) * max(RATE_FLOOR, 1 - share)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            decay = min(EMA, step / (step + 20))
            with torch.no_grad():
                for name, value in network.state_dict().items():
                    average[name].lerp_(value, 1 - decay)
            losses.append(float(loss))
            if step % 20 == 0:
                rate = (time.monotonic() - began) / len(losses)
                print(f"step {step}/{total} loss {np.mean(losses[-20:]):.4f} {rate:.2f} s/step", flush=True)
        shadow.load_state_dict(average)
        figures = evaluate(shadow, gold, dev)
        print(json.dumps({"epoch": number + 1, **figures}), flush=True)
        if figures["attribution"] > best:
            best = figures["attribution"]
            torch.save(average, args.out / "best.pt")
        torch.save(
            {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average,
                "done": number + 1,
                "best": best,
                "step": step,
            },
            state_file,
        )
        if progress() >= 1:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
