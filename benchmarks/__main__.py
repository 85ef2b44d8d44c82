"""``python -m benchmarks NAME --data PATH [--out PREDICTIONS]``: run one benchmark."""

import importlib
import sys

NAMES = ("extraction", "attribution", "stories", "alignment", "quotations", "road")


def main(argv: list[str]) -> int:
    """Hand the arguments to the benchmark named first; 2 for an unknown name."""
    if not argv or argv[0] not in NAMES:
        print(f"usage: python -m benchmarks {{{','.join(NAMES)}}} --data PATH [--out PREDICTIONS]", file=sys.stderr)
        return 2
    run = importlib.import_module(f"benchmarks.{argv[0]}").main
    return int(run(argv[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
