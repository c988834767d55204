package dev.clawhold.linux;

import static dev.clawhold.linux.SyscallFilter.allow;
import static dev.clawhold.linux.SyscallFilter.equal;
import static dev.clawhold.linux.SyscallFilter.fail;
import static dev.clawhold.linux.SyscallFilter.load;
import static dev.clawhold.linux.SyscallFilter.mask;

import java.util.List;

/// Which sockets a workload may make (`socket(2)`):
///
/// - UNIX stream and seqpacket: a datagram names its peer in memory that no filter sees;
/// - INET and INET6 with protocol 0, ICMP, TCP, UDP or ICMPv6: MPTCP, SCTP and SMC would pass
///   Landlock's TCP rights by;
/// - NETLINK with protocol ROUTE: what programs use to look at interfaces;
/// - nothing else: VSOCK belongs to no network namespace, ALG and PACKET are kernel surface.
public final class SocketRules {
    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int NETLINK = 16;
    private static final int DATAGRAM = 2;
    private static final int TYPE_MASK = 15;

    private SocketRules() {}

    /// The rules; there is one set of them.
    public static SocketRules strict() {
        return new SocketRules();
    }

    List<int[]> body() {
        return List.of(
                load(0),
                equal(UNIX, 4, 0),
                equal(NETLINK, 8, 0),
                equal(INET, 9, 0),
                equal(INET6, 8, 0),
                fail(Errno.EAFNOSUPPORT),
                // 6: UNIX
                load(1),
                mask(TYPE_MASK),
                equal(DATAGRAM, 0, 1),
                fail(Errno.EACCES),
                allow(),
                // 11: NETLINK
                load(2),
                equal(0, 7, 6),
                // 13: INET
                load(2),
                equal(0, 5, 0),
                equal(1, 4, 0),
                equal(6, 3, 0),
                equal(17, 2, 0),
                equal(58, 1, 0),
                fail(Errno.EPROTONOSUPPORT),
                allow());
    }

    String words() {
        return "UNIX stream and seqpacket, INET and INET6 with TCP, UDP and ICMP, NETLINK_ROUTE";
    }
}
