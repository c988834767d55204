package dev.clawhold.policy.host;

/// Tells whether the part of a label behind `xn--` decodes (RFC 3492 § 6.2). The decoded text is
/// not needed: hosts are compared in their ASCII form.
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;

    private Punycode() {}

    /// Whether the text decodes.
    ///
    /// @param text lower-case letters, digits and hyphens
    static boolean decodes(String text) {
        int delimiter = text.lastIndexOf('-');
        int length = Math.max(delimiter, 0);
        int at = delimiter < 0 ? 0 : delimiter + 1;
        if (at == text.length()) {
            return false;
        }
        long codePoint = 128;
        long index = 0;
        int bias = 72;
        while (at < text.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? digit(text.charAt(at++)) : -1;
                if (digit < 0) {
                    return false;
                }
                index += digit * weight;
                int threshold = Math.clamp(k - (long) bias, T_MIN, T_MAX);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (index > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                    return false;
                }
            }
            length++;
            bias = adapt(index - before, length, before == 0);
            codePoint += index / length;
            index = index % length + 1;
            if (codePoint > Character.MAX_CODE_POINT || isSurrogate(codePoint)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSurrogate(long codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }

    private static int adapt(long delta, int length, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
    }
}
