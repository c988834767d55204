package dev.clawhold.policy.host;

import java.util.Arrays;
import java.util.Optional;

/// Addresses from and to text: dotted decimal without leading zeros, RFC 4291 § 2.2 with the
/// canonical form of RFC 5952 § 4 on the way out. Zone ids are refused.
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    private static Optional<IpAddress> parseV4(String text) {
        var bytes = new byte[4];
        return readV4(text, bytes, 0) ? Optional.of(IpAddress.of(bytes)) : Optional.empty();
    }

    private static boolean readV4(String text, byte[] into, int at) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            int value = octet(parts[i]);
            if (value < 0) {
                return false;
            }
            into[at + i] = (byte) value;
        }
        return true;
    }

    /// The value of one decimal part, or -1.
    private static int octet(String part) {
        if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            int digit = part.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > 255 ? -1 : value;
    }

    private static Optional<IpAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            var bytes = groups(text);
            return bytes.length == 16 ? Optional.of(IpAddress.of(bytes)) : Optional.empty();
        }
        var left = groups(text.substring(0, gap));
        var right = groups(text.substring(gap + 2));
        boolean malformed =
                (left.length == 0 && gap > 0)
                        || (right.length == 0 && gap + 2 < text.length())
                        || left.length + right.length > 14;
        int dot = text.indexOf('.');
        if (malformed || (dot >= 0 && dot < gap)) {
            return Optional.empty();
        }
        var bytes = Arrays.copyOf(left, 16);
        for (int i = 0; i < right.length; i++) {
            bytes[16 - right.length + i] = right[i];
        }
        return Optional.of(IpAddress.of(bytes));
    }

    /// The bytes of colon-separated groups, the last of which may be dotted decimal; none if the
    /// text is empty or malformed.
    private static byte[] groups(String text) {
        var parts = text.split(":", -1);
        if (text.isEmpty() || parts.length > GROUPS) {
            return new byte[0];
        }
        boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
        var bytes = new byte[2 * parts.length + (dotted ? 2 : 0)];
        int hex = dotted ? parts.length - 1 : parts.length;
        for (int i = 0; i < hex; i++) {
            int value = group(parts[i]);
            if (value < 0) {
                return new byte[0];
            }
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        if (dotted && !readV4(parts[hex], bytes, 2 * hex)) {
            return new byte[0];
        }
        return bytes;
    }

    /// The value of one group of up to four hexadecimal digits, or -1.
    private static int group(String part) {
        if (part.isEmpty() || part.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    static String format(byte[] bytes) {
        if (bytes.length == 4) {
            return (bytes[0] & 255)
                    + "."
                    + (bytes[1] & 255)
                    + "."
                    + (bytes[2] & 255)
                    + "."
                    + (bytes[3] & 255);
        }
        return formatV6(bytes);
    }

    private static String formatV6(byte[] bytes) {
        int start = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(bytes, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        if (length < 2) {
            return join(bytes, 0, GROUPS);
        }
        return join(bytes, 0, start) + "::" + join(bytes, start + length, GROUPS);
    }

    private static int zeros(byte[] bytes, int group) {
        int end = group;
        while (end < GROUPS && bytes[2 * end] == 0 && bytes[2 * end + 1] == 0) {
            end++;
        }
        return end - group;
    }

    private static String join(byte[] bytes, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            int value = ((bytes[2 * i] & 255) << 8) | (bytes[2 * i + 1] & 255);
            text.append(i > from ? ":" : "").append(Integer.toHexString(value));
        }
        return text.toString();
    }
}
