# Read by the launchers. They set
#   home      the folder of the distribution
#   bin       the folder of the launcher, beside which the other program lies
#   archives  where the class-data archives belong
#   extra     a jar that comes before those of the distribution; may be empty
#   main      the main class
# and call "launch PROGRAM ARGUMENTS", which becomes the JVM: no process stands between caller and program.

fail() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# Sets java and jdk, and from the JDK's own description version and build, without starting it.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    jdk=$JAVA_HOME
    java=$jdk/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $jdk, which has no bin/java: set it to a JDK 17 or newer"
  else
    java=$(command -v java) || fail 'java is not on the PATH: install a JDK 17 or newer, or set JAVA_HOME'
    jdk=$(readlink -f -- "$java")
    jdk=${jdk%/bin/java}
  fi
  version=
  build=
  if [ -r "$jdk/release" ]; then
    while IFS='=' read -r name value; do
      value=${value#\"}
      value=${value%\"}
      case $name in
        JAVA_VERSION) version=$value ;;
        JAVA_RUNTIME_VERSION) build=$value ;;
      esac
    done <"$jdk/release"
  fi
  if [ -z "$version" ]; then
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge 17 ] || fail "$java is Java ${version:-of unknown version}: AgentTower needs 17 or newer; set JAVA_HOME"
  case ${build:=$version} in */*) build=$version ;; esac
}

find_class_path() {
  class_path=$extra
  while read -r jar; do
    class_path=${class_path:+$class_path:}$home/lib/$jar
  done <"$home/lib/class-path"
}

# The panel is a command of the command line with more jars than all the others, and with an archive on top of that of the others.
add_panel() {
  while read -r jar; do
    class_path=$class_path:$home/lib/panel/$jar
  done <"$home/lib/panel/class-path"
}

# Puts the options of a program's JVM into the variable options, separated by blanks.
find_options() {
  options='-XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xlog:disable -Xlog:all=error:stderr'
  options="$options -Djava.util.logging.config.file=/dev/null -Dfile.encoding=UTF-8 -Djava.awt.headless=true"
  options="$options -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"
  [ "$major" -lt 22 ] || options="$options --enable-native-access=ALL-UNNAMED"
  [ "$major" -lt 24 ] || options="$options --sun-misc-unsafe-memory-access=allow"
  case $1 in
    agenttower) options="$options -XX:TieredStopAtLevel=1 -Xmx256m -Xss1m" ;;
    panel) options="$options -XX:TieredStopAtLevel=1 -Xms16m -Xmx96m -Xss512k -XX:ReservedCodeCacheSize=32m -XX:+DisableAttachMechanism" ;;
    agenttowerd)
      options="$options -Xms8m -Xmx128m -Xss512k -XX:ReservedCodeCacheSize=32m -XX:+DisableAttachMechanism"
      # The optimizing compiler halves the time of a request, but is not worth its own during the start.
      options="$options -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400"
      options="$options -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000"
      # Jdbi would start the flight recorder, which takes a tenth of a second; the option is deprecated, and only some releases know it.
      [ "$major" -gt 21 ] || options="$options -XX:-PrintWarnings -XX:-FlightRecorder"
      # A thread would keep a buffer outside of the heap as large as the largest file it ever wrote.
      options="$options -XX:MaxDirectMemorySize=24m -Djdk.nio.maxCachedBufferSize=65536"
      options="$options -XX:+ErrorFileToStderr -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30"
      # The allocator of C keeps what the compilers of the JVM return: 13 MiB. Early releases of 17 and 21 cannot trim it.
      options="$options -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=10000"
      ;;
  esac
}

# Archives are good for one build of Java and one place of the jars. Where these do not fit, they are made anew in the background, and
# this start goes without.
find_archive() {
  archive=
  for folder in "$archives/$build" "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/agenttower-class-data/$build"; do
    made_for=
    [ ! -r "$folder/made-for" ] || read -r made_for <"$folder/made-for"
    if [ "$made_for" = "$class_path" ] && [ -r "$folder/$1.jsa" ]; then
      archive=$folder/$1.jsa
      return
    fi
  done
  if [ -w "$home/lib" ] && { [ -w "$archives" ] || [ -w "${archives%/*}" ]; }; then
    folder=$archives/$build
  elif [ -w "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}" ]; then
    folder=${XDG_CACHE_HOME:-$HOME/.cache}/agenttower-class-data/$build
  else
    return
  fi
  [ ! -e "$folder.tried" ] || return 0
  JAVA_HOME=$jdk sh "$home/lib/make-class-data" "$home" "$extra" "$folder" </dev/null >/dev/null 2>&1 &
}

launch() {
  program=$1
  shift
  # The JVM cannot start in a folder that was removed, as that of a git worktree often is.
  [ . -ef "${PWD:-}" ] || [ -d "$(pwd -P 2>/dev/null)" ] || fail 'the working folder was removed: change to another one'
  # The first file that the JVM opens would become its stdin.
  [ -e /proc/self/fd/0 ] || [ ! -e /proc/self/fd ] || exec </dev/null
  # The JVM would announce these on stderr, where scripts expect nothing.
  unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS
  # In the charset of its locale the JVM reads arguments and names files, and the charset is ASCII where the locale is not installed,
  # whatever its name says. The programs speak English, and give what they start for the user the user's own LC_ALL.
  own_locale=${LC_ALL-}
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*)
      # Some systems have only locales of countries.
      if [ -e /usr/lib/locale/C.utf8 ] || [ -e /usr/lib/locale/C.UTF-8 ]; then export LC_ALL=C.UTF-8; fi
      ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
  find_java
  find_class_path
  find_options "$program"
  if [ "$program" = panel ]; then
    find_archive agenttower
    add_panel
    [ ! -r "${archive%/*}/panel.jsa" ] || archive=$archive:${archive%/*}/panel.jsa
  else
    find_archive "$program"
  fi
  set -- -cp "$class_path" "-Dagenttower.home=$home" "-Dagenttower.bin=$bin" "-Dagenttower.locale=$own_locale" "$main" "$@"
  [ -z "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" "$@"
  if [ "$program" = agenttowerd ]; then
    export MALLOC_ARENA_MAX=2
    cd /
  fi
  # shellcheck disable=SC2086 # the options hold no blanks of their own
  exec "$java" $options "$@"
}
