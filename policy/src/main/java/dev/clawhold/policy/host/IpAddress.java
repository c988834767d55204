package dev.clawhold.policy.host;

import java.util.Arrays;
import java.util.Optional;

/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (`::ffff:a.b.c.d`, RFC 4291 § 2.5.5.2) is
/// the IPv4 address that it carries.
public final class IpAddress {
    private static final byte[] NAT64 = {0, 0x64, -1, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The address with these bytes.
    ///
    /// @param bytes 4 or 16, in network order
    public static IpAddress of(byte... bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        }
        return new IpAddress(isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes.clone());
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// The address that a text spells: dotted decimal without leading zeros, or RFC 4291 § 2.2
    /// without brackets and zone id; empty for anything else.
    public static Optional<IpAddress> parse(String text) {
        return IpText.parse(text);
    }

    public boolean isV4() {
        return bytes.length == 4;
    }

    /// A copy of the 4 or 16 bytes, in network order.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The IPv4 address that this one carries through a translator (64:ff9b::/96, RFC 6052) or a
    /// tunnel (2002::/16, RFC 3056), else this one.
    public IpAddress effective() {
        if (isV4()) {
            return this;
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return new IpAddress(Arrays.copyOfRange(bytes, 2, 6));
        }
        boolean translated = Arrays.equals(bytes, 0, 12, NAT64, 0, 12);
        return translated ? new IpAddress(Arrays.copyOfRange(bytes, 12, 16)) : this;
    }

    /// Whether the leading bits are those of the range, without regard to what the address carries.
    boolean within(Cidr range) {
        var network = range.network().bytes;
        if (network.length != bytes.length) {
            return false;
        }
        int whole = range.prefix() / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int rest = range.prefix() % 8;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 255) >> (8 - rest) == 0;
    }

    /// The address whose bits after the first `prefix` are zero.
    IpAddress truncated(int prefix) {
        var kept = bytes.clone();
        for (int i = 0; i < kept.length; i++) {
            int bits = Math.clamp(prefix - 8L * i, 0, 8);
            kept[i] &= (byte) (0xff00 >> bits);
        }
        return new IpAddress(kept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The canonical text: dotted decimal, or RFC 5952 § 4.
    @Override
    public String toString() {
        return IpText.format(bytes);
    }
}
