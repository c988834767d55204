package dev.clawhold.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A `struct sockaddr` of the families that a workload can use (`ip(7)`, `ipv6(7)`, `unix(7)`).
public sealed interface SocketAddress {
    int UNSPECIFIED = 0;
    int UNIX = 1;
    int INET = 2;
    int INET6 = 10;
    int NETLINK = 16;

    /// IPv4 or IPv6: 4 or 16 bytes in network order, and a port from 0 to 65535.
    final class Inet implements SocketAddress {
        private static final byte[] V4_LOOPBACK = {127, 0, 0, 1};
        private static final byte[] V6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        private static final byte[] MAPPED_LOOPBACK = {
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1
        };

        private final byte[] address;
        private final int port;

        public Inet(byte[] address, int port) {
            this.address = address.clone();
            this.port = port;
        }

        /// 127.0.0.1
        public static Inet loopback4(int port) {
            return new Inet(V4_LOOPBACK, port);
        }

        /// `::1`
        public static Inet loopback6(int port) {
            return new Inet(V6_LOOPBACK, port);
        }

        /// `::ffff:127.0.0.1`: how an IPv6 socket speaks to an IPv4 listener.
        public static Inet loopbackMapped(int port) {
            return new Inet(MAPPED_LOOPBACK, port);
        }

        public byte[] address() {
            return address.clone();
        }

        public int port() {
            return port;
        }

        @Override
        public byte[] encode() {
            var out =
                    ByteBuffer.allocate(address.length == 4 ? 16 : 28)
                            .order(ByteOrder.nativeOrder());
            out.putShort((short) (address.length == 4 ? INET : INET6));
            out.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
            out.position(address.length == 4 ? 4 : 8);
            return out.put(address).array();
        }
    }

    /// A path in the file system, or, beginning with NUL, an abstract name.
    record Unix(String path) implements SocketAddress {
        public boolean isAbstract() {
            return path.isEmpty() || path.charAt(0) == 0;
        }

        @Override
        public byte[] encode() {
            var name = path.getBytes(StandardCharsets.UTF_8);
            // A path ends with NUL; in an abstract name it would be one more character (unix(7)).
            int end = isAbstract() ? 0 : 1;
            var out = ByteBuffer.allocate(2 + name.length + end).order(ByteOrder.nativeOrder());
            return out.putShort((short) UNIX).put(name).array();
        }
    }

    /// Any other family.
    record Other(int family) implements SocketAddress {
        @Override
        public byte[] encode() {
            var out = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            return out.putShort((short) family).array();
        }
    }

    /// The bytes that the kernel takes.
    byte[] encode();

    /// What the bytes say; too few of them are another family's.
    static SocketAddress decode(byte[] bytes) {
        if (bytes.length < 2) {
            return new Other(-1);
        }
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int family = in.getShort() & 0xFFFF;
        if (family == INET && bytes.length >= 8) {
            return new Inet(Arrays.copyOfRange(bytes, 4, 8), port(bytes));
        }
        if (family == INET6 && bytes.length >= 24) {
            return new Inet(Arrays.copyOfRange(bytes, 8, 24), port(bytes));
        }
        if (family == UNIX) {
            int start = 2;
            int end = start;
            boolean named = bytes.length > start && bytes[start] != 0;
            while (end < bytes.length && (!named || bytes[end] != 0)) {
                end++;
            }
            return new Unix(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
        return new Other(family);
    }

    private static int port(byte[] bytes) {
        return ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
    }

    /// What the first bytes of a segment say.
    static SocketAddress decode(MemorySegment segment, int length) {
        return decode(segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }
}
