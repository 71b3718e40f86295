#!/usr/bin/env bash
# Runs each reader's fuzzing for RUNS executions (or SECONDS_EACH seconds, if that is sooner) and prints a table.
# usage: Tests/Fuzz/campaign.sh PROGRAM [reader ...]
# What fails is kept in FOUND (default .build-fuzz/found), one file an input, beside libFuzzer's report of it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1"); shift
runs=${RUNS:-1000000}
seconds=${SECONDS_EACH:-0}
found=${FOUND:-$(dirname "$(dirname "$program")")/found}
corpora=${CORPORA:-$(dirname "$(dirname "$program")")/corpora}
readers=${*:-$(ls "$here/Seeds")}
mkdir -p "$found"; found=$(realpath "$found")
failed=0
printf '%-12s %12s %10s %9s %9s %8s\n' reader executions per-second coverage features failures
for reader in $readers; do
  corpus=$corpora/$reader; mkdir -p "$corpus"; corpus=$(realpath "$corpus")
  work=$(mktemp -d); log=$work/log
  flags=(-artifact_prefix="$found/$reader-" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 -verbosity=1)
  [ ! -f "$here/Dictionaries/$reader.dict" ] || flags+=(-dict="$here/Dictionaries/$reader.dict")
  left=$runs; done_=0; failures=0; begin=$(date +%s); coverage=0; features=0
  # libFuzzer ends at the first failure; it is begun again, a few times.
  while [ "$left" -gt 0 ] && [ "$failures" -lt 5 ]; do
    spent=$(($(date +%s) - begin)); limit=()
    if [ "$seconds" -gt 0 ]; then [ "$spent" -lt "$seconds" ] || break; limit=(-max_total_time=$((seconds - spent))); fi
    status=0
    # An empty folder: what a spec extends, or a record is written to, is not looked for elsewhere.
    (cd "$work" && TMPDIR=$work SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:malloc_context_size=2:detect_stack_use_after_return=0 "$program" "$reader" \
      -runs="$left" "${limit[@]}" "${flags[@]}" "$corpus" "$here/Seeds/$reader") > "$log" 2>&1 || status=$?
    n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1); n=${n:-0}
    [ "$n" -gt 0 ] || n=$(sed -n 's/^#\([0-9]*\).*/\1/p' "$log" | tail -1); n=${n:-1}
    c=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1); f=$(sed -n 's/.* ft: \([0-9]*\) .*/\1/p' "$log" | tail -1)
    coverage=${c:-$coverage}; features=${f:-$features}
    done_=$((done_ + n)); left=$((left - n))
    [ "$status" -ne 0 ] || break
    failures=$((failures + 1)); failed=1
    input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
    cp "$log" "${input:-$found/$reader-without-input-$failures}.log"
    echo "  $reader failed at ${input:-no input}: $(grep -m1 -aE 'Fatal error|ERROR: |Precondition|SUMMARY' "$log" || true)"
  done
  spent=$(($(date +%s) - begin)); [ "$spent" -gt 0 ] || spent=1
  printf '%-12s %12s %10s %9s %9s %8s\n' "$reader" "$done_" $((done_ / spent)) "$coverage" "$features" "$failures"
  rm -rf "$work"
done
exit $failed
