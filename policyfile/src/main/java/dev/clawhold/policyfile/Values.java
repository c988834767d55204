package dev.clawhold.policyfile;

import dev.clawhold.policy.limit.Period;
import dev.clawhold.policy.limit.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The types of the language as text: YAML 1.2's core schema (§ 10.3.2) and our own units.
final class Values {
    private static final Map<String, Long> BYTES =
            Map.of(
                    "B", 1L,
                    "kB", 1_000L,
                    "MB", 1_000_000L,
                    "GB", 1_000_000_000L,
                    "KiB", 1L << 10,
                    "MiB", 1L << 20,
                    "GiB", 1L << 30);
    private static final Map<String, Duration> SPANS =
            Map.of(
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));

    /// The periods of a rate.
    static final Map<String, Period> PERIODS =
            Map.of(
                    "s", Period.SECOND,
                    "min", Period.MINUTE,
                    "h", Period.HOUR,
                    "day", Period.DAY,
                    "month", Period.MONTH);

    private Values() {}

    static Optional<Boolean> bool(Node.Scalar scalar) {
        if (!scalar.plain()) {
            return Optional.empty();
        }
        return switch (scalar.text()) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static OptionalLong whole(Node.Scalar scalar) {
        var text = scalar.text();
        if (!scalar.plain()) {
            return OptionalLong.empty();
        }
        if (text.startsWith("0x")) {
            return digits(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return digits(text.substring(2), 8);
        }
        boolean minus = text.startsWith("-");
        var value = digits(minus || text.startsWith("+") ? text.substring(1) : text, 10);
        return minus && value.isPresent() ? OptionalLong.of(-value.getAsLong()) : value;
    }

    private static OptionalLong digits(String text, int radix) {
        boolean digits =
                !text.isEmpty()
                        && text.length() <= 15
                        && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
        return digits ? OptionalLong.of(Long.parseLong(text, radix)) : OptionalLong.empty();
    }

    static OptionalDouble number(Node.Scalar scalar) {
        var text = scalar.text();
        boolean decimal =
                scalar.plain()
                        && text.length() <= 20
                        && text.chars().anyMatch(c -> c >= '0' && c <= '9')
                        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
                        && text.indexOf('.') == text.lastIndexOf('.');
        return decimal ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    /// Bytes, from a whole number and a unit.
    static OptionalLong size(String text) {
        int unit = unitAt(text);
        var bytes = Optional.ofNullable(BYTES.get(text.substring(unit)));
        var amount = digits(text.substring(0, unit), 10);
        return bytes.isPresent() && amount.isPresent() && amount.getAsLong() < 1L << 32
                ? OptionalLong.of(amount.getAsLong() * bytes.get())
                : OptionalLong.empty();
    }

    static Optional<Duration> duration(String text) {
        int unit = unitAt(text);
        var amount = digits(text.substring(0, unit), 10);
        return Optional.ofNullable(SPANS.get(text.substring(unit)))
                .filter(_ -> amount.isPresent() && amount.getAsLong() < 1L << 32)
                .map(span -> span.multipliedBy(amount.getAsLong()));
    }

    private static int unitAt(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /// A moment, from RFC 3339 with an offset.
    static Optional<Instant> time(String text) {
        if (text.length() < "2026-12-31T18:00:00Z".length() || text.charAt(16) != ':') {
            return Optional.empty(); // Java would do without the seconds
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /// A rate, from `amount/period`.
    ///
    /// @param bytes whether the amount is a size, not a count
    static Optional<Rate> rate(String text, boolean bytes) {
        int slash = text.indexOf('/');
        var period = Optional.ofNullable(PERIODS.get(text.substring(slash + 1)));
        var digits = text.substring(0, Math.max(slash, 0));
        var amount = bytes ? size(digits) : digits(digits, 10);
        return period.filter(_ -> amount.isPresent()).map(p -> new Rate(amount.getAsLong(), p));
    }

    static boolean isSha256(String text) {
        return text.length() == 64
                && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }
}
