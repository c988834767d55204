# What ./build and ./clawhold share: find the tools, know what is built. POSIX sh.
# The caller sets `me` (its name in messages), `failed` (its exit status for a failure) and `root`.

dist=$root/app/target/dist
lib=$dist/lib         # every jar that the program needs
started=$dist/started # its time: no source changed before it is missing in the jars
id=$dist/id           # its text: the hash of the jars

# Prints an error and its mend, and ends.
fail() {
    printf '%s: %s\n' "$me" "$1" >&2
    [ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2
    exit "$failed"
}

# Sets `version` (25.0.3) and `major` (25) of the JDK at $1. Reads a file; starts nothing.
read_version() {
    version='' major=0
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        [ "$key" = JAVA_VERSION ] || continue
        version=${value#\"} version=${version%\"} major=${version%%[!0-9]*}
        return 0
    done <"$1/release"
    return 1
}

# Is there a JDK at $1 that is new enough? One that is too old is kept for the message.
suits() {
    read_version "$1" || return 1
    [ "$major" -lt 25 ] || return 0
    case $too_old in *"$1 is"*) ;; *) too_old="${too_old:+$too_old, }$1 is $version" ;; esac
    return 1
}

# Exports JAVA_HOME and sets `version`: JAVA_HOME if it suits, else the `java` on PATH, else the
# newest below /usr/lib/jvm. Costs a process only where `java` on PATH stands somewhere else.
find_jdk() {
    too_old='' chosen='' best=0
    if [ -n "${JAVA_HOME:-}" ] && suits "$JAVA_HOME"; then
        export JAVA_HOME
        return
    fi
    on_path=$(command -v java) || on_path=''
    for home in /usr/lib/jvm/*; do
        [ -L "$home" ] || ! [ "$on_path" -ef "$home/bin/java" ] || on_path=$home/bin/java
        if [ -L "$home" ] || ! suits "$home" || [ "$major" -le "$best" ]; then continue; fi
        best=$major chosen=$home
    done
    if [ -n "$on_path" ]; then
        [ ! -L "$on_path" ] || on_path=$(readlink -f "$on_path")
        ! suits "${on_path%/bin/java}" || chosen=${on_path%/bin/java}
    fi
    [ -n "$chosen" ] || fail \
        "cannot start: no JDK 25 or newer in JAVA_HOME, on PATH or below /usr/lib/jvm${too_old:+: $too_old}" \
        'install one (`apt-get install openjdk-25-jdk-headless`, `dnf install java-25-openjdk-devel`, or adoptium.net) or set JAVA_HOME to it'
    export JAVA_HOME="$chosen"
    read_version "$chosen"
}

# Ends with a hint unless there is a Maven that can build this.
find_maven() {
    mend='install Maven 3.8.7 or newer (`apt-get install maven`, `dnf install maven`)'
    command -v mvn >/dev/null || fail 'cannot build: `mvn` is not on PATH' "$mend"
    found=$(mvn --version 2>/dev/null </dev/null) || fail 'cannot build: `mvn --version` fails' "$mend"
    found=${found#*Apache Maven } found=${found%%[!0-9.]*}
    oldest=$(printf '%s\n3.8.7\n' "$found" | sort -V | head -n 1)
    [ "$oldest" = 3.8.7 ] || fail "cannot build: Maven ${found:-of unknown version} is too old" "$mend"
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" # else it warns of itself
}

# Waits until nobody else works in directory $1. The lock ends with the process, or `exec 9<&-`.
lock() {
    command -v flock >/dev/null || fail 'cannot build: `flock` is not on PATH' 'install util-linux'
    exec 9<"$1"
    flock 9
}

# Sets `since` to the file whose time says what the jars contain: `started`, unless Maven has made
# newer jars by hand. Sets `changed` to a source newer than that, if there is one.
built() {
    since=$id changed=''
    for jar in "$lib"/clawhold-*.jar; do
        if [ "$jar" -nt "$since" ] || [ ! -e "$since" ]; then since=$jar; fi
    done
    [ "$since" != "$id" ] || since=$started
    [ -e "$since" ] && [ -e "$jar" ] || return 1
    changed=$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$since" -print -quit)
    [ -z "$changed" ]
}

# Writes down what the jars are, after a build. Their times are part of it, because the JVM compares those too.
# $1: the file whose time is to be that of the build.
seal() {
    touch -r "$1" "$started"
    (cd "$lib" && { sha256sum ./*.jar && stat -c '%n %Y' ./*.jar; } | sha256sum | cut -c 1-32) >"$id.new"
    mv "$id.new" "$id"
    since=$started
}
