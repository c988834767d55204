package dev.clawhold.policy.glob;

import static dev.clawhold.policy.Fuzz.must;

import dev.clawhold.policy.Fuzz;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Patterns as whatever a file says, against texts in canonical form. The first line of an input is
/// the pattern, the second the text.
class GlobFuzzTest {
    /// What the slow reference can still do often.
    private static final int LONGEST = 300;

    static List<Path> inputs() {
        return Fuzz.inputs(GlobFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void patternsMatchWhatTheReferenceSays(Path input) {
        fuzzerTestOneInput(Fuzz.bytes(input));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        var lines = Fuzz.text(bytes).split("\n", 2);
        for (var kind : Glob.Kind.values()) {
            judge(kind, lines[0], lines.length < 2 ? "" : lines[1]);
        }
    }

    private static void judge(Glob.Kind kind, String pattern, String text) {
        switch (Glob.read(kind, pattern)) {
            case Glob.Read.Bad(var message) -> must(!message.isBlank(), "has words", pattern);
            case Glob.Read.Good(var glob, _) -> {
                must(glob.expansions().size() <= 64, "at most 64 alternatives", pattern);
                boolean matches = glob.matches(text);
                if (pattern.length() + text.length() < LONGEST && isCanonical(kind, text)) {
                    must(
                            matches == SlowGlob.matches(kind, pattern, text),
                            "agrees with the reference, " + kind,
                            pattern + "\n" + text);
                }
                if (glob.isLiteral() && kind != Glob.Kind.PATH) {
                    must(glob.matches(glob.literalText()), "matches itself", pattern);
                }
                must(
                        Glob.literally(Glob.Kind.VALUE, text).matches(text),
                        "nothing is special in a literal",
                        text);
            }
        }
    }

    /// A pattern meets no other texts than these.
    private static boolean isCanonical(Glob.Kind kind, String text) {
        return switch (kind) {
            case HOST ->
                    List.of(text.split("\\.", -1)).stream().allMatch(l -> l.matches("[a-z0-9_-]+"));
            case PATH ->
                    text.replaceAll("%[0-9A-F]{2}", "").matches("/[-A-Za-z0-9._~!$&'()*+,=:@/]*")
                            && !text.contains("//");
            case BINARY -> text.startsWith("/") && !text.contains("//");
            case VALUE -> true;
        };
    }
}
