package dev.clawhold.policy.content;

import static dev.clawhold.policy.content.OperationType.MUTATION;
import static dev.clawhold.policy.content.OperationType.QUERY;
import static dev.clawhold.policy.content.OperationType.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlOperationTest {

    @Test
    void theTypeAndTheNameAreRead() {
        assertThat(one("{a}")).isEqualTo(operation(QUERY, Optional.empty(), "a"));
        assertThat(one("query{a}")).isEqualTo(operation(QUERY, Optional.empty(), "a"));
        assertThat(one("mutation AddX{addNote}"))
                .isEqualTo(operation(MUTATION, Optional.of("AddX"), "addNote"));
        assertThat(one("subscription S($x:Int){a}"))
                .isEqualTo(operation(SUBSCRIPTION, Optional.of("S"), "a"));
        assertThat(one("query query{query}"))
                .isEqualTo(operation(QUERY, Optional.of("query"), "query"));
        assertThat(one("query on{on}")).isEqualTo(operation(QUERY, Optional.of("on"), "on"));
        assertThat(one("query fragment{fragment}"))
                .isEqualTo(operation(QUERY, Optional.of("fragment"), "fragment"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{viewer{id}} ~ viewer",
                "{viewer{id} secret} ~ viewer secret",
                "{a:viewer b:viewer} ~ viewer",
                "{viewer:secret} ~ secret",
                "{__typename:secret} ~ secret",
                "{x:__typename a} ~ a",
                "{__schema{types{name}}} ~ __schema",
                "{a @skip(if:true) @include(if:$b)} ~ a",
                "{a(x:1,y:\"}\"){z} b} ~ a b",
                "{... on Query{a} b} ~ a b",
                "{...{a ... on Q @x{b ...{c}}}} ~ a b c",
                "{... @include(if:true){a}} ~ a",
                "{...F} fragment F on Query{a:b} ~ b",
                "fragment F on Query{a ...G} {...F c} fragment G on Query{b} ~ a b c",
                "{...F ...F} fragment F on Q{...G ...G ...H} fragment G on Q{...H} fragment H on"
                        + " Q{z} ~ z",
                "{...B ...A} fragment A on Q{...B ...C} fragment B on Q{b} fragment C on Q{...B c}"
                        + " ~ b c",
                "{... on Q{...F}} fragment F on Q{a{...F}} ~ a",
                "{a{b{...Unknown}}} ~ a",
                "{...F} fragment F on Q{a} fragment Unused on Q{...Unused} ~ a",
                "{...fragment ...query} fragment fragment on on{a} fragment query on Q{b} ~ a b",
                "{_1 _ azAZ09_ Az zA Z a z A} ~ _1 _ azAZ09_ Az zA Z a z A",
                "{on ...on1} fragment on1 on Q{true null} ~ on true null"
            })
    void rootFieldsAreRealNames(String document, String fields) {
        assertThat(one(document).rootFields()).isEqualTo(Set.of(fields.split(" ")));
    }

    @Test
    void typenameAloneIsNoField() {
        assertThat(
                        one("{__typename ...{__typename} ...F} fragment F on Q{__typename}")
                                .rootFields())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF{a}",
                ",,{,a,},",
                "# a comment } \" \n{a}#end",
                "{#x\ra}",
                "\t{a\r\n}",
                "{a(x:[])}",
                "{a(x:[1,2 3])}",
                "{a(x:{})}",
                "{a(x:{k:1 l:$v,m:[{n:ENUM}]})}",
                "{a(x:-1 y:0 z:-0.5 q:1.5e10 r:2E-3 s:2e+3 t:100)}",
                "{a(x:true,y:false,z:null)}",
                "{a(x:\"\")}",
                "{a(x:\"\"y:1)}",
                "{a(x:\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\")}",
                "{a(x:\"tab\there é 😀 # }\")}",
                "{a(x:\"\"\"\"\"\")}",
                "{a(x:\"\"\"a \"b\" \"\"c \\\"\"\" }\n # \\x\"\"\")}",
                "query($a:Int){a}",
                "query($a:Int!=5 @d(x:1),$b:[[S!]!]!=[1,{k:E}] $c:T @d){a}",
                "query Q @d @e(x:$v){a}",
                "query Q($a:I)@d{a}",
                "{...F@d} fragment F on T@d(x:$v){a}",
                "{a:a(a:a)@a(a:a){a}}",
                "{_1 _ aAzZ09_ Az zA Z9 ZZ aa zz AA}",
                "{a(x:{on:1 fragment:2 true:3})}"
            })
    void whatTheGrammarAllowsIsRead(String document) {
        assertThat(read(document)).isInstanceOf(GraphQlOperation.Read.Good.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "`` ~ the document ends too early",
                "# nothing ~ the document ends too early",
                "{ ~ the document ends too early",
                "{a ~ the document ends too early",
                "{a(x: ~ the document ends too early",
                "{a(x:[ ~ the document ends too early",
                "{} ~ expected a name",
                "{a}} ~ expected an operation or a fragment",
                "{a{}} ~ expected a name",
                "{a()} ~ expected a name",
                "{a(x)} ~ expected `:`",
                "{a(x:)} ~ expected a value",
                "{a(x:@)} ~ expected a value",
                "{a(x:$)} ~ expected a name",
                "{a(x:[)} ~ expected a value",
                "{a(x:{1:2})} ~ expected a name",
                "{a(x:{k 2})} ~ expected `:`",
                "{a:} ~ expected a name",
                "{a:b:c} ~ expected a name",
                "{1} ~ expected a name",
                "{\"a\"} ~ expected a name",
                "{...} ~ expected `{`",
                "{...on} ~ expected a name",
                "{...on Q} ~ expected `{`",
                "{..a} ~ an unknown character",
                "{.a} ~ an unknown character",
                "{a@} ~ expected a name",
                "{a;b} ~ an unknown character",
                "{é} ~ an unknown character",
                "{a\u00a0b} ~ an unknown character",
                "{a?} ~ an unknown character",
                "{a'} ~ an unknown character",
                "{a & b} ~ expected a name",
                "{a ! b} ~ expected a name",
                "query ~ the document ends too early",
                "query(){a} ~ expected `$`",
                "query(a:Int){a} ~ expected `$`",
                "query($a Int){a} ~ expected `:`",
                "query($a:){a} ~ expected a name",
                "query($a:Int!!){a} ~ expected `$`",
                "query($a:[Int){a} ~ expected `]`",
                "query($a:Int=$b){a} ~ expected a value",
                "query($a:Int=[{k:$b}]){a} ~ expected a value",
                "query($a:Int @d(x:$b)){a} ~ expected a value",
                "query 1{a} ~ expected `{`",
                "Query{a} ~ expected an operation or a fragment",
                "type Q{a:Int} ~ expected an operation or a fragment",
                "extend type Q{a:Int} ~ expected an operation or a fragment",
                "schema{query:Q} ~ expected an operation or a fragment",
                "\"description\" query{a} ~ expected an operation or a fragment",
                "{a} type Q{a:Int} ~ expected an operation or a fragment",
                "fragment F{a} ~ expected `on`",
                "fragment on on Q{a} {b} ~ a fragment is called `on` or twice the same",
                "{...F} fragment F on Q{a} fragment F on Q{b} ~ a fragment is called `on` or twice"
                        + " the same",
                "fragment F($x:Int) on Q{a} ~ expected `on`",
                "fragment F on Q ~ the document ends too early",
                "fragment F on Q{a} ~ not one operation, and no name to choose by",
                "{...F} ~ an unknown fragment",
                "{...F} fragment G on Q{a} ~ an unknown fragment",
                "{...F} fragment F on Q{...F} ~ a fragment spreads itself",
                "{...F} fragment F on Q{a ...{...G}} fragment G on Q{...H b} fragment H on Q{...F}"
                        + " ~ a fragment spreads itself",
                "{...G ...F} fragment F on Q{...G} fragment G on Q{a ...F} ~ a fragment spreads"
                        + " itself",
                "{a} {b} ~ operations cannot be told apart",
                "{a} query Q{b} ~ operations cannot be told apart",
                "query Q{a} {b} ~ operations cannot be told apart",
                "query Q{a} mutation Q{b} ~ operations cannot be told apart",
                "query Q{a} query R{b} ~ not one operation, and no name to choose by"
            })
    void whatTheGrammarForbidsIsMalformed(String document, String message) {
        assertThat(read(document)).isEqualTo(new GraphQlOperation.Read.Bad(message));
    }

    @Nested
    class Lexing {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00", "01", "-01", "1a", "1_0", "1.", "1.a", "1.0.0", "1e", "1e+", "0x1", "-",
                    "-a", "1.5a", "1e5e", "1e5.0", ".5", "+1", "0.", "0e", "1..2", "--1"
                })
        void aNumberMayNotRunIntoWhatFollows(String number) {
            assertThat(read("{a(x:" + number + ")}")).isInstanceOf(GraphQlOperation.Read.Bad.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "0", "-0", "10", "-7", "0.5", "1e5", "1.0E-10", "1#\n"})
        void aNumberMayEndBeforeABracket(String number) {
            assertThat(read("{a(x:[" + number + "])}"))
                    .isInstanceOf(GraphQlOperation.Read.Good.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"a",
                    "\"a\n\"",
                    "\"a\r\"",
                    "\"\\x\"",
                    "\"\\u12\"",
                    "\"\\u12g4\"",
                    "\"\\u{1F600}\"",
                    "\"a\u0000\"",
                    "\"a\u0007\"",
                    "\"\\",
                    "\"\\u１２３４\"",
                    "\"\"\"a",
                    "\"\"\"a\\\"\"\"",
                    "\"\"\"\u0000\"\"\"",
                    "\"\"\"a\"\"",
                    "\"\"\"\"",
                    "\"\"\"\"\""
                })
        void aStringMustBeWhole(String string) {
            assertThat(read("{a(x:" + string + ")}")).isInstanceOf(GraphQlOperation.Read.Bad.class);
        }

        @Test
        void aControlCharacterIsRefusedInAComment() {
            assertThat(read("{a}#\u0001"))
                    .isEqualTo(new GraphQlOperation.Read.Bad("a control character"));
            assertThat(read("{a}#\t é")).isInstanceOf(GraphQlOperation.Read.Good.class);
        }

        @Test
        void aFieldInAStringIsNone() {
            assertThat(
                            one("{a(x:\"} secret {\" y:\"\"\"\"} \\\"\"\" secret {\"\"\") b}")
                                    .rootFields())
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    @Nested
    class ChoosingByName {
        private static final String TWO = "query A{a} mutation B{b}";

        @Test
        void theNameChooses() {
            assertThat(read(TWO, "A")).isEqualTo(good(QUERY, "A", "a"));
            assertThat(read(TWO, "B")).isEqualTo(good(MUTATION, "B", "b"));
            assertThat(read("query A{a}", "A")).isEqualTo(good(QUERY, "A", "a"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                quoteCharacter = '`',
                value = {
                    "query A{a} ~ a",
                    "query A{a} ~ ``",
                    "{a} ~ A",
                    "query A{a} query B{b} ~ C"
                })
        void aNameThatNamesNoneIsMalformed(String document, String name) {
            assertThat(read(document, name))
                    .isEqualTo(new GraphQlOperation.Read.Bad("no operation has the wanted name"));
        }

        private static GraphQlOperation.Read good(OperationType type, String name, String field) {
            return new GraphQlOperation.Read.Good(operation(type, Optional.of(name), field));
        }
    }

    @Nested
    class Bounds {
        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                quoteCharacter = '`',
                value = {
                    "`` ~ {a ~ } ~ 128",
                    "{a(x: ~ [ ~ ] ~ 127",
                    "{a(x: ~ {k: ~ } ~ 126",
                    "query($a: ~ [ ~ ] ~ 128",
                    "{ ~ ...{ ~ } ~ 127"
                })
        void nestingEndsAt128Levels(String before, String open, String close, int levels) {
            var inner =
                    switch (open) {
                        case "{a" -> "";
                        case "...{" -> "a";
                        case "[" -> before.startsWith("q") ? "Int" : "";
                        default -> "[]"; // one level more
                    };
            var after =
                    switch (before) {
                        case "" -> "";
                        case "{" -> "}";
                        case "query($a:" -> "){a}";
                        default -> ")}";
                    };
            assertThat(read(before + open.repeat(levels) + inner + close.repeat(levels) + after))
                    .isInstanceOf(GraphQlOperation.Read.Good.class);
            assertThat(
                            read(
                                    before
                                            + open.repeat(levels + 1)
                                            + inner
                                            + close.repeat(levels + 1)
                                            + after))
                    .isEqualTo(new GraphQlOperation.Read.Bad("more than 128 levels"));
        }

        @Test
        void thereAreAtMost20000Tokens() {
            assertThat(read("{" + "a,#\n".repeat(19_998) + "}"))
                    .isInstanceOf(GraphQlOperation.Read.Good.class);
            assertThat(read("{" + "a,#\n".repeat(19_999) + "}"))
                    .isEqualTo(new GraphQlOperation.Read.Bad("more than 20000 tokens"));
        }

        @Test
        void aMillionBracketsDoNoHarm() {
            for (var open : List.of("{a", "{a(x:[", "{a(x:{b:", "query($a:[", "{...", "{...{")) {
                assertThat(read(open + open.substring(open.length() - 2).repeat(1_000_000)))
                        .isInstanceOf(GraphQlOperation.Read.Bad.class);
            }
            assertThat(read("{a(x:" + "[".repeat(1_000_000)))
                    .isEqualTo(new GraphQlOperation.Read.Bad("more than 128 levels"));
        }

        @Test
        void aLongChainOfFragmentsIsFollowed() {
            var document = new StringBuilder("{...F0}");
            for (int i = 0; i < 2000; i++) {
                document.append("fragment F" + i + " on Q{f" + i + " ...F" + (i + 1) + "}");
            }
            document.append("fragment F2000 on Q{end}");
            assertThat(one(document.toString()).rootFields()).hasSize(2001).contains("end");
        }

        @Test
        void fragmentsThatSpreadEachOtherManyTimesTakeNoLonger() {
            var document = new StringBuilder("{...F0}");
            for (int i = 0; i < 60; i++) {
                document.append("fragment F" + i + " on Q{");
                for (int j = i + 1; j <= 60; j++) {
                    document.append("...F" + j + " ");
                }
                document.append("}");
            }
            document.append("fragment F60 on Q{end}");
            assertThat(one(document.toString()).rootFields()).containsExactly("end");
        }
    }

    private static GraphQlOperation operation(
            OperationType type, Optional<String> name, String... fields) {
        return new GraphQlOperation(type, name, Set.of(fields));
    }

    private static GraphQlOperation.Read read(String document) {
        return GraphQlOperation.read(document, Optional.empty());
    }

    private static GraphQlOperation.Read read(String document, String operationName) {
        return GraphQlOperation.read(document, Optional.of(operationName));
    }

    private static GraphQlOperation one(String document) {
        return switch (read(document)) {
            case GraphQlOperation.Read.Good(var operation) -> operation;
            case GraphQlOperation.Read.Bad(var message) ->
                    throw new AssertionError(document + ": " + message);
        };
    }
}
