# What connect.sh and tunnel.sh share: a sandbox that may reach one name. POSIX sh.
. "$(dirname -- "$0")/java.sh"

python=$(readlink -f /usr/bin/python3)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/inside"
cp "$here/client.py" "$work/inside/"
cat >"$work/policy.yaml" <<POLICY
version: 1
filesystem_policy: {include_workdir: true}
network_policies:
  bench:
    endpoints: [{host: bench.test, port: 7000}]
    binaries: [$python]
POLICY

# $1: connect or tunnel. $2: the number of turns.
egress() {
    : >"$work/table"
    measure EgressRace "$1" "$work/table" "$2" "$python" "$work/inside/client.py" \
        -- "$root/clawhold" run --policy "$work/policy.yaml" --workdir "$work/inside" \
        --audit "$work/audit.jsonl" --resolve bench.test:7000:127.0.0.1:ORIGIN --
    cat "$work/table"
}
