package dev.clawhold.policy.glob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.glob.Glob.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HOST | api.example.com | api.example.com | xapi.example.com a.api.example.com
                    HOST | API.Example.com | api.example.com | xapi.example.com
                    HOST | *.example.com | a.example.com xn--bcher-kva.example.com | example.com a.b.example.com aexample.com
                    HOST | **.example.com | a.example.com a.b.c.example.com | example.com
                    HOST | *-svc.example.com | eu-svc.example.com | svc.example.com a.eu-svc.example.com
                    HOST | *.s3.*.amazonaws.com | b.s3.eu.amazonaws.com | s3.eu.amazonaws.com b.s3.dual.eu.amazonaws.com
                    HOST | {api,www}.example.com | www.example.com api.example.com | img.example.com
                    PATH | /v1/* | /v1/items /v1/ | /v1 /V1/items /v1/items/7
                    PATH | /v1/** | /v1/ /v1/a /v1/a/b/ | /v1 /v10/a
                    PATH | /**/info/refs* | /info/refs /o/r.git/info/refs | /o/info/refs/x /o/info/re
                    PATH | /a/**/z | /a/z /a/b/z /a/b/c/z | /a/bz /az
                    PATH | /bot*/** | /bot12:ab/getMe /bot/x | /bot12:ab /robot1/x
                    PATH | /v?/x | /v1/x /v%20/x | /v12/x /v/x
                    PATH | /v[!0-2]/x | /v3/x | /v0/x /v/x /v//x
                    PATH | /f/*.{js,css} | /f/a.js /f/.css | /f/a.ts /f/d/a.js
                    PATH | '/a b/\\*' | /a%20b/* | /a%20b/c
                    PATH | /x** | /x /xy | /x/y
                    PATH | /%7e/%2f | /~/%2F | /%7E/%2F /~//
                    PATH | '/\\?' | /%3F | /x
                    PATH | /ü | /%C3%BC | /u
                    PATH | **/hooks | /hooks /a/b/hooks | /hook /ahooks
                    PATH | /** | / /a/b | x
                    PATH | /* | /%20 /x | /x/y
                    PATH | /a*0/x | /a0/x /a%200/x | /a%20/x
                    BINARY | /usr/bin/python3* | /usr/bin/python3.12 | /usr/bin/x/python3
                    BINARY | /home/*/.local/bin/copilot | /home/a/.local/bin/copilot | /home/.local/bin/copilot
                    BINARY | /opt/[a-c]x[^d]\\* | /opt/bxe* | /opt/dxe* /opt/bxd* /opt/bx/*
                    VALUE | 1.* | 1.2 1.2.3 1. | 11.2 1
                    VALUE | delete* | delete delete.all delete/x | undelete Delete
                    VALUE | del** | delete/x | undelete
                    VALUE | v? | v1 v. | v v10
                    VALUE | '[\\]a]' | ] a | b
                    """)
    void matchesWhatTheReferenceSays(Kind kind, String pattern, String matches, String others) {
        var glob = glob(kind, pattern);
        assertThat(words(matches)).allMatch(glob::matches);
        assertThat(words(others)).noneMatch(glob::matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PATH | /v[1 | `[` is not closed in `/v[1`
                    PATH | /{a,b | `{` is not closed in `/{a,b`
                    PATH | /{a,{b}} | braces are nested in `/{a,{b}}`
                    PATH | '/a\\' | `\\` ends `/a\\`
                    VALUE | '[\\' | `\\` ends `[\\`
                    VALUE | '[]' | `[]` is empty in `[]`
                    VALUE | '[b-a]' | a range runs backwards in `[b-a]`
                    PATH | '/a[ _]b' | a set in the path `/a[ _]b` holds what paths write as an escape: write alternatives in braces
                    PATH | '/a[A-z]b' | a set in the path `/a[A-z]b` holds what paths write as an escape: write alternatives in braces
                    PATH | /[é] | a set in the path `/[é]` holds what paths write as an escape: write alternatives in braces
                    PATH | /a;b | `;` never reaches a path: `/a;b`
                    PATH | /a//b | `//` never reaches a path: `/a//b`
                    PATH | /a/../b | dot segments never reach a path: `/a/../b`
                    PATH | /% | `%` needs two hexadecimal digits in `/%`
                    PATH | /%zz | `%` needs two hexadecimal digits in `/%zz`
                    HOST | [ab].example.com | `[` is not possible in the host `[ab].example.com`
                    VALUE | {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b} | more than 64 alternatives in `{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}`
                    """)
    void saysWhatIsWrong(Kind kind, String pattern, String message) {
        assertThat(Glob.read(kind, pattern)).isEqualTo(new Glob.Read.Bad(message));
    }

    @Test
    void aLiteralKnowsItsText() {
        assertThat(glob(Kind.BINARY, "/a\\*b").isLiteral()).isTrue();
        assertThat(glob(Kind.BINARY, "/a\\*b").literalText()).isEqualTo("/a*b");
        assertThat(glob(Kind.BINARY, "/a*b").isLiteral()).isFalse();
        assertThat(glob(Kind.BINARY, "/a*b").literalText()).isEqualTo("/a*b");
        assertThat(glob(Kind.BINARY, "/{a,b}").isLiteral()).isFalse();
        assertThat(glob(Kind.BINARY, "/{a,b}").expansions()).containsExactly("/a", "/b");
        assertThat(Glob.literally(Kind.BINARY, "/x/[a]*{?}\\").matches("/x/[a]*{?}\\")).isTrue();
        assertThat(Glob.hasWildcards("/a?")).isTrue();
        assertThat(Glob.hasWildcards("/a")).isFalse();
    }

    @Test
    void looseStarsAreTold() {
        assertThat(Glob.read(Kind.PATH, "/x**")).matches(r -> ((Glob.Read.Good) r).loose());
        assertThat(Glob.read(Kind.PATH, "/x/**")).matches(r -> !((Glob.Read.Good) r).loose());
        assertThat(Glob.read(Kind.VALUE, "x**")).matches(r -> !((Glob.Read.Good) r).loose());
    }

    @Test
    void longPatternsMatchAsShortOnesDo() {
        var middle = "a*b?".repeat(30);
        var text = "axxb1".repeat(30);
        assertThat(glob(Kind.VALUE, middle + "[x]").matches(text + "x")).isTrue();
        assertThat(glob(Kind.VALUE, middle + "[x]").matches(text + "y")).isFalse();
        assertThat(
                        glob(Kind.PATH, "/**/" + "abcdefgh".repeat(10) + "/**")
                                .matches("/q/" + "abcdefgh".repeat(10) + "/"))
                .isTrue();
    }

    @Test
    void manyStarsStayLinear() {
        var glob = glob(Kind.VALUE, "*a".repeat(300) + "b");
        assertThat(glob.matches("a".repeat(20_000))).isFalse();
    }

    /// The machine agrees with a recursive reading of the same elements.
    @Test
    void randomPatternsAgreeWithTheDefinition() {
        long seed = 20_261_120;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var pattern = word(random, "ab*?/", 8);
            var text = word(random, "ab/", 8);
            if (pattern.contains("**")) {
                continue;
            }
            assertThat(glob(Kind.BINARY, pattern).matches(text))
                    .as("seed %d: `%s` on `%s`", seed, pattern, text)
                    .isEqualTo(defined(pattern, text));
        }
    }

    @Test
    void equalTextsOfOneKindAreEqual() {
        assertThat(glob(Kind.HOST, "*.A.b"))
                .isEqualTo(glob(Kind.HOST, "*.a.b"))
                .hasToString("*.a.b");
        assertThat(glob(Kind.HOST, "*.a.b")).hasSameHashCodeAs(glob(Kind.HOST, "*.a.b"));
        assertThat(glob(Kind.HOST, "*.a.b")).isNotEqualTo(glob(Kind.VALUE, "*.a.b"));
    }

    private static boolean defined(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        var rest = pattern.substring(1);
        boolean unit = !text.isEmpty() && text.charAt(0) != '/';
        return switch (pattern.charAt(0)) {
            case '*' -> defined(rest, text) || (unit && defined(pattern, text.substring(1)));
            case '?' -> unit && defined(rest, text.substring(1));
            default ->
                    !text.isEmpty()
                            && text.charAt(0) == pattern.charAt(0)
                            && defined(rest, text.substring(1));
        };
    }

    private static String word(Random random, String letters, int most) {
        var word = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static Glob glob(Kind kind, String pattern) {
        return ((Glob.Read.Good) Glob.read(kind, pattern)).glob();
    }
}
