"""`python -m reader.collection.watchlists.search_process`: search the saved watchlists for one document.

Long lists take seconds and some hundred megabytes to prepare, which the app leaves to this process. It reads one JSON
object from standard input (`text`, `blocks`, `names`) and writes one to standard output: the matches, and the problems
with lists that could not be read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from reader.collection.watchlists.list_matches import ListSearcher
from reader.collection.watchlists.saved_lists import load_lists
from reader.document.blocks import Block


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin.buffer)
    watchlists, problems = load_lists()
    blocks = [Block(start, end) for start, end in request["blocks"]]
    matches = ListSearcher(watchlists).search(request["text"], blocks, request["names"])
    answer: dict[str, Any] = {"matches": matches.to_json(), "problems": problems}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
