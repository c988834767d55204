package dev.clawhold.gateway;

import java.util.OptionalInt;

/// One sandbox's side of its gateway: descriptors that this process holds, and who is inside.
///
/// @param listener the filter's listener
/// @param tcp4 listens on 127.0.0.1 in the sandbox's network namespace; non-blocking
/// @param tcp6 listens on `::1` there, where the machine has IPv6; non-blocking
/// @param dnsUdp bound to 127.0.0.1 port 53 there; non-blocking
/// @param dnsTcp listens there; non-blocking
/// @param diagnosis a `NETLINK_SOCK_DIAG` socket of that namespace
/// @param init the sandbox's pid 1, as this process counts
/// @param uid the ids that the sandbox's processes have, as this process counts
public record SandboxSockets(
        int listener,
        int tcp4,
        OptionalInt tcp6,
        int dnsUdp,
        int dnsTcp,
        int diagnosis,
        int init,
        long uid,
        long gid) {}
