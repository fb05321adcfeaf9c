#!/bin/sh
# Make sure that the servers of the tests are there: nginx, Apache, sshd.  They are started by the tests,
# on free ports of this machine only.  Without apt-get (Windows, macOS) the tests that need them say so and skip.
set -eu
PATH=$PATH:/usr/sbin:/sbin
missing=""
command -v nginx >/dev/null 2>&1 || missing="$missing nginx-light"
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || missing="$missing libnginx-mod-http-brotli-static"
command -v apache2 >/dev/null 2>&1 || missing="$missing apache2"
command -v sshd >/dev/null 2>&1 || missing="$missing openssh-server"
if [ -z "$missing" ] || ! command -v apt-get >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
echo "Installing$missing …"
# They must not start by themselves: policy-rc.d says no for this one call.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
  $as_root chmod +x "$policy"
  trap '$as_root rm -f "$policy"' EXIT
fi
# shellcheck disable=SC2086
$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing ||
  echo "Not all servers could be installed; the tests that need them will be skipped." >&2
