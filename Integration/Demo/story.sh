#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The life of a certificate on the mock CA, command by command, in a home of its own that is left for you to look at.
set -euo pipefail

publicca_binary=$1
home=$(mktemp -d "${TMPDIR:-/tmp}/publicca-demo.XXXXXX")
export PUBLICCA_HOME=$home
export KEYSTORE_PASSWORD=demo-keystore-password
trap 'status=$?; [ $status -eq 0 ] || printf "\nthe demo stopped with exit %s; what it did is in %s\n" $status "$home"' EXIT

if [ -t 1 ]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi

chapter() { printf '\n%s== %s ==%s\n' "$bold" "$1" "$plain"; shift; [ $# -eq 0 ] || printf '%s\n' "$@"; }

# Shows a command as somebody would type it, and runs it. Its exit code must be the expected one.
expecting() {
  local expected=$1 status=0 line=''
  shift
  for word in "$@"; do
    case $word in *[\ \*]*) line+=" \"$word\"" ;; *) line+=" $word" ;; esac
  done
  printf '\n%s$ publicca%s%s\n' "$bold" "$line" "$plain"
  "$publicca_binary" "$@" || status=$?
  [ "$status" -eq "$expected" ] || { echo "that was exit $status where $expected was expected"; exit 1; }
  [ "$status" -eq 0 ] || echo "(exit $status: accepted and on its way)"
}
run() { expecting 0 "$@"; }

chapter "An account" "The mock CA needs no registration. It issues real certificates under a root of its own."
run account add demo --provider mock
run account show demo

chapter "What it offers" "Organizations, domains and profiles were read when the account was added."
run catalog organizations --account demo
run catalog domains --account demo
run catalog profiles --account demo --refresh

chapter "What it has already" "Orders that others placed are taken in. Their keys are elsewhere."
run order import --account demo
run certificate list

chapter "An order" "The key is made and sealed here before anything is sent. This profile is issued after three looks."
run order create --account demo --profile "Mock OV" --name www.example.org --san example.org \
  --organization "Example Company" --term 100 --key ec-p256 --comments "for the web team" \
  --keystore pkcs12 --keystore-password env:KEYSTORE_PASSWORD --dry-run
expecting 3 order create --account demo --profile "Mock OV" --name www.example.org --san example.org \
  --organization "Example Company" --term 100 --key ec-p256 --comments "for the web team" \
  --keystore pkcs12 --keystore-password env:KEYSTORE_PASSWORD

chapter "Asking how it stands" "Each check asks the CA once, and takes what is there."
expecting 3 order check www.example.org
expecting 3 order check www.example.org
run order check www.example.org
run order show www.example.org

chapter "A keystore" "Format and password are those of the order."
run certificate export www.example.org --out "$home/www.p12"
if command -v openssl >/dev/null; then
  printf '\n%s$ openssl pkcs12 -in www.p12 -passin env:KEYSTORE_PASSWORD -nokeys -clcerts | openssl x509 -subject …%s\n' "$bold" "$plain"
  openssl pkcs12 -in "$home/www.p12" -passin env:KEYSTORE_PASSWORD -nokeys -clcerts |
    openssl x509 -noout -subject -issuer -enddate -ext subjectAltName
fi

chapter "A renewal" "A new order with a new key. Asking twice buys once."
expecting 3 certificate renew www.example.org
run certificate renew www.example.org --wait

chapter "A reissue" "The same order, another set of names."
run certificate reissue www.example.org --san example.org --san shop.example.org --reason "the shop moves in" --wait
run certificate list --name www.example.org

chapter "A lost answer" "The CA takes the next order, and its answer gets lost on the way. It is looked up, and bought once."
run account set demo --set mischief=lost-reply
run order create --account demo --profile "Mock DV" --name mail.example.org --wait
run account set demo --unset mischief
run journal mail.example.org

chapter "A revocation" "For good, at the CA, with a reason of RFC 5280."
run certificate revoke mail.example.org --reason superseded --comments "moved" --yes

chapter "Deleting" "Our record alone, by its id, since no live one bears the name. The CA keeps its own, and imports pass over it."
revoked=$("$publicca_binary" certificate list --name mail.example.org --json | sed -n 's/.*"id" *: *"\(.*\)".*/\1/p')
run certificate delete "$revoked" --yes
run order import --account demo

chapter "How it stands"
run status
run journal --verify

printf '\n%sThat was the whole story.%s The files are here:\n\n' "$bold" "$plain"
ls -l "$home"
printf '\nGo on in this home with:\n  export PUBLICCA_HOME=%s\n  alias publicca=%s\n' "$home" "$publicca_binary"
