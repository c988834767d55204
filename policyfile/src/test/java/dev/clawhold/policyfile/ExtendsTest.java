package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.program.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every case of `corpus/extends.yaml`, and what only files on disk can show.
class ExtendsTest {
    @TempDir private Path directory;

    @TestFactory
    Stream<DynamicTest> policiesStandOnWhatTheyExtend() throws IOException {
        return Corpus.maps(Corpus.load("extends.yaml"), "cases")
                .map(line -> DynamicTest.dynamicTest(Corpus.text(line, "name"), () -> check(line)));
    }

    private static void check(Map<String, Object> line) {
        var sources = new MapSources(texts(line, "files"), texts(line, "presets"));
        var text = Corpus.text(line, "main").getBytes(StandardCharsets.UTF_8);
        var parsed = PolicyFile.parse("p.yaml", text, 1, Instant.MIN, sources);
        var problems =
                switch (parsed) {
                    case Parsed.Valid(_, var warnings) -> warnings;
                    case Parsed.Invalid(var all) -> all;
                };
        assertThat(problems.stream().map(ExtendsTest::told))
                .containsExactlyElementsOf(Corpus.texts(line, "has").toList());
        assertThat(parsed instanceof Parsed.Valid).isEqualTo(line.containsKey("rules"));
        if (parsed instanceof Parsed.Valid(var policy, _)) {
            assertThat(policy.egress().rules().stream().map(ExtendsTest::rule))
                    .containsExactlyElementsOf(Corpus.texts(line, "rules").toList());
            assertThat(policy.onInvalidDeniesAll()).isEqualTo(line.containsKey("deny_all"));
            checkStaticPart(policy, line);
        }
    }

    private static void checkStaticPart(Policy policy, Map<String, Object> line) {
        if (line.containsKey("limits")) {
            var limits = policy.confinement().limits();
            assertThat(
                            "memory %d pids %d files %d"
                                    .formatted(
                                            limits.memory().orElseThrow(),
                                            limits.pids().orElseThrow(),
                                            limits.files().orElseThrow()))
                    .isEqualTo(line.get("limits"));
        }
        if (line.containsKey("paths")) {
            assertThat(
                            policy.confinement().files().paths().stream()
                                    .filter(p -> p.listed())
                                    .map(p ->
                                            (p.access() == Access.READ_ONLY ? "ro " : "rw ")
                                                    + p.path())
                                    .collect(Collectors.joining(", ")))
                    .isEqualTo(line.get("paths"));
        }
    }

    private static String told(Problem p) {
        var place = p.file() + ":" + p.line() + ":" + p.column() + " " + p.code() + " ";
        return place + p.message() + p.hint().map(hint -> " + " + hint).orElse("");
    }

    private static String rule(Rule rule) {
        var words = new ArrayList<String>();
        rule.endpoints().forEach(e -> words.add(e.host().text() + ":" + e.ports()));
        switch (rule.programs()) {
            case Programs.Any _ -> words.add("any");
            case Programs.Listed(var listed) ->
                    listed.forEach(p -> words.add(p.path().literalText()));
        }
        return rule.id() + ": " + String.join(" ", words);
    }

    private static Map<String, String> texts(Map<String, Object> line, String key) {
        var texts = new HashMap<String, String>();
        if (line.containsKey(key)) {
            Corpus.map(line, key).forEach((name, text) -> texts.put(name, String.valueOf(text)));
        }
        return texts;
    }

    @Test
    void moreFilesThanThirtyTwoAreRefused() {
        assertThat(problemsOf(31)).isEmpty();
        assertThat(problemsOf(32))
                .containsExactly("p.yaml:2:321 E18 more than 32 files with those extended");
    }

    private static List<String> problemsOf(int count) {
        var files = new HashMap<String, String>();
        var names = new ArrayList<String>();
        for (int i = 10; i < 10 + count; i++) {
            files.put(i + ".yaml", "version: 1\n");
            names.add("./" + i + ".yaml");
        }
        var text = "version: 1\nextends: [" + String.join(",", names) + "]\n";
        return problems(text, files).stream().map(ExtendsTest::told).toList();
    }

    @Test
    void moreThanThirtyTwoMebibytesAreRefused() {
        var large = "version: 1\n#" + "x".repeat(12 << 20) + "\n";
        var files = Map.of("a.yaml", large, "b.yaml", large, "c.yaml", large);
        assertThat(problems("version: 1\nextends: [./a.yaml, ./b.yaml]\n", files)).isEmpty();
        assertThat(
                        problems("version: 1\nextends: [./a.yaml, ./b.yaml, ./c.yaml]\n", files)
                                .stream()
                                .map(ExtendsTest::told))
                .containsExactly("p.yaml:2:31 E18 more than 32 MiB with files extended");
    }

    private static List<Problem> problems(String text, Map<String, String> files) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var sources = new MapSources(files, Map.of());
        return switch (PolicyFile.parse("p.yaml", bytes, 1, Instant.MIN, sources)) {
            case Parsed.Valid(_, var warnings) -> warnings;
            case Parsed.Invalid(var all) -> all;
        };
    }

    @Test
    void aPolicySourceTellsTheFilesItIsMadeOf() throws IOException {
        Files.createDirectory(directory.resolve("inner"));
        var main = write("main.yaml", "version: 1\nextends: [./inner/a.yaml]\n");
        var a = write("inner/a.yaml", "version: 1\nextends: [../b.yaml]\n");
        var b = write("b.yaml", "version: 1\non_invalid: keep\n");
        var read = read(main);
        assertThat(read.files()).containsExactly(main, a, b);
        assertThat(read.parsed()).isInstanceOf(Parsed.Valid.class);
    }

    @Test
    void aFileThatIsMissingIsStillOneToWatch() throws IOException {
        var main = write("main.yaml", "version: 1\nextends: [./gone.yaml]\n");
        var read = read(main);
        assertThat(read.files()).containsExactly(main, directory.resolve("gone.yaml"));
        assertThat(read.parsed()).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void anExtendedDirectoryIsNamedAsOne() throws IOException {
        Files.createDirectory(directory.resolve("inner"));
        var main = write("main.yaml", "version: 1\nextends: [./inner]\n");
        assertThat(read(main).parsed())
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid ->
                                assertThat(invalid.problems())
                                        .extracting(Problem::message)
                                        .containsExactly(
                                                "cannot read `./inner`: it is a directory"));
    }

    @Test
    void withoutSourcesOnlyPresetsCanBeExtended() {
        assertThat(Corpus.problems("version: 1\nextends: [./a.yaml]\n"))
                .extracting(Problem::message)
                .containsExactly("cannot read `./a.yaml`: files cannot be read here");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static PolicySource.Read read(Path file) {
        return switch (PolicySource.of(file, 1, Instant.MIN)) {
            case PolicySource.Read read -> read;
            case PolicySource.Unreadable(var cause) -> fail(cause);
        };
    }
}
