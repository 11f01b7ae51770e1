# Read by bin/agenttower. Answers `agenttower statusline [--project NAME]` through curl, because tmux asks for it all the time and a JVM takes
# longer to start than the answer may take. Where anything is out of the ordinary, "statusline" returns and the JVM answers. No failure is
# ever shown: in a status line there is no room for it.

# add NUMBER BEFORE BEHIND: adds a number to the line, unless it is none.
add() {
  case ${1%%[!0-9]*} in
    '' | 0) ;;
    *) line="${line:+$line · }$2${1%%[!0-9]*}$3" ;;
  esac
}

statusline() {
  shift
  query=
  case $# in
    0) ;;
    2)
      [ "$1" = --project ] || return 0
      case $2 in '' | [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*) return 0 ;; esac
      query="?project=$2"
      ;;
    *) return 0 ;;
  esac
  command -v curl >/dev/null 2>&1 || return 0
  if [ -n "${AGENTTOWER_SOCKET+set}" ]; then
    case $AGENTTOWER_SOCKET in
      /*) socket=${AGENTTOWER_SOCKET%/*}/agenttowerd-http.sock ;;
      *) exit 0 ;;
    esac
  else
    # Whether this is a container, where the mounted socket comes first, is a longer story.
    [ ! -e /run/agenttower/agenttowerd.sock ] || return 0
    socket=${XDG_STATE_HOME:-${HOME:-}/.local/state}/opensoft/agenttower/agenttowerd-http.sock
  fi
  [ -S "$socket" ] || exit 0
  [ "${#socket}" -le 100 ] || return 0
  answer=$(curl -q -s -f --noproxy '*' --max-time 1 --max-filesize 65536 --unix-socket "$socket" \
    "http://localhost/api/governance/statusline$query" 2>/dev/null) || exit 0
  case $answer in *'"pending":'*) ;; *) exit 0 ;; esac
  # The answer's keys are sorted, so that no name of a project comes before these.
  line='' agents=${answer%%'"pending":'*}
  case $agents in
    *'"need_you":'*'"working":'*)
      add "${agents#*'"need_you":'}" '' ' need you'
      add "${agents#*'"working":'}" '' ' working'
      ;;
  esac
  add "${answer#*'"pending":'}" 'Pending authorizations: ' ''
  [ -z "$line" ] || printf '%s\n' "$line"
  exit 0
}
