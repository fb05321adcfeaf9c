#!/bin/sh
# Bundle Sveltia CMS into .cache/redaktion/, for `wissen build --with-cms`.  Usage: make.sh [CACHE]
# Needs Node.js 18 or newer with npm; on Debian it is installed.  Packages come from the npm registry, in the
# versions and with the checksums of package-lock.json; none of their install scripts is run.
set -eu
cache=${1:-.cache}
here=tools/cms
python=${PYTHON:-.venv/bin/python}

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
    echo "Installing nodejs and npm …"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends nodejs npm
  fi
fi
if ! node -e 'process.exit(Number(parseInt(process.versions.node, 10) < 18))' 2>/dev/null || ! command -v npm >/dev/null 2>&1; then
  echo "The CMS needs Node.js 18 or newer with npm (https://nodejs.org/); everything else works without." >&2
  exit 1
fi
if "$python" -m tools.cms_bundle --check "$cache" 2>/dev/null; then
  echo "The CMS is up to date: $cache/redaktion"
  exit 0
fi
work=$cache/cms-werkstatt
mkdir -p "$work"
rm -rf "$work/src" "$work/neu"
cp -R "$here/src" "$here/package.json" "$here/package-lock.json" "$here/bundle.mjs" "$here/patches.mjs" "$work/"
echo "Installing the locked packages of the CMS …"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
(cd "$work" && node bundle.mjs neu)
"$python" -m tools.cms_bundle --note "$work/neu"
rm -rf "$cache/redaktion"
mv "$work/neu" "$cache/redaktion"
echo "Done: $cache/redaktion. Next: wissen build --with-cms"
