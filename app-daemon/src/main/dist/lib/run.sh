# Read by bin/agenttower for `agenttower run`. The JVM checks everything and writes what is to be run to descriptor 3; this shell runs it,
# so that no JVM stays beside the agent. The shell is the process to which the role is bound.

run() {
  exec 4>&1
  plan=$(
    exec 3>&1 1>&4 4>&-
    export AGENTTOWER_RUN_SHELL=$$
    launch agenttower "$@"
  )
  status=$?
  exec 4>&-
  if [ "$status" != 0 ] || [ -z "$plan" ]; then
    # A pane of its own would close before anybody reads why.
    if [ "$status" != 0 ] && [ -n "${AGENTTOWER_RUN_OWN_PANE:-}" ]; then
      printf 'Enter closes this pane.'
      read -r _ || :
    fi
    exit "$status"
  fi
  eval "$plan"
  unset plan AGENTTOWER_RUN_OWN_PANE
  # What ends the program must not end this shell before the session is ended. A trap is not inherited, as ignoring would be.
  trap : HUP INT QUIT TERM
  # A job of its own in the foreground: tmux names the program, whose screen is read by that name, and Ctrl-C is the program's alone.
  set -m
  "$@"
  status=$?
  # A program that was stopped, as by Ctrl-Z, goes on: there is no prompt from which a person could continue it.
  while [ "$status" -ge 147 ] && [ "$status" -le 150 ]; do
    fg >/dev/null 2>&1
    status=$?
  done
  set +m
  (launch agenttower run --finish </dev/null) || :
  exit "$status"
}
