# What the scripts share. POSIX sh.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=${here%/*}
me=bench failed=1
. "$root/.mvn/build.sh"
find_jdk
[ -d "$here/target/lib" ] || fail 'cannot measure: bench is not built' 'run ./build'
[ "$(id -u)" = 0 ] || user=1

# A main class of the module, with its arguments.
measure() {
    main=$1
    shift
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$here/target/lib/*" \
        "dev.clawhold.bench.$main" "$@"
}

# Programs against each other: the number of rounds, then `vs NAME COMMAND` for each.
race() {
    table=$(mktemp)
    measure StartRace "$table" "$@" </dev/null >/dev/null
    cat "$table"
    rm "$table"
}
