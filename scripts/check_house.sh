#!/usr/bin/env bash
# House rules that a search can find. Prints file:line: message and ends with 1 if there is anything.
#   scripts/check_house.sh      over the files that git tracks and those that it would add
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
shopt -s lastpipe # the last part of a pipe may set `failed`
failed=0

say() {
  echo "$1"
  failed=1
}

# files PATTERN...: those that exist
files() {
  git ls-files -co --exclude-standard -- "$@" | while read -r name; do [ ! -f "$name" ] || echo "$name"; done
}

# search REGEX: matching lines of the files on stdin, as file:line:text; a search that fails ends the check
search() {
  local names status=0
  mapfile -t names
  [ ${#names[@]} -gt 0 ] || return 0
  grep -nHIP -e "$1" -- "${names[@]}" || status=$?
  [ $status -le 1 ] || exit 2
}

# complain MESSAGE: one line for each found line on stdin
complain() {
  local name line
  while IFS=: read -r name line _; do [ -z "$name" ] || say "$name:$line: $1"; done
}

# ban REGEX MESSAGE [ALLOWED]: lines of the files on stdin that match REGEX (Perl's) and not ALLOWED
ban() {
  local found
  found=$(search "$1")
  [ -z "${3:-}" ] || found=$(grep -vP -e "$3" <<<"$found" || true)
  complain "$2" <<<"$found"
}

# ban_code REGEX MESSAGE: the same, but not in texts and in comments that end on their line
ban_code() {
  local found
  found=$(search "$1")
  found=$(sed -E 's/"([^"\\]|\\.)*"/""/g; s,/\*.*\*/,,' <<<"$found" | grep -P -e "$1" || true)
  complain "$2" <<<"$found"
}

everything() { files | grep -v '^tests/bad_input/' | grep -vE '^(LICENSE$|docs/images/)'; } # images are made by programs
code() { files 'solver/*.[ch]' 'mesh/*.[ch]' 'materials/*.[ch]'; }
pure() { code | grep -vE '^solver/(app|report)/|^solver/base/(log|memory)\.'; }

everything | ban '\b(TOD[O]|FIXM[E]|XX[X])\b' "unfinished work is not kept in files"
everything | ban '\t' "a tab; indent with blanks"
everything | ban '[ \r]+$' "blanks at the end of the line"
everything | ban '\xE2\x80\x94' "an em dash; write a comma, a colon or brackets"
everything | ban '(?<![\w.}$-])/(work|tm[p]|home|root|mnt|Users)/' "a path of one machine" '/tm[p]/\w+_XXXXXX'
everything | ban 'https?://(?!(doi\.org|www\.jedec\.org|www\.w3\.org/2000/svg|patents\.google\.com|github\.com)\b)' \
  "an address whose host scripts/check_house.sh does not know"

pure | ban_code '(?<![\w])(v?printf|puts|putchar|perror) *\(|\b(stdout|stderr)\b' "only app, report, the log and the end of memory print"
code | grep -v '^solver/base/memory\.c$' | ban_code '\b(malloc|calloc|realloc|strdup) *\(' \
  "memory comes from bp_alloc, BP_NEW and BP_GROW, which do not return NULL"
code | grep -vE '^solver/app/|^materials/umat_load\.c$' | ban_code '\b(MPI_COMM_WORLD|PETSC_COMM_WORLD|_?exit *\(|signal *\(|sigaction *\()' \
  "communicators are arguments; only app ends the program and handles signals, and the child that tries a UMAT"
files 'tests/*.[ch]' | ban_code 'assert_float_equal' "cmocka compares floats here; use assert_close"

for folder in $(files '*/*' | cut -d/ -f1 | sort -u) materials/cards docs/adr; do
  case $folder in .*) continue ;; esac
  [ -f "$folder/README.md" ] || say "$folder/README.md:1: missing; every folder says what it is for"
done
while read -r layer folder _; do
  case $layer in '' | '#'*) continue ;; esac
  [ -f "$folder/README.md" ] || grep -qs "$(basename "$folder")/" solver/README.md ||
    say "solver/README.md:1: says nothing about $folder"
done <scripts/layers.txt

for page in docs/adr/[0-9]*.md; do
  grep -q "(${page##*/})" docs/adr/README.md || say "$page:1: docs/adr/README.md does not list it"
done
grep -noE '\([0-9]{4}-[a-z0-9-]+\.md\)' docs/adr/README.md | tr -d '()' | while IFS=: read -r line page; do
  [ -f "docs/adr/$page" ] || echo "docs/adr/README.md:$line: $page does not exist"
done | { ! grep .; } || failed=1

for card in materials/cards/*.yaml; do
  grep -q '^source:' "$card" || say "$card:1: no source"
  grep -qE '^trust: [VSCM]$' "$card" || say "$card:1: no trust mark (V, S, C or M)"
done

for script in $(files scripts .ci | xargs -r grep -lIE '^#!.*\b(ba)?sh\b'); do
  bash -n "$script" || failed=1
  [ -x "$script" ] || say "$script:1: not executable"
done
for script in $(files 'scripts/*.py'; files scripts | xargs -r grep -lIE '^#!.*python3'); do
  /usr/bin/python3 -c 'import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")' "$script" || failed=1
done
exit $failed
