package dev.clawhold.policy.host;

import java.util.Locale;
import java.util.Optional;

/// Reads hosts as one canonical form, whatever the client wrote.
final class HostText {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private HostText() {}

    static Optional<Host> parse(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]") && text.indexOf(':') > 0
                    ? address(text.substring(1, text.length() - 1))
                    : Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return address(text);
        }
        var name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty() || name.length() > LONGEST_NAME || !isAscii(name)) {
            return Optional.empty();
        }
        if (isNumeric(name.substring(name.lastIndexOf('.') + 1))) {
            return name.length() == text.length() ? address(text) : Optional.empty();
        }
        return name(name.toLowerCase(Locale.ROOT));
    }

    private static Optional<Host> address(String text) {
        return IpAddress.parse(text).map(Host.Address::new);
    }

    /// Asked before letter case is dropped: the sign for kelvin has `k` as its small letter.
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static Optional<Host> name(String name) {
        for (var label : name.split("\\.", -1)) {
            if (!isLabel(label)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Host.Name(name));
    }

    /// Whether a last label makes some resolvers read the whole as a number.
    private static boolean isNumeric(String label) {
        boolean hex = label.startsWith("0x") || label.startsWith("0X");
        return hex || label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLabel(String label) {
        boolean plain =
                !label.isEmpty()
                        && label.length() <= LONGEST_LABEL
                        && label.chars().allMatch(HostText::isNameCharacter);
        return plain && (!label.startsWith("xn--") || Punycode.decodes(label.substring(4)));
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
