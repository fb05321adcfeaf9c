#!/bin/sh
# Make .venv with locked packages and the command `wissen`.  Usage: setup.sh PYTHON LOCKFILE
set -eu
python=$1
lock=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Python 3.11 or newer is needed; '$python' is older or missing." >&2
  exit 1
fi
if [ ! -x .venv/bin/python ]; then
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    # Debian splits venv from python3.
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
    echo "Installing python3-venv …"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq python3-venv
  fi
  "$python" -m venv .venv
fi
echo "Setting up $lock …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
PYTHONWARNINGS=ignore .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
