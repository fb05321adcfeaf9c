"""The Content-Security-Policy: nothing but the site's own files, and no script that stands in a page.

Every page carries it itself, so that it also holds on a file share; a server adds what only a header can
say (`generator/publish/servers.py`).  Should the site engine put a script into a page nevertheless, the
policy of that page allows exactly this one, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import unescape

_INLINE = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.S | re.I)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.I)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.I)


def inline_scripts(document: str) -> list[str]:
    """The scripts that stand in a page and run; data for scripts does not."""
    return [
        text
        for attributes, text in _INLINE.findall(document)
        if not re.search(r"\bsrc\s*=", attributes, re.I) and _runs(attributes)
    ]


def _runs(attributes: str) -> bool:
    kind = _TYPE.search(attributes)
    return not kind or kind[1].lower() in (
        "",
        "module",
        "text/javascript",
        "application/javascript",
    )


def digests(scripts: Iterable[str]) -> list[str]:
    """The sources of a policy that allow these scripts."""
    made = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    return [f"'sha256-{digest}'" for digest in sorted(made)]


def policy(scripts: Iterable[str] = (), ancestors: str = "") -> str:
    """The policy for pages with these inline scripts.

    `ancestors`: who may show the pages in a frame, which only a header can say.
    """
    directives = [
        "default-src 'none'",
        " ".join(["script-src 'self'", *digests(scripts)]),
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    ]
    if ancestors:
        directives.append(f"frame-ancestors {ancestors}")
    return "; ".join(directives)


def editor_policy(hosts: Iterable[str]) -> str:
    """The policy of the editor at `redaktion/`, a program that talks to the forge's `hosts` and nobody else."""
    talks = " ".join(["'self'", *hosts])
    directives = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self'",
        f"connect-src {talks}",
        "form-action 'none'",
        "base-uri 'none'",
    ]
    return "; ".join(directives)


def policy_of(document: str) -> str:
    """The policy that a page carries."""
    found = _POLICY.search(document)
    return unescape(found[1]) if found else ""


def sealed(document: str) -> str:
    """A page with its policy, before anything that the policy is about."""
    rule = policy(inline_scripts(document))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{rule}">'
    return _CHARSET.sub(lambda found: f"{found[0]}\n{tag}", document, count=1)
