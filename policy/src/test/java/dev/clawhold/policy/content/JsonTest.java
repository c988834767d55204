package dev.clawhold.policy.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void eachKindOfValueIsRead() {
        assertThat(good(" {\"a\":[1,-0.5e+3,true,false,null],\n\"b\":\"x\",\r\t\"c\":{}} "))
                .isEqualTo(
                        new JsonValue.Fields(
                                Map.of(
                                        "a",
                                        new JsonValue.Items(
                                                List.of(
                                                        new JsonValue.Numeral("1"),
                                                        new JsonValue.Numeral("-0.5e+3"),
                                                        new JsonValue.Bool(true),
                                                        new JsonValue.Bool(false),
                                                        new JsonValue.Null())),
                                        "b",
                                        new JsonValue.Text("x"),
                                        "c",
                                        new JsonValue.Fields(Map.of()))));
        assertThat(good("[]")).isEqualTo(new JsonValue.Items(List.of()));
        assertThat(good("[ ]")).isEqualTo(new JsonValue.Items(List.of()));
        assertThat(good("{ }")).isEqualTo(new JsonValue.Fields(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "10",
                "-12",
                "0.0",
                "1.50",
                "1e5",
                "1E5",
                "1e+5",
                "1e-5",
                "0e0",
                "0.1E-07",
                "9999999999999999999999999999"
            })
    void aNumberKeepsItsText(String number) {
        assertThat(good(number)).isEqualTo(new JsonValue.Numeral(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            value = {
                "\"\" ~ ||",
                "\"a\\u0062c\" ~ abc",
                "\"\\\"\\\\\\/\" ~ \"\\/",
                "\"x\\b\\f\\n\\r\\ty\" ~ |x\b\f\n\r\ty|",
                "\"\\u00e9\\u00E9é\" ~ ééé",
                "\"\\ud83d\\uDE00\" ~ 😀",
                "\"😀\" ~ 😀",
                "\"\\uFEFF\" ~ \uFEFF",
                "\"\u007f\" ~ |\u007f|"
            })
    void escapesAreResolved(String text, String value) {
        assertThat(good(text)).isEqualTo(new JsonValue.Text(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            value = {
                "|| ~ 0 ~ the text ends too early",
                "|  | ~ 2 ~ the text ends too early",
                "tru ~ 3 ~ the text ends too early",
                "trux ~ 3 ~ expected `true`",
                "nul! ~ 3 ~ expected `null`",
                "False ~ 0 ~ expected a value",
                "NaN ~ 0 ~ expected a value",
                "Infinity ~ 0 ~ expected a value",
                "-Infinity ~ 1 ~ expected a digit",
                "+1 ~ 0 ~ expected a value",
                ".5 ~ 0 ~ expected a value",
                "01 ~ 1 ~ more text after the value",
                "-01 ~ 2 ~ more text after the value",
                "0x1 ~ 1 ~ more text after the value",
                "1. ~ 2 ~ the text ends too early",
                "1.x ~ 2 ~ expected a digit",
                "1e+x ~ 3 ~ expected a digit",
                "1e- ~ 3 ~ the text ends too early",
                "1 2 ~ 2 ~ more text after the value",
                "[1,] ~ 3 ~ expected a value",
                "[,1] ~ 1 ~ expected a value",
                "[1 2] ~ 3 ~ expected `]`",
                "[1 ~ 2 ~ the text ends too early",
                "[1} ~ 2 ~ expected `]`",
                "{\"a\":1,} ~ 7 ~ expected `\"`",
                "{a:1} ~ 1 ~ expected `\"`",
                "{'a':1} ~ 1 ~ expected `\"`",
                "{\"a\" 1} ~ 5 ~ expected `:`",
                "{\"a\":} ~ 5 ~ expected a value",
                "{\"a\":1 \"b\":2} ~ 7 ~ expected `}`",
                "{\"a\":1] ~ 6 ~ expected `}`",
                "/**/1 ~ 0 ~ expected a value",
                "1//x ~ 1 ~ more text after the value",
                "\"abc ~ 4 ~ the text ends too early",
                "\"a\\ ~ 3 ~ the text ends too early",
                "\"\\x\" ~ 2 ~ an unknown escape",
                "\"\\'\" ~ 2 ~ an unknown escape",
                "\"\\u12g4\" ~ 5 ~ expected four hexadecimal digits",
                "\"\\u１２３４\" ~ 3 ~ expected four hexadecimal digits",
                "\"\\u12\" ~ 5 ~ expected four hexadecimal digits",
                "\"é\\ud800\" ~ 9 ~ expected `\\u`",
                "\"é\\ud800x\" ~ 9 ~ expected `\\u`",
                "\"é\\ud800\\n\" ~ 10 ~ expected `\\u`",
                "\"é\\ud800\\u0041\" ~ 3 ~ a lone surrogate",
                "\"é\\ud800\\ud800\" ~ 3 ~ a lone surrogate",
                "\"é\\udc00\" ~ 3 ~ a lone surrogate",
                "\"\\ud800 ~ 7 ~ the text ends too early",
                "\uFEFF1 ~ 0 ~ a byte order mark",
                "|1\u00a0| ~ 1 ~ more text after the value",
                "|1\u000b| ~ 1 ~ more text after the value",
                "|\u000c1| ~ 0 ~ expected a value",
                "{\"a\":1,\"a\":1} ~ 7 ~ a key is repeated",
                "{\"a\":1,\"\\u0061\":2} ~ 7 ~ a key is repeated",
                "[{\"é\":{\"\":1,\"\":2}}] ~ 13 ~ a key is repeated"
            })
    void whatIsNoJsonIsRefusedWhereItStops(String text, int offset, String message) {
        assertThat(Json.read(text.getBytes(UTF_8))).isEqualTo(new Json.Read.Bad(message, offset));
    }

    @Test
    void controlCharactersAreRefusedInStrings() {
        for (char c = 0; c < ' '; c++) {
            assertThat(Json.read("\"a" + c + "\""))
                    .isEqualTo(new Json.Read.Bad("a control character in a string", 2));
            assertThat(Json.read("\"\\n" + c + "\""))
                    .isEqualTo(new Json.Read.Bad("a control character in a string", 3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "22c0af22, 1", // overlong `/`
        "22c1bf22, 1",
        "22e0809f22, 1",
        "22f080808022, 1",
        "22eda08022, 1", // a surrogate
        "22f490808022, 1", // past U+10FFFF
        "22c322, 1", // cut short
        "2262e28222, 2",
        "228022, 1",
        "22ff22, 1",
        "feff0031, 0"
    })
    void whatIsNoUtf8IsRefused(String hex, int offset) {
        assertThat(Json.read(HexFormat.of().parseHex(hex)))
                .isEqualTo(new Json.Read.Bad("not UTF-8", offset));
    }

    @Test
    void otherEncodingsAreNotGuessed() {
        assertThat(Json.read("\"é\"".getBytes(ISO_8859_1))).isInstanceOf(Json.Read.Bad.class);
        assertThat(Json.read("[1]".getBytes(UTF_16BE)))
                .isEqualTo(new Json.Read.Bad("expected a value", 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\"\uD800\" ~ 1",
                "\"é\uDC00\" ~ 3",
                "\"😀\uD83D\uD83D\uDE00\" ~ 5",
                "\"😀\uDE00\uD83D\" ~ 5",
                "1 \uD83D ~ 2"
            })
    void charactersWithALoneSurrogateAreRefused(String text, int offset) {
        assertThat(Json.read(text)).isEqualTo(new Json.Read.Bad("a lone surrogate", offset));
    }

    @Test
    void aReplacementCharacterIsACharacter() {
        assertThat(Json.read("\"\uFFFD\"".getBytes(UTF_8)))
                .isEqualTo(new Json.Read.Good(new JsonValue.Text("\uFFFD")));
    }

    @Test
    void equalKeysMayStandInDifferentObjects() {
        assertThat(Json.read("[{\"a\":{\"a\":1}},{\"a\":2,\"A\":3}]"))
                .isInstanceOf(Json.Read.Good.class);
    }

    @Test
    void nestingEndsAt128Levels() {
        assertThat(Json.read(nested("[", 128, "]"))).isInstanceOf(Json.Read.Good.class);
        assertThat(Json.read(nested("[", 129, "]")))
                .isEqualTo(new Json.Read.Bad("more than 128 levels", 128));
        assertThat(Json.read("{\"a\":".repeat(128) + "1" + "}".repeat(128)))
                .isInstanceOf(Json.Read.Good.class);
        assertThat(Json.read("{\"a\":".repeat(129) + "1" + "}".repeat(129)))
                .isEqualTo(new Json.Read.Bad("more than 128 levels", 128 * 5));
        assertThat(Json.read("[[]".repeat(100_000)))
                .isEqualTo(new Json.Read.Bad("expected `]`", 3));
    }

    @Test
    void aMillionBracketsDoNoHarm() {
        for (var bracket : List.of("[", "{\"\":", "[{\"a\":[")) {
            assertThat(Json.read(bracket.repeat(1_000_000)))
                    .extracting("message")
                    .isEqualTo("more than 128 levels");
        }
    }

    @Test
    void thereAreAtMost262144Values() {
        assertThat(Json.read("[" + "0,".repeat(262_142) + "0]")).isInstanceOf(Json.Read.Good.class);
        assertThat(Json.read("[" + "0,".repeat(262_143) + "0]"))
                .isEqualTo(new Json.Read.Bad("more than 262144 values", 1 + 2 * 262_143));
    }

    @Test
    void aNumberOfAMillionDigitsIsOneValue() {
        var digits = "9".repeat(1_000_000);
        assertThat(good(digits)).isEqualTo(new JsonValue.Numeral(digits));
    }

    @Test
    void membersKeepTheirOrder() {
        assertThat(good("{\"b\":1,\"a\":2,\"c\":3}"))
                .isInstanceOfSatisfying(
                        JsonValue.Fields.class,
                        fields -> {
                            assertThat(fields.members().keySet()).containsExactly("b", "a", "c");
                            assertThat(fields.get("a")).hasValue(new JsonValue.Numeral("2"));
                            assertThat(fields.get("d")).isEmpty();
                        });
    }

    @Test
    void valuesCannotBeChanged() {
        var items = new ArrayList<JsonValue>();
        var members = new LinkedHashMap<String, JsonValue>();
        var list = new JsonValue.Items(items);
        var map = new JsonValue.Fields(members);
        items.add(new JsonValue.Null());
        members.put("a", new JsonValue.Null());

        assertThat(list.values()).isEmpty();
        assertThat(map.members()).isEmpty();
        assertThatThrownBy(() -> map.members().put("a", list))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static String nested(String open, int levels, String close) {
        return open.repeat(levels) + close.repeat(levels);
    }

    private static JsonValue good(String text) {
        assertThat(Json.read(text.getBytes(UTF_8))).isInstanceOf(Json.Read.Good.class);
        return ((Json.Read.Good) Json.read(text)).value();
    }
}
