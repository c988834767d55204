#!/bin/sh
# The start of a sandbox, warm: from the process's start to the end of /bin/true in it.
# usage: bench/start.sh [ROUNDS]; as root and as an ordinary user
set -eu
. "$(dirname -- "$0")/java.sh"
work=$(mktemp -d)
trap 'rmdir "$work"' EXIT
cd "$work" # the sandbox's working directory

race "${1:-300}" vs fork+exec /bin/true \
    vs bubblewrap /usr/bin/bwrap --ro-bind / / --proc /proc --dev /dev --unshare-all \
    --die-with-parent /bin/true \
    vs 'Clawhold, launch image' launch-image \
    vs 'the same without certificates' launch-image bare \
    vs unshare /usr/bin/unshare ${user+-r} -mpfniu --mount-proc /bin/true
