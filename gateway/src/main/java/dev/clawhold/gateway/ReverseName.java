package dev.clawhold.gateway;

import dev.clawhold.policy.host.IpAddress;
import java.util.Optional;

/// The names of reverse look-ups: `1.0.0.127.in-addr.arpa` (RFC 1035 § 3.5) and the 32 nibbles
/// below `ip6.arpa` (RFC 3596 § 2.5).
final class ReverseName {
    private static final String V4 = ".in-addr.arpa";
    private static final String V6 = ".ip6.arpa";

    private ReverseName() {}

    /// The address that a canonical name asks about; empty when it is no complete reverse name.
    static Optional<IpAddress> parse(String name) {
        if (name.endsWith(V4)) {
            return address(name.substring(0, name.length() - V4.length()).split("\\.", 5), 4, 10);
        }
        if (name.endsWith(V6)) {
            return address(name.substring(0, name.length() - V6.length()).split("\\.", 33), 32, 16);
        }
        return Optional.empty();
    }

    private static Optional<IpAddress> address(String[] labels, int count, int radix) {
        if (labels.length != count) {
            return Optional.empty();
        }
        var bytes = new byte[radix == 10 ? 4 : 16];
        for (int i = 0; i < count; i++) {
            int value = number(labels[count - 1 - i], radix);
            if (value < 0) {
                return Optional.empty();
            }
            int at = i * bytes.length / count;
            bytes[at] = (byte) (radix == 10 ? value : bytes[at] << 4 | value);
        }
        return Optional.of(IpAddress.of(bytes));
    }

    /// One decimal byte or hexadecimal digit; -1 if it is none.
    private static int number(String label, int radix) {
        if (label.isEmpty() || label.length() > (radix == 10 ? 3 : 1)) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < label.length(); i++) {
            int digit = Character.digit(label.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= 255 ? value : -1;
    }
}
