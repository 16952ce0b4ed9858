"""How many changes of the code the tests noticed, room by room; `make mutants` prints it last.

mutmut changes one thing of a function at a time and runs the tests that call it. What no test
notices is a survivor: either a test is missing, or the change means the same.
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

from mutmut.stats import status_by_exit_code

HERE = Path(__file__).parents[1] / "mutants" / "src" / "dayline"
SURVIVED = "survived"


def outcomes() -> dict[str, dict[str, str]]:
    """Of each room: what became of each mutant that was tried, by its name."""
    found = defaultdict[str, dict[str, str]](dict)
    for path in sorted(HERE.rglob("*.py.meta")):
        codes = json.loads(path.read_text())["exit_code_by_key"]
        for name, code in codes.items():
            if code is not None:
                found[path.relative_to(HERE).parts[0]][name] = status_by_exit_code[code]
    return found


def main() -> None:
    for room, tried in outcomes().items():
        counted = Counter(tried.values())
        share = counted[SURVIVED] / len(tried)
        others = ", ".join(f"{number} {kind}" for kind, number in sorted(counted.items()))
        print(f"{room}: {len(tried)} mutants, {share:.1%} survived ({others})")  # noqa: T201
        for name in sorted(name for name, kind in tried.items() if kind == SURVIVED):
            print(f"  {name}")  # noqa: T201


if __name__ == "__main__":
    main()
