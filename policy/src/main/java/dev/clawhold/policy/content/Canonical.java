package dev.clawhold.policy.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The canonical text of a JSON value (RFC 8785): no white space, keys sorted by their UTF-16
/// units, numbers as ECMAScript writes doubles. Equal values have equal texts, so a hash of the
/// text's UTF-8 form stands for the value.
public final class Canonical {
    private final StringBuilder out = new StringBuilder();
    private boolean finite = true;

    private Canonical() {}

    /// The canonical text, or empty if a number is beyond the range of a double, which RFC 8785
    /// cannot write.
    ///
    /// @param value no deeper than [Json] reads, or the call may run out of stack
    public static Optional<String> text(JsonValue value) {
        var canonical = new Canonical();
        canonical.write(value);
        return canonical.finite ? Optional.of(canonical.out.toString()) : Optional.empty();
    }

    private void write(JsonValue value) {
        switch (value) {
            case JsonValue.Text(var text) -> string(text);
            case JsonValue.Numeral(var text) -> number(text);
            case JsonValue.Bool(var bool) -> out.append(bool);
            case JsonValue.Null() -> out.append("null");
            case JsonValue.Items(var values) -> items(values);
            case JsonValue.Fields(var members) -> fields(members);
        }
    }

    private void number(String text) {
        double value = Double.parseDouble(text);
        finite &= Double.isFinite(value);
        out.append(finite ? EcmaNumber.text(value) : "");
    }

    private void items(List<JsonValue> values) {
        out.append('[');
        String before = "";
        for (var value : values) {
            out.append(before);
            write(value);
            before = ",";
        }
        out.append(']');
    }

    private void fields(Map<String, JsonValue> members) {
        out.append('{');
        String before = "";
        for (var member : new TreeMap<>(members).entrySet()) {
            out.append(before);
            string(member.getKey());
            out.append(':');
            write(member.getValue());
            before = ",";
        }
        out.append('}');
    }

    /// RFC 8785 § 3.2.2.2: only what must be escaped is, in the shortest way.
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\b\f\n\r\t".indexOf(c);
            if (escape >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(escape));
            } else if (c < ' ') {
                out.append("\\u00").append(c >> 4).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /// Doubles as ECMAScript writes them (ECMA-262, `Number::toString` with radix 10).
    private static final class EcmaNumber {
        private EcmaNumber() {}

        /// The shortest digits that mean this double, nearest to it where several are that short.
        ///
        /// @param value finite
        static String text(double value) {
            if (value == 0) {
                return "0"; // also for -0
            }
            var sign = value < 0 ? "-" : "";
            return sign + positive(Math.abs(value));
        }

        private static String positive(double value) {
            var text = Double.toString(value);
            int e = text.indexOf('E');
            var mantissa = e < 0 ? text : text.substring(0, e);
            int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
            int dot = mantissa.indexOf('.');
            var digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
            int zeros = 0;
            while (digits.charAt(zeros) == '0') {
                zeros++;
            }
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            int point = dot - zeros + exponent;
            return shortest(value, digits.substring(zeros, end), point);
        }

        /// Java writes two digits where one would do (4.9E-324); ECMAScript writes one.
        ///
        /// @param point where the decimal point stands, counted from the first digit
        private static String shortest(double value, String digits, int point) {
            if (digits.length() == 2) {
                // INVARIANT: the second digit is not 5 where one digit would do, so this is
                // nearest.
                int one = digits.charAt(0) - '0' + (digits.charAt(1) >= '5' ? 1 : 0);
                if (Double.parseDouble(one + "e" + (point - 1)) == value) {
                    return one == 10 ? layout("1", point + 1) : layout(String.valueOf(one), point);
                }
            }
            return layout(digits, point);
        }

        private static String layout(String digits, int point) {
            int count = digits.length();
            if (point > 21 || point < -5) {
                var fraction = count == 1 ? "" : "." + digits.substring(1);
                int exponent = point - 1;
                return digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
            }
            if (point >= count) {
                return digits + "0".repeat(point - count);
            }
            if (point > 0) {
                return digits.substring(0, point) + "." + digits.substring(point);
            }
            return "0." + "0".repeat(-point) + digits;
        }
    }
}
