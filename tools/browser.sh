#!/bin/sh
# Make sure that there is a Chromium for the browser tests.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ]; then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
  echo "Installing chromium …"
  $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium && exit 0
fi
.venv/bin/playwright install --with-deps chromium
