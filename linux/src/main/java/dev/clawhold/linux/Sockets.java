package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Socket calls on plain descriptors (`socket(7)`). Results are the kernel's: −errno on failure.
public final class Sockets {
    public static final int STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ERROR = 4;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SO_LINGER = 13;
    private static final int IPPROTO_IP = 0;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int F_GETFL = 3;
    private static final int O_NONBLOCK = 0x800;
    private static final int MSG_PEEK = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int ADDRESS_SIZE = 128;
    private static final int SHUT_WR = 1;

    private Sockets() {}

    /// A socket's nature; fields are −errno where the descriptor is none.
    public record Kind(int domain, int type, int protocol) {
        /// Whether it carries TCP.
        public boolean isTcp() {
            return type == STREAM && (protocol == IPPROTO_TCP || protocol == 0);
        }
    }

    /// What a descriptor's socket is.
    public static Kind kind(int socket) {
        return new Kind(
                option(socket, SOL_SOCKET, SO_DOMAIN),
                option(socket, SOL_SOCKET, SO_TYPE),
                option(socket, SOL_SOCKET, SO_PROTOCOL));
    }

    /// A new non-blocking TCP socket.
    ///
    /// @param family [SocketAddress#INET] or [SocketAddress#INET6]
    public static int tcp(int family) {
        int socket = (int) Kernel.attempt(SystemCall.SOCKET, family, STREAM | NONBLOCK_CLOEXEC, 0);
        if (socket >= 0) {
            option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
        }
        return socket;
    }

    /// Takes the next connection of a listener, non-blocking, without delay of small segments.
    public static int accept(int listener) {
        int socket = (int) Kernel.attempt(SystemCall.ACCEPT4, listener, 0, 0, NONBLOCK_CLOEXEC);
        if (socket >= 0) {
            option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
        }
        return socket;
    }

    public static int connect(int socket, SocketAddress address) {
        try (var arena = Arena.ofConfined()) {
            var bytes = bytes(arena, address);
            return (int)
                    Kernel.attempt(SystemCall.CONNECT, socket, bytes.address(), bytes.byteSize());
        }
    }

    public static int bind(int socket, SocketAddress address) {
        try (var arena = Arena.ofConfined()) {
            var bytes = bytes(arena, address);
            return (int) Kernel.attempt(SystemCall.BIND, socket, bytes.address(), bytes.byteSize());
        }
    }

    /// Makes a bind choose its port at once, not at the connect.
    public static void bindChoosesPort(int socket) {
        option(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 0);
    }

    /// Whether an IPv6 socket cannot speak to IPv4 addresses.
    public static boolean isV6Only(int socket) {
        return option(socket, IPPROTO_IPV6, IPV6_V6ONLY) > 0;
    }

    /// Whether calls on the socket return at once.
    public static boolean isNonBlocking(int socket) {
        long flags = Kernel.attempt(SystemCall.FCNTL, socket, F_GETFL, 0);
        return flags >= 0 && (flags & O_NONBLOCK) != 0;
    }

    /// The socket's own port; −errno where it has none.
    public static int localPort(int socket) {
        return port(SystemCall.GETSOCKNAME, socket);
    }

    /// The port of the other side; −errno where there is none.
    public static int peerPort(int socket) {
        return port(SystemCall.GETPEERNAME, socket);
    }

    private static int port(SystemCall call, int socket) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocate(ADDRESS_SIZE, 8);
            var length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, ADDRESS_SIZE);
            long result = Kernel.attempt(call, socket, name.address(), length.address());
            if (result < 0) {
                return (int) result;
            }
            return SocketAddress.decode(name, length.get(JAVA_INT, 0))
                            instanceof SocketAddress.Inet inet
                    ? inet.port()
                    : -Errno.EAFNOSUPPORT.number();
        }
    }

    /// The pending error of a socket, cleared; 0: a non-blocking connect has succeeded.
    public static int error(int socket) {
        return option(socket, SOL_SOCKET, SO_ERROR);
    }

    /// Looks at received bytes and leaves them there.
    ///
    /// @return their number, 0 at the end of the stream, −errno
    public static int peek(int socket, OffHeap buffer) {
        return (int)
                Kernel.attempt(
                        SystemCall.RECVFROM,
                        socket,
                        buffer.address(),
                        buffer.size(),
                        MSG_PEEK | MSG_DONTWAIT,
                        0,
                        0);
    }

    public static int receive(int socket, OffHeap buffer) {
        return (int)
                Kernel.attempt(
                        SystemCall.RECVFROM,
                        socket,
                        buffer.address(),
                        buffer.size(),
                        MSG_DONTWAIT,
                        0,
                        0);
    }

    /// Sends what the socket takes; a peer that is gone raises no signal.
    public static int send(int socket, OffHeap buffer, long offset, long length) {
        return (int)
                Kernel.attempt(
                        SystemCall.SENDTO,
                        socket,
                        buffer.address() + offset,
                        length,
                        MSG_DONTWAIT | MSG_NOSIGNAL,
                        0,
                        0);
    }

    /// Says that nothing more will be sent.
    public static void endOutput(int socket) {
        Kernel.attempt(SystemCall.SHUTDOWN, socket, SHUT_WR);
    }

    /// Makes the next close an abort: the peer sees a reset, not an end of the stream.
    public static void abortOnClose(int socket) {
        try (var arena = Arena.ofConfined()) {
            var linger = arena.allocate(8, 4);
            linger.set(JAVA_INT, 0, 1);
            Kernel.attempt(
                    SystemCall.SETSOCKOPT, socket, SOL_SOCKET, SO_LINGER, linger.address(), 8);
        }
    }

    private static int option(int socket, int level, int option) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(JAVA_INT);
            var length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, 4);
            long result =
                    Kernel.attempt(
                            SystemCall.GETSOCKOPT,
                            socket,
                            level,
                            option,
                            value.address(),
                            length.address());
            return result < 0 ? (int) result : value.get(JAVA_INT, 0);
        }
    }

    private static void option(int socket, int level, int option, int value) {
        try (var arena = Arena.ofConfined()) {
            var place = arena.allocate(JAVA_INT);
            place.set(JAVA_INT, 0, value);
            Kernel.attempt(SystemCall.SETSOCKOPT, socket, level, option, place.address(), 4);
        }
    }

    private static MemorySegment bytes(Arena arena, SocketAddress address) {
        var encoded = address.encode();
        return arena.allocate(encoded.length, 8).copyFrom(MemorySegment.ofArray(encoded));
    }
}
