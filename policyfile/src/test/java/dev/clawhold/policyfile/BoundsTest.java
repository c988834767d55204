package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// No text is worth more than bounded work.
class BoundsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void anAliasBombIsRefused() {
        var bomb = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            var alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
        }
        refused(bomb.toString(), Code.E18, "more than 100000 values through aliases");
    }

    @Test
    void manyAliasesAreRefused() {
        refused(
                "a: &a 1\nb: [" + "*a, ".repeat(1_001) + "1]\n",
                Code.E18,
                "more than 1000 aliases");
    }

    @Test
    void deepNestingIsRefused() {
        refused("[".repeat(200_000), Code.E18, "more than 32 levels of nesting");
        refused("{a: ".repeat(50_000), Code.E18, "more than 32 levels of nesting");
        refused("- ".repeat(50_000), Code.E18, "more than 32 levels of nesting");
    }

    @Test
    void aLongFileIsRefused() {
        var text = new byte[PolicyFile.LONGEST + 1];
        assertThat(PolicyFile.parse("p.yaml", text, 1))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid ->
                                assertThat(invalid.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(Code.E18));
    }

    @Test
    void whatIsNotUtf8IsRefusedAtItsPlace() {
        var text = "version: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(((Parsed.Invalid) PolicyFile.parse("p.yaml", text, 1)).problems())
                .extracting(Problem::toString)
                .containsExactly("p.yaml:2:6: not UTF-8: save the file in that encoding");
        assertThat(PolicyFile.parse("p.yaml", "version: 1".getBytes(StandardCharsets.UTF_16), 1))
                .isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void controlCharactersAreRefused() {
        refused("version: 1\nprocess: \u0001\n", Code.E01, "not valid YAML");
        refused("version: \u0000\n", Code.E01, "not valid YAML");
    }

    @Test
    void largeFilesOfAnyKindTakeBoundedTime() {
        var texts =
                Stream.of(
                        "x: 1\n".repeat(100_000),
                        "a: \"" + "b".repeat(8_000_000) + "\"",
                        "a: b: ".repeat(200_000),
                        "\"".repeat(2_000_000),
                        "# comment\n".repeat(400_000),
                        "? ".repeat(100_000),
                        "version: 1\nnetwork_policies: {" + "a".repeat(4_000_000) + ": {}}",
                        "version: 1\nextends: [" + "x,".repeat(100_000) + "]");
        Assertions.assertTimeout(
                SOON,
                () ->
                        texts.forEach(text ->
                                assertThat(Corpus.problems(text)).hasSizeLessThanOrEqualTo(100)));
    }

    @Test
    void tooManyOfAnythingIsRefused() {
        refused(
                rule(
                        "endpoints: ["
                                + "{host: a.test, port: 1},".repeat(1_001)
                                + "], binaries: any"),
                Code.E18,
                "more than 1000 items in `endpoints`");
        refused(
                rule(
                        "endpoints: [{host: a.test, port: 1}], binaries: ["
                                + "/x,".repeat(1_001)
                                + "]"),
                Code.E18,
                "more than 1000 items in `binaries`");
        refused(
                rule("endpoints: [{host: a.test, ports: [" + numbers(65) + "]}], binaries: any"),
                Code.E18,
                "more than 64 items in `ports`");
        refused(
                rule(
                        "endpoints: [{host: a.test, port: 1, allowed_ips: ["
                                + "10.1.0.0/16,".repeat(257)
                                + "]}], binaries: any"),
                Code.E18,
                "more than 256 items in `allowed_ips`");
        refused(
                rule("endpoints: [{host: \"*" + ".a".repeat(600) + "\", port: 1}], binaries: any"),
                Code.E18,
                "host is longer than 1024 characters");
        refused(
                rule(
                        "endpoints: [{host: a.test, port: 1}], binaries: [\"/"
                                + "a".repeat(1_024)
                                + "\"]"),
                Code.E18,
                "path is longer than 1024 characters");
        refused(
                rule(
                        "endpoints: [{host: a.test, port: 1, protocol: rest, access: full, path: \"/"
                                + "a".repeat(1_024)
                                + "\"}], binaries: any"),
                Code.E18,
                "a pattern is longer than 1024 characters");
        refused(
                rule(
                        "endpoints: [{host: a.test, port: 1, protocol: rest, rules: [{allow: {method: GET, path: /, query: {a: "
                                + "a".repeat(1_025)
                                + "}}}]}], binaries: any"),
                Code.E18,
                "a pattern is longer than 1024 characters");
        refused(
                "version: 1\nfilesystem_policy: {read_only: ["
                        + IntStream.range(0, 1_025)
                                .mapToObj(i -> "/p" + i)
                                .collect(Collectors.joining(","))
                        + "]}",
                Code.E18,
                "more than 1024 filesystem paths");
        refused(
                "version: 1\nfilesystem_policy: {read_only: [/" + "a".repeat(4_096) + "]}",
                Code.E09,
                "is longer than 4096 bytes");
        refused(
                "version: 1\nnetwork_middlewares: {"
                        + IntStream.range(0, 11)
                                .mapToObj(i -> "m" + i + ": {}")
                                .collect(Collectors.joining(","))
                        + "}",
                Code.E18,
                "more than 10 middlewares");
        refused(
                "version: 1\nnetwork_policies: {"
                        + IntStream.range(0, 20_001)
                                .mapToObj(i -> "m" + i + ": {binaries: any, endpoints: []}")
                                .collect(Collectors.joining(","))
                        + "}",
                Code.E18,
                "more than 20000 rules");
    }

    @Test
    void clausesAreCountedOverAllListsAndEndpoints() {
        var calls = "{host: a.test, port: 1, protocol: json-rpc, rules: [{allow: {method: x}}]";
        refused(
                rule(
                        "endpoints: ["
                                + calls
                                + ", ask_rules: ["
                                + "{method: x},".repeat(500)
                                + "], deny_rules: ["
                                + "{method: x},".repeat(500)
                                + "]}], binaries: any"),
                Code.E18,
                "more than 1000 clauses in an endpoint");
        var full = calls + ", deny_rules: [" + "{method: x},".repeat(999) + "]},";
        var all = rule("endpoints: [" + full.repeat(200) + "], binaries: any");
        assertThat(Corpus.parse(all)).isInstanceOf(Parsed.Valid.class);
        refused(
                rule("endpoints: [" + full.repeat(200) + calls + "}], binaries: any"),
                Code.E18,
                "more than 200000 clauses");
    }

    @Test
    void modelsAndMiddlewaresAreBounded() {
        refused(
                "version: 1\ninference: {routes: ["
                        + "{model: x, to: [{provider: l}]},".repeat(65)
                        + "]}",
                Code.E18,
                "more than 64 items in `routes`");
        var guard = "version: 1\nnetwork_middlewares: {g: {middleware: x, endpoints: {include: [";
        refused(guard + "a.test,".repeat(33) + "]}}}", Code.E18, "more than 32 items in `include`");
        refused(
                guard + "a".repeat(1_025) + "]}}}",
                Code.E18,
                "a pattern is longer than 1024 characters");
    }

    @Test
    void routesThatAreHardToCompareTakeBoundedTime() {
        var choices = "{" + numbers(64) + "}";
        var routes =
                IntStream.range(0, 64)
                        .mapToObj(i ->
                                "{model: \""
                                        + "a".repeat(700)
                                        + choices
                                        + "*?"
                                        + i
                                        + "\", to: [{provider: l}]}")
                        .collect(Collectors.joining(","));
        Assertions.assertTimeout(
                SOON, () -> Corpus.problems("version: 1\ninference: {routes: [" + routes + "]}"));
    }

    @Test
    void aHundredProblemsAreToldTheFirstByLineAndErrorsBeforeWarnings() {
        var text = new StringBuilder("version: 1\nnetwork_policies:\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("  r" + i + ": {endpoints: [{host: a.test, port: 443}]}\n");
        }
        text.append("  bad: 7\n");
        var problems = Corpus.problems(text.toString());
        assertThat(problems).hasSize(100);
        assertThat(problems.getFirst().line()).isEqualTo(3);
        assertThat(problems.getLast().code()).isEqualTo(Code.E04);
        assertThat(Corpus.parse(text.toString())).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void expiredRulesAreToldWhereTheMomentIsGiven() {
        var text =
                rule("endpoints: [{host: a.test, port: 1}], binaries: any, until: 2026-01-01T00:00:00Z")
                        .getBytes(StandardCharsets.UTF_8);
        var now = Instant.parse("2026-06-01T12:00:00Z");
        assertThat(((Parsed.Valid) PolicyFile.parse("p.yaml", text, 1, now)).warnings())
                .extracting(Problem::code)
                .containsExactly(Code.W06);
        assertThat(((Parsed.Valid) PolicyFile.parse("p.yaml", text, 1)).warnings()).isEmpty();
    }

    @Test
    void messagesShowNothingThatDisturbsATerminal() {
        assertThat(Corpus.problems("\"\\e[31m\\u202E\": 1\nversion: 1\n"))
                .extracting(Problem::message)
                .containsExactly("unknown key `\uFFFD[31m\uFFFD` in a policy");
        assertThat(Corpus.problems("version: 1\n" + "k".repeat(100) + ": 1\n"))
                .extracting(Problem::message)
                .containsExactly("unknown key `" + "k".repeat(40) + "…` in a policy");
    }

    /// Damaged files are told about or load; nothing else happens.
    @Test
    void damagedFilesNeverThrow() {
        long seed = 1_120;
        var random = new Random(seed);
        var whole =
                "version: 1\nfilesystem_policy: {read_only: [/a], deny: [/a/b]}\nnetwork_policies:\n  r:\n"
                        + "    endpoints:\n      - {host: '*.a.test', ports: [1, 2], protocol: rest, rules: [{allow:"
                        + " {method: GET, path: '/x/**', query: {a: {any: ['b*']}}}}]}\n    binaries: [/usr/bin/x,"
                        + " {path: '/y*', sha256: ab}]\n    until: 2026-12-31T00:00:00Z\n";
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(whole);
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(text.length() - 8);
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, at + random.nextInt(8));
                    case 1 ->
                            text.insert(at, "{}[]:*&!?|>'\"%@`,#-~\t\n".charAt(random.nextInt(22)));
                    default -> text.setCharAt(at, (char) random.nextInt(128));
                }
            }
            assertThat(Corpus.parse(text.toString())).as("seed %d:%n%s", seed, text).isNotNull();
        }
    }

    private static String numbers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
    }

    private static String rule(String content) {
        return "version: 1\nnetwork_policies: {r: {" + content + "}}\n";
    }

    private static void refused(String text, Code code, String message) {
        Assertions.assertTimeout(
                SOON,
                () ->
                        assertThat(Corpus.problems(text))
                                .anySatisfy(problem -> {
                                    assertThat(problem.code()).isEqualTo(code);
                                    assertThat(problem.message()).contains(message);
                                }));
    }
}
