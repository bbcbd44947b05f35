# shellcheck shell=bash
# What deploy/install and deploy/update share. Every path stands under $root, which is empty on a real machine.

say() { echo "brueckenschlag: $*"; }
fail() { echo "brueckenschlag: $*" >&2; exit 1; }

places() {
  code="$root/srv/brueckenschlag"
  environment="$root/etc/brueckenschlag/brueckenschlag.env"
  data="$root/var/lib/brueckenschlag"
  backups="$root/var/backups/brueckenschlag"
}

# The files of a checkout or an unpacked archive, without what only developers need; always in the same order, so that it has a fingerprint.
packed() {
  tar -C "$1" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --exclude-vcs --exclude='./.*' --exclude=__pycache__ --exclude='*.mo' \
    --exclude=./var --exclude=./tests --exclude=./benchmarks -cf - .
}
fingerprint() { packed "$1" | sha256sum | cut -c 1-64; }

# As the service's user with the service's environment; where there is no such user (--no-start), as whoever calls.
as_portal() {
  local words=() line value
  while IFS= read -r line; do
    case "$line" in '' | '#'*) continue ;; esac
    value="${line#*=}"
    case "$value" in \"*\") value="${value#\"}"; value="${value%\"}" ;; esac
    words+=("${line%%=*}=$value")
  done <"$environment"
  if [ "$(id -u)" = 0 ] && [ -z "$root" ]; then
    runuser -u brueckenschlag -- env "${words[@]}" "$@"
  else
    env "${words[@]}" "$@"
  fi
}
setting() { sed -n "s/^$1=//p" "$environment" | tail -n 1; }
manage() { (umask 027 && cd "$1" && shift && as_portal .venv/bin/python manage.py "$@"); }

# A release is a folder that never changes: code, compiled texts, and a link to the environment that its lock asks for.
build_release() {
  local from="$1" to="$2"
  mkdir -p "$to"
  packed "$from" | tar -C "$to" -xf -
  ln -sfn "$(build_environment "$to")" "$to/.venv"
  local scratch
  scratch="$(mktemp -d)"
  (cd "$to" && DATA_DIR="$scratch" SECRET_KEY=none DJANGO_SETTINGS_MODULE=portal.settings \
    .venv/bin/python -c 'from portal.catalogues import compile_catalogues; compile_catalogues()')
  rm -rf "$scratch"
  "$to/.venv/bin/python" -m compileall -q "$to/accounts" "$to/events" "$to/networks" "$to/portal"
  fingerprint "$from" >"$to/.fingerprint"
}

# One environment per lock: an update with the same lock installs nothing. --venv names one that is there already, if its lock is ours.
build_environment() {
  local lock="$1/requirements/base.txt" place="${venv:-}" wanted
  wanted="$(python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read() + bytes(sys.version_info[:2])).hexdigest())' "$lock")"
  [ -n "$place" ] || place="$code/venvs/$(echo "$wanted" | cut -c 1-16)"
  if [ "$(cat "$place/base.sha256" 2>/dev/null)" != "$wanted" ]; then
    [ -z "${venv:-}" ] || fail "$venv does not hold what requirements/base.txt asks for"
    say "installing requirements/base.txt ..." >&2
    rm -rf "$place"
    python3 -m venv "$place" >&2
    "$place/bin/python" -m pip install -qq --disable-pip-version-check --only-binary :all: --require-hashes -r "$lock" >&2
    printf %s "$wanted" >"$place/base.sha256"
  fi
  echo "$place"
}

# Renaming is one step: there is never a moment without a current release.
switch_to() {
  ln -sfn "$1" "$code/.next"
  mv -T "$code/.next" "$code/current"
}
