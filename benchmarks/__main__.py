"""``python -m benchmarks NAME [--data PATH] [--out PREDICTIONS]``: run one benchmark."""

import importlib
import sys

from claims.errors import BadInput

#: read what ``--data`` names
ON_DATA = ("extraction", "attribution", "stories", "alignment", "altered", "quotations", "road", "collect")
#: make what they measure
ON_THEIR_OWN = ("speed", "crowd", "kills", "scale")
NAMES = (*ON_DATA, *ON_THEIR_OWN)


def main(argv: list[str]) -> int:
    """Hand the arguments to the benchmark named first; 2 for an unknown name and for data that cannot be used."""
    if not argv or argv[0] not in NAMES:
        print(f"usage: python -m benchmarks {{{','.join(NAMES)}}} [--data PATH] [--out PREDICTIONS]", file=sys.stderr)
        return 2
    run = importlib.import_module(f"benchmarks.{argv[0]}").main
    try:
        return int(run(argv[1:]))
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
