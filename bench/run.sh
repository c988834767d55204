#!/bin/sh
# Whole commands: `clawhold run -- true` against its peers, each with a warm disk cache.
# usage: [SRT=.../node_modules/.bin/srt] bench/run.sh [ROUNDS]
# SRT names Anthropic's sandbox-runtime (`npm install @anthropic-ai/sandbox-runtime`), which needs
# socat and ripgrep; without it that line is missing.
set -eu
. "$(dirname -- "$0")/java.sh"
rounds=${1:-60}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
state="XDG_STATE_HOME=$work/state"
mkdir "$work/inside" # not this tree: Clawhold keeps its own files out of a workload's reach
cd "$work/inside"

cat >"$work/srt.json" <<'JSON'
{
  "network": {"allowedDomains": ["example.com"], "deniedDomains": []},
  "filesystem": {"denyRead": [], "allowWrite": ["."], "denyWrite": []}
}
JSON

env "$state" "$root/clawhold" run -- true # builds, and makes the AOT cache, where they are missing

# What ./clawhold makes of it in the end: a JDK that only prints its arguments, one a line.
mkdir -p "$work/jdk/bin"
cp "$JAVA_HOME/release" "$work/jdk/"
ln -s "$JAVA_HOME/bin/javac" "$work/jdk/bin/"
printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >"$work/jdk/bin/java"
chmod +x "$work/jdk/bin/java"
JAVA_HOME=$work/jdk "$root/clawhold" run -- true >"$work/arguments"

set --
if [ -n "${SRT:-}" ]; then
    set -- "$@" vs sandbox-runtime /usr/bin/env HOME="$HOME" PATH="$PATH" \
        "$(readlink -f "$SRT")" --settings "$work/srt.json" true
fi
set -- "$@" vs bubblewrap /usr/bin/env bwrap --ro-bind / / --proc /proc --dev /dev --unshare-all \
    --die-with-parent true
set -- "$@" vs '`clawhold run -- true`' /usr/bin/env HOME="$HOME" PATH="$PATH" "$state" \
    JAVA_HOME="$JAVA_HOME" "$root/clawhold" run -- true
set -- "$@" vs 'the same without the script' /usr/bin/env HOME="$HOME" PATH="$PATH" "$state" \
    "$JAVA_HOME/bin/java"
while IFS= read -r argument; do set -- "$@" "$argument"; done <"$work/arguments"
set -- "$@" vs '`java -version`' /usr/bin/env "$JAVA_HOME/bin/java" -XX:+UseSerialGC \
    -XX:TieredStopAtLevel=1 -XX:-UsePerfData -version
race "$rounds" "$@" 2>/dev/null
