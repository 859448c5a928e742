# Sourced by .ci/run: a step is timed, limited in time, logged, counted, and shown when it ends.

step() { # name, limit in seconds, command or function with its arguments
  local name=$1 limit=$2 status began=$SECONDS
  shift 2
  local log="$SCRATCH/logs/${name//[^a-z0-9]/-}.log"
  # A function has to be exported to be run by another shell, which `timeout` can end as a whole.
  export SCRATCH
  export -f "$1" 2>/dev/null
  timeout --kill-after=15 "$limit" bash -c 'set -uo pipefail; "$@"' step "$@" >"$log" 2>&1 </dev/null &
  local pid=$!
  touch "$SCRATCH/pids/$pid"
  wait "$pid"
  status=$?
  rm -f "$SCRATCH/pids/$pid"
  {
    flock 9
    if [ "$status" -eq 0 ]; then
      echo "=== $name: passed in $((SECONDS - began)) s"
      echo passed >>"$SCRATCH/counts/steps"
      # The figures a reader wants from a step that passed: tests, coverage, sizes.
      grep -aE '^ *(Tests|Test Files|Statements|Branches|Functions|Lines) |^clean start:' "$log" | sed 's/^/    /'
    else
      [ "$status" -eq 124 ] && echo "=== $name: FAILED, not done after $limit s" \
        || echo "=== $name: FAILED with $status after $((SECONDS - began)) s"
      echo failed >>"$SCRATCH/counts/steps"
      tail -n 120 "$log" | sed 's/^/    /'
    fi
  } 9>>"$SCRATCH/counts/lock"
  return "$status"
}

stop_steps() {
  local file
  for file in "$SCRATCH"/pids/*; do
    [ -e "$file" ] && kill -TERM "${file##*/}" 2>/dev/null
  done
}

report() { # prints the last line; fails when something did
  local passed failed counted
  passed=$(grep -c passed "$SCRATCH/counts/steps")
  failed=$(grep -c failed "$SCRATCH/counts/steps")
  counted=$(node -e '
    const { readFileSync } = require("node:fs");
    const runs = process.argv.slice(1).map((file) => JSON.parse(readFileSync(file, "utf8")));
    const sum = (name) => runs.reduce((total, run) => total + run[name], 0);
    console.log(sum("numPassedTests"), sum("numFailedTests"));
  ' $(find "$SCRATCH/counts" -name '*.json'))
  read -r tests_passed tests_failed <<<"$counted"
  echo "took $((SECONDS / 60)) min $((SECONDS % 60)) s"
  echo "$((passed + tests_passed)) passed, $((failed + tests_failed)) failed"
  [ "$((failed + tests_failed))" -eq 0 ]
}
