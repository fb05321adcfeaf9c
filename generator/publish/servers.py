"""Ready-made configuration of web servers: security headers, types, caching, packed files, 404 page, path.

What a server hands out is revalidated each time (`no-cache` with an ETag), but for files whose name holds
a digest of their content: those never change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from generator.pages.policy import policy

TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "map": "application/json",
    "json": "application/json", "csv": "text/csv", "ics": "text/calendar", "xml": "application/xml",
    "txt": "text/plain", "md": "text/markdown", "svg": "image/svg+xml", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
    "ico": "image/x-icon", "woff2": "font/woff2", "pdf": "application/pdf", "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "atom": "application/atom+xml", "opensearch": "application/opensearchdescription+xml",
    "jsonld": "application/ld+json", "webmanifest": "application/manifest+json",
}  # fmt: skip
_TEXT = ("html", "css", "js", "map", "json", "csv", "ics", "xml", "txt", "md", "svg")
# Names with a digest: of Material's own files, and of the index files of the search.
HASHED = r"(?:\.[0-9a-f]{8}\.min\.(?:css|js)(?:\.map)?|/suche/index/[\w-]+\.[\w-]{4,16}\.js)"
FOREVER = "public, max-age=31536000, immutable"
FRESH = "no-cache"
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


@dataclass(frozen=True, slots=True)
class Served:
    """How a site is served: below which path, from which folder, shown in frames by whom."""

    path: str = "/"
    root: str = "/srv/wiki/aktuell"
    ancestors: str = "'self'"
    scripts: tuple[str, ...] = ()  # that stand in pages of this site; normally none do
    brotli: bool = False  # nginx has the module for .br
    editor: str = ""  # the policy of the page redaktion/, if the site has one

    @property
    def headers(self) -> dict[str, str]:
        """The security headers of every answer."""
        found = {
            "Content-Security-Policy": policy(self.scripts, self.ancestors),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": _PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        frames = {"'none'": "DENY", "'self'": "SAMEORIGIN"}.get(self.ancestors)
        return found | ({"X-Frame-Options": frames} if frames else {})

    @property
    def editor_headers(self) -> dict[str, str]:
        """What is different below `redaktion/`: a program that talks to the forge of the repository, and
        whose window for signing in must find its way back."""
        return {
            "Content-Security-Policy": f"{self.editor}; frame-ancestors {self.ancestors}",
            "Cross-Origin-Opener-Policy": "unsafe-none",
        }


def nginx(served: Served) -> str:
    """For `include` in a `server` block."""
    path, root = served.path, served.root.rstrip("/")
    headers = [f'add_header {name} "{value}" always;' for name, value in served.headers.items()]
    types = [f"{kind} {ending};" for ending, kind in TYPES.items()]
    texts = dict.fromkeys(TYPES[ending] for ending in _TEXT if ending != "html")
    lines = [
        "# SIL-Wissensspeicher: mit „include“ in den server-Block von nginx einbinden.",
        '# Bei TLS dort außerdem: add_header Strict-Transport-Security "max-age=31536000" always;',
        f'set $wissen_cache "{FRESH}";',
        f'if ($uri ~ "{HASHED}$") {{ set $wissen_cache "{FOREVER}"; }}',
        *([f"location = {path.rstrip('/')} {{ return 301 {path}; }}"] if path != "/" else []),
        f"location ^~ {path}.wissen {{ error_page 404 {path}404.html; return 404; }}",
        f"location = {path}404.html {{",
        *_indented(
            [
                f"alias {root}/404.html;",
                "internal;",
                "charset utf-8;",
                *headers,
                f'add_header Cache-Control "{FRESH}" always;',
            ]
        ),
        "}",
        f"location {path} {{",
        *_indented(_nginx_place(served, f"{root}/", headers, types, texts)),
        "}",
        *_nginx_editor(served, types, texts),
    ]
    return "\n".join(lines) + "\n"


def _nginx_editor(served: Served, types: list[str], texts: Iterable[str]) -> list[str]:
    if not served.editor:
        return []
    found = {**served.headers, **served.editor_headers}
    headers = [f'add_header {name} "{value}" always;' for name, value in found.items()]
    folder = f"{served.root.rstrip('/')}/redaktion/"
    return [
        f"location {served.path}redaktion/ {{",
        *_indented(_nginx_place(served, folder, headers, types, texts)),
        "}",
    ]


def _nginx_place(
    served: Served, folder: str, headers: list[str], types: list[str], texts: Iterable[str]
) -> list[str]:
    return [
        f"alias {folder};",
        "index index.html;",
        f"error_page 404 {served.path}404.html;",
        "types {",
        *_indented(types),
        "}",
        "default_type application/octet-stream;",
        "charset utf-8;",
        f"charset_types {' '.join(texts)};",
        "etag on;",
        "# Gepackt abgelegt von „wissen publish --compress“.",
        "gzip_static on;",
        "gzip_vary on;",
        f"{'' if served.brotli else '# Mit dem Modul für Brotli: '}brotli_static on;",
        *headers,
        "add_header Cache-Control $wissen_cache;",
    ]


def apache(served: Served) -> str:
    """For `Include` in a virtual host.  Needs mod_alias, mod_dir, mod_headers, mod_mime, mod_rewrite."""
    path, root = served.path, served.root.rstrip("/")
    endings = "|".join(_TEXT)
    place = [f'DocumentRoot "{root}"']
    if path != "/":
        bare = _literal(path.rstrip("/"))
        place = [f'RedirectMatch 301 "^{bare}$" "{path}"', f'Alias "{path}" "{root}/"']
    lines = [
        "# SIL-Wissensspeicher: mit „Include“ in den VirtualHost von Apache einbinden.",
        "# Nötige Module: a2enmod alias dir headers mime rewrite",
        '# Bei TLS dort außerdem: Header always set Strict-Transport-Security "max-age=31536000"',
        *place,
        f'<Directory "{root}">',
        *_indented(
            [
                f'RedirectMatch 404 "^{_literal(path)}\\.wissen"',
                "Require all granted",
                "AllowOverride None",
                "Options -Indexes -MultiViews +FollowSymLinks",
                "DirectoryIndex index.html",
                "DirectorySlash On",
                f"ErrorDocument 404 {path}404.html",
                "FileETag MTime Size",
                *[f"AddType {kind} .{ending}" for ending, kind in TYPES.items()],
                f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in _TEXT)}",
                *[f'Header always set {name} "{value}"' for name, value in served.headers.items()],
                f'Header set Cache-Control "{FRESH}"',
                f'<If "%{{REQUEST_URI}} =~ m#{HASHED}(?:\\.gz|\\.br)?$#">',
                f'  Header set Cache-Control "{FOREVER}"',
                "</If>",
                "# Gepackt abgelegt von „wissen publish --compress“.",
                "RewriteEngine On",
                f"RewriteBase {path}",
                *_packed("br", "br", endings),
                *_packed("gz", "gzip", endings),
            ]
        ),
        "</Directory>",
        *_apache_editor(served),
    ]
    return "\n".join(lines) + "\n"


def _apache_editor(served: Served) -> list[str]:
    if not served.editor:
        return []
    return [
        f'<Directory "{served.root.rstrip("/")}/redaktion">',
        *_indented(f'Header always set {k} "{v}"' for k, v in served.editor_headers.items()),
        "</Directory>",
    ]


def _packed(suffix: str, coding: str, endings: str) -> list[str]:
    return [
        f"RewriteCond %{{HTTP:Accept-Encoding}} \\b{coding}\\b",
        f"RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f",
        f"RewriteRule ^(.+)\\.({endings})$ $1.$2.{suffix} [L]",
        *[
            f'<FilesMatch "\\.{ending}\\.{suffix}$">\n'
            f'    ForceType "{TYPES[ending]}; charset=utf-8"\n'
            f"    RemoveEncoding .gz .br\n    RemoveType .gz .br\n"
            f"    Header set Content-Encoding {coding}\n    Header merge Vary Accept-Encoding\n"
            "  </FilesMatch>"
            for ending in _TEXT
        ],
    ]


def iis(served: Served) -> str:
    """`web.config` for the folder of the site.  IIS packs files by itself.

    What a server or site above may have set already is removed first: a name given twice stops IIS (500.19).
    """
    headers = "".join(
        f'        <remove name="{name}" />\n        <add name="{name}" value="{escape(value)}" />\n'
        for name, value in served.headers.items()
    )
    types = "".join(
        f'      <remove fileExtension=".{ending}" />\n'
        f'      <mimeMap fileExtension=".{ending}" mimeType="{kind}{"; charset=utf-8" if ending in _TEXT else ""}" />\n'
        for ending, kind in TYPES.items()
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- SIL-Wissensspeicher: als web.config in den Ordner des Wikis legen; „wissen publish“ lässt sie dort stehen. -->
<configuration>
  <system.webServer>
    <defaultDocument enabled="true">
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <directoryBrowse enabled="false" />
    <staticContent>
{types}      <clientCache cacheControlMode="NoControl" cacheControlCustom="{FRESH}" />
    </staticContent>
    <httpErrors errorMode="Custom" existingResponse="Auto">
      <remove statusCode="404" />
      <error statusCode="404" path="404.html" responseMode="File" />
    </httpErrors>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
{headers}      </customHeaders>
    </httpProtocol>
    <security>
      <requestFiltering removeServerHeader="true">
        <hiddenSegments>
          <remove segment=".wissen" />
          <add segment=".wissen" />
        </hiddenSegments>
      </requestFiltering>
    </security>
    <urlCompression doStaticCompression="true" doDynamicCompression="false" />
  </system.webServer>
  <location path="suche/index">
    <system.webServer>
      <staticContent>
        <clientCache cacheControlMode="NoControl" cacheControlCustom="{FOREVER}" />
      </staticContent>
    </system.webServer>
  </location>
  <location path="suche/index/manifest.js">
    <system.webServer>
      <staticContent>
        <clientCache cacheControlMode="NoControl" cacheControlCustom="{FRESH}" />
      </staticContent>
    </system.webServer>
  </location>
{_iis_editor(served)}</configuration>
"""


def _iis_editor(served: Served) -> str:
    if not served.editor:
        return ""
    headers = "".join(
        f'          <remove name="{name}" />\n          <add name="{name}" value="{escape(value)}" />\n'
        for name, value in served.editor_headers.items()
    )
    return f"""  <location path="redaktion">
    <system.webServer>
      <httpProtocol>
        <customHeaders>
{headers}        </customHeaders>
      </httpProtocol>
    </system.webServer>
  </location>
"""


SERVERS = {"nginx": nginx, "apache": apache, "iis": iis}


def _literal(path: str) -> str:
    """A path within a regular expression."""
    return "".join(sign if sign.isalnum() or sign in "/_-~" else f"\\{sign}" for sign in path)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
