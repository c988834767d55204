package dev.clawhold.policy.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {

    /// RFC 8785 appendix B.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void doublesAreWrittenAsRfc8785Says(String bits, String text) {
        double value = Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits));
        assertThat(canonical(Double.toString(value))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1, -1",
        "1.0, 1",
        "1e2, 100",
        "100, 100",
        "1.5e1, 15",
        "12.50, 12.5",
        "0.1, 0.1",
        "0.01, 0.01",
        "1E-6, 0.000001",
        "1E-7, 1e-7",
        "1.25E-7, 1.25e-7",
        "0.00000123, 0.00000123",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "12e20, 1.2e+21",
        "1.25e21, 1.25e+21",
        "123456789012345678901, 123456789012345680000",
        "2e-323, 2e-323",
        "9.9e-324, 1e-323",
        "1.5e-323, 1.5e-323",
        "2.5e-323, 2.5e-323",
        "4.5, 4.5",
        "99, 99",
        "9.5e100, 9.5e+100",
        "1e-400, 0",
        "-1e-400, 0",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "2e23, 2e+23",
        "9007199254740993, 9007199254740992",
        "0.000000000000000000000000000000000000000000000000000001, 1e-54"
    })
    void equalNumbersHaveOneText(String number, String text) {
        assertThat(canonical(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "[1,{\"a\":2e400},3]", "1.8e308"})
    void aNumberBeyondDoublesHasNoCanonicalText(String json) {
        assertThat(Canonical.text(read(json))).isEmpty();
    }

    @Test
    void anIntegerOfAThousandDigitsHasNoCanonicalText() {
        assertThat(Canonical.text(read("9".repeat(1000)))).isEmpty();
        assertThat(Canonical.text(read("0." + "3".repeat(1000)))).hasValue("0.3333333333333333");
    }

    @Test
    void aTextMeansItsDouble() {
        var random = new SplittableRandom(8785);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                var text = canonical(Double.toString(value));
                assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
                assertThat(digits(text)).as(text).isLessThanOrEqualTo(digits(value + ""));
            }
        }
    }

    /// How many digits a number has between its outer zeros, without an exponent.
    private static int digits(String number) {
        var mantissa = number.toLowerCase(Locale.ROOT).split("e", 2)[0];
        var digits = mantissa.replace(".", "").replace("-", "");
        int from = 0;
        int to = digits.length();
        while (from < to && digits.charAt(from) == '0') {
            from++;
        }
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        return to - from;
    }

    /// The example of RFC 8785 § 3.2.3: the order of keys is that of UTF-16 units.
    @Test
    void keysAreSortedByUtf16Units() {
        var json =
                "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter"
                        + " Dalet With Dagesh\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning"
                        + " Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin Small Letter O With"
                        + " Diaeresis\"}";
        assertThat(canonical(json))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":"
                                + "\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                                + "\"😀\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet"
                                + " With Dagesh\"}");
    }

    @Test
    void stringsAreEscapedInTheShortestWay() {
        assertThat(
                        canonical(
                                "\"\\u0000\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u000f\\u001f"
                                        + "\\u0022\\u005c\\/\\u007f\\u00e9\\u2028\""))
                .isEqualTo("\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u000f\\u001f\\\"\\\\/\u007fé\u2028\"");
    }

    @Test
    void whiteSpaceAndOrderDoNotCount() {
        assertThat(canonical(" { \"b\" : [ 1 , true , null , false ] , \"a\" : { } } "))
                .isEqualTo("{\"a\":{},\"b\":[1,true,null,false]}");
        assertThat(canonical("[]")).isEqualTo("[]");
        assertThat(canonical("{\"a\":{\"z\":1,\"y\":2},\"B\":0}"))
                .isEqualTo("{\"B\":0,\"a\":{\"y\":2,\"z\":1}}");
    }

    private static String canonical(String json) {
        return Canonical.text(read(json)).orElseThrow();
    }

    private static JsonValue read(String json) {
        return switch (Json.read(json)) {
            case Json.Read.Good(var value) -> value;
            case Json.Read.Bad bad -> throw new AssertionError(bad.toString());
        };
    }
}
