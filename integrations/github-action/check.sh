#!/bin/sh
# Annotations beside the lines, a summary of the job, and SARIF; ends as `fairlead check` does.
set -eu

set -f # the command is split at blanks, and no further
# shellcheck disable=SC2086
set -- ${FAIRLEAD:-fairlead} check "${FAIRLEAD_PATH:-.}" -o github

# Every commit of a pull request: a secret that a later one takes away again is in Git all the same.
if [ -n "${FAIRLEAD_BASE:-}" ]; then
  if git rev-parse --verify --quiet "$FAIRLEAD_BASE^{commit}" > /dev/null; then
    set -- "$@" --range "$FAIRLEAD_BASE...HEAD"
  else
    echo "::warning title=fairlead::the base of the pull request is not here, so only the files are checked: give actions/checkout fetch-depth: 0"
  fi
fi
[ -z "${FAIRLEAD_BASELINE:-}" ] || set -- "$@" --baseline "$FAIRLEAD_BASELINE"
[ -z "${FAIRLEAD_SARIF:-}" ] || set -- "$@" --also "sarif=$FAIRLEAD_SARIF"
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || set -- "$@" --also "md=$GITHUB_STEP_SUMMARY"
exec "$@"
