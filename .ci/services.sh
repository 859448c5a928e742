# Sourced by .ci/run: PostgreSQL and Redis on 127.0.0.1, those that run already or our own.

start_services() {
  postgres_answers || start_postgres || return 1
  redis_answers || start_redis || return 1
  list_databases >"$SCRATCH/databases-before"
}
export -f start_services

# Where the services are found: their usual ports, unless start_services had to choose others.
use_services() {
  export TEST_DATABASE_URL TEST_REDIS_URL
  TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$(postgres_port)/postgres"
  TEST_REDIS_URL="redis://127.0.0.1:$(redis_port)"
}

postgres_port() { cat "$SCRATCH/postgres-port" 2>/dev/null || echo 5432; }
redis_port() { cat "$SCRATCH/redis-port" 2>/dev/null || echo 6379; }
ask_postgres() { psql -h 127.0.0.1 -p "$(postgres_port)" -U postgres -w -AtX -c "$1" postgres; }
postgres_answers() { [ "$(PGCONNECT_TIMEOUT=3 ask_postgres 'select 1' 2>/dev/null)" = 1 ]; }
redis_answers() { [ "$(redis-cli -h 127.0.0.1 -p "$(redis_port)" ping 2>/dev/null)" = PONG ]; }
list_databases() { ask_postgres 'select datname from pg_database order by datname'; }
postgres_bin() { find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1; }
export -f postgres_port redis_port ask_postgres postgres_answers redis_answers list_databases postgres_bin

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

install_packages() {
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  local bin
  bin=$(postgres_bin)
  if [ -z "$bin" ]; then
    install_packages postgresql || return 1
    bin=$(postgres_bin)
  fi
  free_port >"$SCRATCH/postgres-port"
  mkdir "$SCRATCH/postgres"
  [ "$(id -u)" -eq 0 ] && chown postgres "$SCRATCH/postgres"
  as_postgres "$bin/initdb" -D "$SCRATCH/postgres/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null &&
    as_postgres "$bin/pg_ctl" -D "$SCRATCH/postgres/data" -w -t 60 -l "$SCRATCH/postgres/log" start \
      -o "-h 127.0.0.1 -p $(postgres_port) -k '' -c fsync=off -c max_connections=200"
}

start_redis() {
  command -v redis-server >/dev/null || install_packages redis-server || return 1
  free_port >"$SCRATCH/redis-port"
  redis-server --bind 127.0.0.1 --port "$(redis_port)" --save '' --appendonly no --daemonize yes \
    --dir "$SCRATCH" --pidfile "$SCRATCH/redis.pid" >/dev/null
  for _ in $(seq 50); do
    redis_answers && return 0
    sleep 0.1
  done
  return 1
}
export -f free_port install_packages as_postgres start_postgres start_redis

stop_services() {
  if [ -d "$SCRATCH/postgres" ]; then
    as_postgres "$(postgres_bin)/pg_ctl" -D "$SCRATCH/postgres/data" -m immediate -t 20 stop >/dev/null 2>&1
  elif [ -f "$SCRATCH/databases-before" ]; then
    # Tests drop what they create; a test that was killed could not.
    comm -13 "$SCRATCH/databases-before" <(list_databases) | grep -E '^(test|sg|storegraph)_' |
      while read -r name; do ask_postgres "drop database if exists \"$name\" with (force)" >/dev/null; done
  fi
  [ -f "$SCRATCH/redis.pid" ] && redis-cli -h 127.0.0.1 -p "$(redis_port)" shutdown nosave >/dev/null 2>&1
  return 0
}
