"""Measure the search page of a built site in Chromium.

    python tools/bench_search.py SITE QUERIES.json [--file] [--json OUT] [--fail-below 0.93]

SITE is a built site (a folder). QUERIES is a list of {"id", "q", "cat", "rel": {id: 1 or 2}}.
Each query is asked on the real search page. Printed per category: nDCG@10 (gains 2^rel - 1),
recall@5 and the share of queries without a hit; then what the search sends over the wire (gzip,
its scripts and index) for the first search and for later ones, and how long an answer takes once its data is there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import shutil
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
READY = "#ws-suche[data-search-state=ready]"
FRESH_QUERIES = 40
"""So many queries are asked in a new browser profile, to see what a first search costs."""


class GzipHandler(SimpleHTTPRequestHandler):
    """Serves files compressed and notes how many bytes went out."""

    sent: ClassVar[list[tuple[str, int]]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        GzipHandler.sent.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output for the figures."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The site over http on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(GzipHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def search_page(site: Path) -> str:
    """Path of the search page below the site."""
    return "suche/index.html" if (site / "suche/index.html").is_file() else "suche.html"


def hits_of(page: Page) -> list[str]:
    """Ids in rank order, once the page has answered."""
    page.wait_for_selector(READY, state="attached", timeout=30_000)
    script = (
        "[...document.querySelectorAll('#ws-suche [data-record-id]')].map(e => e.dataset.recordId)"
    )
    ids: list[str] = page.evaluate(script)
    return ids


def quality(hits: Sequence[str], relevant: dict[str, int]) -> tuple[float, float, float]:
    """nDCG@10, recall@5, 1 if nothing was found."""

    def gain(grades: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))

    ideal = gain(sorted(relevant.values(), reverse=True)[:10])
    found = gain([relevant.get(hit, 0) for hit in hits[:10]])
    recall = sum(hit in relevant for hit in hits[:5]) / min(5, len(relevant))
    return found / ideal, recall, float(not hits)


def search_bytes() -> int:
    """Bytes sent for the search: its scripts and its index, not the page around it."""
    return sum(size for path, size in GzipHandler.sent if "/suche/" in path and ".js" in path)


def latency(page: Page, query: str) -> float:
    """Milliseconds from asking to results, all data being there already."""
    script = """async (query) => {
      const place = document.getElementById('ws-suche');
      const field = place.querySelector('input[name=q]');
      const answered = () =>
        place.dataset.searchQuery === field.value && place.dataset.searchState === 'ready';
      const ask = (text) => new Promise((done) => {
        const observer = new MutationObserver(() => {
          if (answered()) {
            observer.disconnect();
            done(performance.now() - start);
          }
        });
        observer.observe(place, { attributes: true });
        field.value = text;
        const start = performance.now();
        field.form.requestSubmit();  // typing waits for further letters, this does not
      });
      await ask('');
      await new Promise((done) => setTimeout(done, 100));
      return ask(query);
    }"""
    milliseconds: float = page.evaluate(script, query)
    return milliseconds


def percentile(values: Sequence[float], share: float) -> float:
    """A value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def measure(site: Path, queries: list[dict[str, Any]], as_file: bool) -> dict[str, Any]:
    """Ask all queries; see the module's text for what comes out."""
    executable = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    results: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    misses: list[tuple[float, str, list[str]]] = []
    first: list[float] = []
    later: list[float] = []
    times: list[float] = []
    with serve(site) as http, sync_playwright() as playwright:
        base = site.resolve().as_uri() + "/" if as_file else http
        address = base + search_page(site)
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        step = max(1, -(-len(queries) // FRESH_QUERIES))
        for query in queries[::step] if not as_file else ():
            page = browser.new_context().new_page()
            page.goto(f"{address}?q={quote(queries[-1]['q'])}")
            hits_of(page)
            page.wait_for_timeout(300)
            GzipHandler.sent.clear()
            page.goto(f"{address}?q={quote(query['q'])}")
            hits_of(page)
            page.wait_for_timeout(50)
            later.append(search_bytes())
            page.context.close()
            page = browser.new_context().new_page()
            GzipHandler.sent.clear()
            page.goto(f"{address}?q={quote(query['q'])}")
            hits_of(page)
            page.wait_for_timeout(50)
            first.append(search_bytes())
            page.context.close()
        page = browser.new_context().new_page()
        for query in queries:
            page.goto(f"{address}?q={quote(query['q'])}")
            hits = hits_of(page)
            figures = quality(hits, query["rel"])
            results[query["cat"]].append(figures)
            if figures[0] < 0.95:
                misses.append((figures[0], query["q"], hits[:5]))
        for query in queries:
            latency(page, query["q"])  # fetches what the query needs
            times.append(latency(page, query["q"]))
        browser.close()
    everything = [figures for rows in results.values() for figures in rows]
    return {
        "total": mean(everything),
        "categories": {name: mean(rows) for name, rows in results.items()},
        "bytes_first": {"median": percentile(first, 0.5), "max": max(first, default=0)},
        "bytes_later": {"median": percentile(later, 0.5), "max": max(later, default=0)},
        "milliseconds": {"median": percentile(times, 0.5), "p95": percentile(times, 0.95)},
        "misses": sorted(misses),
    }


def mean(rows: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """Averages of the three figures."""
    ndcg, recall, zero = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return {"queries": len(rows), "ndcg@10": ndcg, "recall@5": recall, "zero": zero}


def main() -> int:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--file", action="store_true", help="open the site from the file system")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--fail-below", type=float, default=0.0, metavar="NDCG")
    arguments = parser.parse_args()
    queries = json.loads(arguments.queries.read_text(encoding="utf-8"))
    report = measure(arguments.site, queries, arguments.file)
    print(f"{'':12} {'queries':>7} {'nDCG@10':>8} {'recall@5':>9} {'no hit':>7}")
    for name, row in {**report["categories"], "all": report["total"]}.items():
        print(
            f"{name:12} {row['queries']:7} {row['ndcg@10']:8.3f} {row['recall@5']:9.3f}"
            f" {row['zero']:7.1%}"
        )
    for name in ("bytes_first", "bytes_later"):
        print(f"{name}: median {report[name]['median']:,.0f}, most {report[name]['max']:,.0f}")
    times = report["milliseconds"]
    print(f"answer: median {times['median']:.1f} ms, 95 % below {times['p95']:.1f} ms")
    for figure, query, hits in report["misses"]:
        print(f"  {figure:.3f} {query!r}: {', '.join(hits)}")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 1 if report["total"]["ndcg@10"] < arguments.fail_below else 0


if __name__ == "__main__":
    sys.exit(main())
