# The real components of the tests, for ./test: finds them, installs what is missing where it may, starts servers on
# loopback with throw-away data, and says where they are in CAMBIST_TEST_POSTGRES, CAMBIST_TEST_TIMESCALE,
# CAMBIST_TEST_REDIS and CAMBIST_TEST_CHROMIUM. A variable that is already set is left alone. Uses $work and start_job of ./test.

prepare_components() { # install: yes or empty
  [ -z "$1" ] || install_missing
  prepare PostgreSQL CAMBIST_TEST_POSTGRES find_postgres start_postgres
  prepare TimescaleDB CAMBIST_TEST_TIMESCALE find_timescale use_timescale
  prepare Redis CAMBIST_TEST_REDIS find_redis start_redis
  prepare Chromium CAMBIST_TEST_CHROMIUM find_chromium true
  echo "market data: ${CAMBIST_SHARED_DATA:-absent, its tests are skipped}"
}

# start leaves the place in $place.
prepare() { # name variable find start
  if [ -n "${!2:-}" ]; then
    echo "$1: as $2 says"
  elif ! "$3"; then
    echo "$1: not installed, its tests are skipped"
  elif "$4"; then
    export "$2=$place"
    echo "$1: $place"
  else
    echo "$1: did not start, its tests are skipped"
  fi
}

find_postgres() {
  local initdb
  initdb=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$initdb" ] || initdb=$(command -v initdb) || return 1
  postgres_bin=$(dirname "$initdb")
}

# TimescaleDB is a library that PostgreSQL loads when it starts.
find_timescale() {
  [ -n "${postgres_bin:-}" ] && { [ -e "$postgres_bin/../lib/timescaledb.so" ] ||
    [ -e "$("$(command -v "$postgres_bin/pg_config" || echo pg_config)" --pkglibdir 2>/dev/null)/timescaledb.so" ]; }
}

use_timescale() {
  place=${CAMBIST_TEST_POSTGRES:-}
  [ -n "$place" ]
}

find_redis() { command -v redis-server >/dev/null; }

# --version tells a browser from a stub that only asks for one to be installed.
find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    place=$(command -v "$name") && "$place" --version >/dev/null 2>&1 && return 0
  done
  return 1
}

# PostgreSQL refuses to run as root. Durability is off: the data is thrown away.
start_postgres() {
  local data=$work/postgres log=$work/postgres.log
  local as=()
  mkdir -m 700 "$data"
  if [ "$(id -u)" -eq 0 ]; then
    local user=postgres
    id -u "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$data"
    as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --init-groups)
  fi
  ${as[@]+"${as[@]}"} env -C "$data" "$postgres_bin/initdb" --pgdata="$data" --username=cambist --auth=trust --encoding=UTF8 --no-locale --no-sync >"$log" 2>&1 ||
    { show_log "$log"; return 1; }

  # Each of its databases has a scheduler, and all of them share these workers. It calls home unless told not to.
  local extension=()
  find_timescale && extension=(-c shared_preload_libraries=timescaledb -c max_worker_processes=32 -c timescaledb.max_background_workers=16 -c timescaledb.telemetry_level=off)

  postgres_on() { start_job ${as[@]+"${as[@]}"} env -C "$data" "$postgres_bin/postgres" -D "$data" -p "$1" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    ${extension[@]+"${extension[@]}"} >>"$log" 2>&1; }
  postgres_ready() { "$postgres_bin/pg_isready" --quiet --host=127.0.0.1 --port="$1"; }
  start_on_a_free_port postgres_on postgres_ready || { show_log "$log"; return 1; }
  place="Host=127.0.0.1;Port=$port;Username=cambist;Database=postgres"
}

start_redis() {
  local log=$work/redis.log
  mkdir "$work/redis"
  redis_on() { start_job redis-server --bind 127.0.0.1 --port "$1" --dir "$work/redis" --save "" --appendonly no >"$log" 2>&1; }
  redis_ready() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'PING\r\n' >&3 && read -r -t 2 answer <&3 && [ "$answer" = $'+PONG\r' ]) 2>/dev/null; }
  start_on_a_free_port redis_on redis_ready || { show_log "$log"; return 1; }
  place="127.0.0.1:$port"
}

# Between asking and binding a port may be taken by someone else: then the server ends, and another port is tried.
start_on_a_free_port() { # start ready; leaves the port in $port
  for _ in 1 2 3; do
    port=$(free_port)
    "$1" "$port"
    for _ in {1..150}; do
      kill -0 "$job" 2>/dev/null || break
      "$2" "$port" && return 0
      sleep 0.1
    done
    stop_job "$job"
  done
  return 1
}

# Below the range from which systems hand out ports for outgoing connections.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

show_log() { tail -n 5 "$1" | sed 's/^/  /'; }

install_missing() {
  [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null || return 0
  local missing=()
  [ -n "${CAMBIST_TEST_POSTGRES:-}" ] || find_postgres || missing+=(postgresql)
  [ -n "${CAMBIST_TEST_REDIS:-}" ] || find_redis || missing+=(redis-server)
  [ -n "${CAMBIST_TEST_CHROMIUM:-}" ] || find_chromium || missing+=(chromium)
  [ "${#missing[@]}" -gt 0 ] || return 0

  local apt=(apt-get -qq -o Acquire::http::Timeout=20 -o Acquire::Retries=1 -o DPkg::Lock::Timeout=60)
  local package log=$work/apt.log
  export DEBIAN_FRONTEND=noninteractive
  echo "Installing ${missing[*]}"
  hold_services
  "${apt[@]}" update >"$log" 2>&1 </dev/null || show_log "$log"
  for package in "${missing[@]}"; do
    "${apt[@]}" install --yes --no-install-recommends "$package" >"$log" 2>&1 </dev/null ||
      { echo "$package could not be installed:"; show_log "$log"; }
  done
  allow_services
}

# Debian starts a server's service with its package; invoke-rc.d asks this file first, and 101 means no.
policy=/usr/sbin/policy-rc.d
hold_services() {
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && services_held=yes; }
}
allow_services() {
  [ -z "${services_held:-}" ] || rm -f "$policy"
  services_held=
}
