# Read by the launchers beside it, which set self to their path: finds the built distribution and the jar of the tests' own programs.
module=$(CDPATH='' cd -P -- "${self%/*}/.." && pwd -P) || exit 1
home=${module%/*}/app-daemon/target/agenttower
if ! [ -r "$home/lib/launch.sh" ]; then
  echo "error: $home is not built: run \`mvn package\` at the root of the clone" >&2
  exit 1
fi
bin=$module/bin
archives=$module/target/class-data
extra=$(echo "$module"/target/contract-tests-*-programs.jar)
. "$home/lib/launch.sh"
