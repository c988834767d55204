package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What `docs/policy-language.md` says by example.
class ReferenceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void everyExampleLoadsAndAsksForNothingButWhatThisBuildLacks() throws IOException {
        var examples = examples();
        assertThat(examples).hasSizeGreaterThan(6);
        for (var example : examples) {
            assertThat(Corpus.parse(example)).as(example).isInstanceOf(Parsed.Valid.class);
            assertThat(Corpus.problems(example))
                    .as(example)
                    .allMatch(problem -> problem.code() == Code.W24);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyPatternMatchesWhatItsRowSays() throws IOException {
        var rows = rows("| in | pattern | matches |");
        assertThat(rows).hasSizeGreaterThan(15);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(String.join(" ", row), () -> match(row)));
    }

    private static void match(List<String> row) {
        var kind = kind(row.get(0));
        var pattern = quoted(row.get(1)).getFirst();
        assertThat(Glob.read(kind, pattern)).isInstanceOf(Glob.Read.Good.class);
        if (Glob.read(kind, pattern) instanceof Glob.Read.Good(var glob, _)) {
            assertThat(quoted(row.get(2)))
                    .isNotEmpty()
                    .allMatch(text -> glob.matches(canonical(kind, text)));
            assertThat(quoted(row.get(3)))
                    .isNotEmpty()
                    .noneMatch(text -> glob.matches(canonical(kind, text)));
        }
    }

    private static String canonical(Glob.Kind kind, String text) {
        return kind == Glob.Kind.HOST ? Host.of(text).orElseThrow().text() : text;
    }

    private static Glob.Kind kind(String in) {
        return switch (in) {
            case "host" -> Glob.Kind.HOST;
            case "path" -> Glob.Kind.PATH;
            case "program" -> Glob.Kind.BINARY;
            case "value" -> Glob.Kind.VALUE;
            default -> throw new IllegalArgumentException(in);
        };
    }

    @TestFactory
    Stream<DynamicTest> theWorkedExampleDecidesAsItsRowsSay() throws IOException {
        var policy = Corpus.valid(examples().getLast()).policy();
        var rows = rows("| program | to | request | verdict |");
        assertThat(rows).hasSizeGreaterThan(10);
        return rows.stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                String.join(" ", row),
                                () ->
                                        assertThat(asked(row).told(policy, NOW).verdict())
                                                .isEqualTo(quoted(row.get(3)).getFirst())));
    }

    private static RequestCase asked(List<String> row) {
        Map<String, Object> line = new HashMap<>();
        line.put("binary", quoted(row.get(0)).getFirst());
        line.put("to", quoted(row.get(1)).getFirst());
        var request = List.of(row.get(2).replace("`", "").split(" ", 3));
        if (request.size() > 1) {
            line.put("method", request.get(0));
            line.put("path", request.get(1));
        }
        if (request.size() > 2) {
            line.put("body", request.get(2));
        }
        return new RequestCase(line);
    }

    /// The rows of a table, by the beginning of its head, as cells.
    private static List<List<String>> rows(String head) throws IOException {
        return page().lines()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1)).map(String::strip))
                .map(Stream::toList)
                .toList();
    }

    /// What stands between backticks.
    private static List<String> quoted(String cell) {
        var quoted = new ArrayList<String>();
        var parts = cell.split("`", -1);
        for (int i = 1; i < parts.length; i += 2) {
            quoted.add(parts[i]);
        }
        return quoted;
    }

    private static List<String> examples() throws IOException {
        var page = page();
        var examples = new ArrayList<String>();
        for (int at = page.indexOf("```yaml\n"); at >= 0; at = page.indexOf("```yaml\n", at + 1)) {
            examples.add(page.substring(at + "```yaml\n".length(), page.indexOf("\n```", at)));
        }
        return examples;
    }

    private static String page() throws IOException {
        return Files.readString(
                Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                        .map(folder -> folder.resolve("docs/policy-language.md"))
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElseThrow());
    }
}
