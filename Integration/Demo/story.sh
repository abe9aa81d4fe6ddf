#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs docs/Sectigo.md from top to bottom against a simulated SCM, in a folder that is left for you to look at.
# The marks of that page are explained in Integration/CommandLineTests/SectigoGuide.swift.
set -euo pipefail

products=$1
guide=$(cd "$(dirname "$0")/../.." && pwd)/docs/Sectigo.md
folder=$(mktemp -d "${TMPDIR:-/tmp}/publicca-demo.XXXXXX")
cd "$folder"

# Only ever the simulator that was started here.
simulator=''
stop() {
  [ -z "$simulator" ] || { kill "$simulator" && wait "$simulator"; } 2>/dev/null || true
  simulator=''
}
finish() {
  local status=$?
  stop
  [ $status -eq 0 ] || printf '\nthe demo stopped with exit %s; what it did is in %s\n' $status "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi

# Reading its one line takes as long as it needs to be ready.
mkfifo ready
"$products/scm-simulator" --tls --seed 50 --files scm >ready &
simulator=$!
IFS= read -r told <ready || { echo "the simulator did not start"; exit 1; }
rm ready

export SCM_ADDRESS=$(sed -n 's/.*"address":"\([^"]*\)".*/\1/p' <<<"$told")
export SCM_PASSWORD=master-password SCM_CLIENT_SECRET=master-secret KEYSTORE_PASSWORD=correct-horse
export PUBLICCA_HOME=$folder/home PATH=$products:$PATH

printf 'This is docs/Sectigo.md, run against a simulated SCM at %s.\nThe home is %s.\n' "$SCM_ADDRESS" "$PUBLICCA_HOME"

# Runs the command that was read, as it stands on the page. Its exit code must be the one that the page shows.
command='' expected=0
run() {
  [ -n "$command" ] || return 0
  local status=0
  printf '\n%s$ %s%s\n' "$bold" "$command" "$plain"
  eval "$command" </dev/null || status=$?
  [ "$status" -eq 0 ] || printf '%s(exit %s)%s\n' "$dim" "$status" "$plain"
  [ "$status" -eq "$expected" ] || { echo "the guide shows exit $expected here"; exit 1; }
  command='' expected=0
}

# What is said just before a block goes along with it, without the page's marks and as wide as it is pleasant to read.
say() { sed -E 's/\*\*//g; s/\[([^]]*)\]\([^)]*\)/\1/g' <<<"$1" | fold -s -w 100 | sed 's/ $//'; }

block='' title='' paragraph='' goes_on=''
while IFS= read -r line <&3; do
  if [ "$block" = console ]; then
    case $line in
      '```') run; block='' ;;
      '$ '*) run; command=${line#??} ;;
      '(exit '*) expected=${line//[!0-9]/} ;;
      *) case $command in *\\) command+=$'\n'$line ;; esac ;;
    esac
    continue
  fi
  if [ "$block" = other ]; then
    [ "$line" != '```' ] || block=''
    continue
  fi
  case $line in
    '```console')
      [ -z "$title" ] || printf '\n%s-- %s --%s\n' "$bold" "$title" "$plain"
      [ -z "$paragraph" ] || { echo; say "$paragraph"; }
      block=console title='' paragraph='' ;;
    '```'*) block=other ;;
    '## '[0-9]*) printf '\n\n%s== %s ==%s\n' "$bold" "${line#'## '}" "$plain"; title='' paragraph='' ;;
    '### '*) title=${line#'### '} paragraph='' ;;
    '<!-- at SCM: '*)
      read -r method name json <<<"${line#'<!-- at SCM: '}"
      curl --silent --show-error --fail --cacert scm/root.pem --request "$method" --data "${json%' -->'}" \
        "$SCM_ADDRESS/simulator/$name" >/dev/null ;;
    '') goes_on='' ;;
    *) paragraph=${goes_on:+$paragraph }$line goes_on=yes ;;
  esac
done 3<"$guide"
stop

cat <<END


${bold}That was the whole guide: docs/Sectigo.md.${plain} The simulator has stopped, and what it knew is gone. What publicca keeps is here:

$(ls -1 "$folder" | sed 's/^/  /')

Look around in it; nothing of this asks a CA:

  export PUBLICCA_HOME=$PUBLICCA_HOME
  alias publicca=$products/publicca
  publicca status
  publicca certificate list
  publicca journal www.example.com

To order by yourself, take a home of your own (unset PUBLICCA_HOME). The mock CA needs nothing else:

  publicca account add demo --provider mock

For a simulated SCM, start one in another terminal and go on as the guide says:

  $products/scm-simulator --tls --port 8443 --seed 50 --files scm
END
