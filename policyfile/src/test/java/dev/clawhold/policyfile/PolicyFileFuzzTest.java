package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Policy files as whatever bytes somebody hands in. Jazzer calls `fuzzerTestOneInput` with bytes
/// of its own, the ordinary run with the files of the test's folder.
class PolicyFileFuzzTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    static List<Path> inputs() throws IOException {
        var folder = Path.of("src/test/resources/dev/clawhold/policyfile/PolicyFileFuzzTestInputs");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyFileIsAPolicyOrHasProblemsInItsText(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        switch (PolicyFile.parse("p.yaml", bytes, 1, NOW)) {
            case Parsed.Valid(var policy, var warnings) -> {
                assertThat(warnings).allMatch(Problem::warning);
                lieInTheText(warnings, bytes);
                decides(policy);
            }
            case Parsed.Invalid(var problems) -> {
                assertThat(problems).anyMatch(problem -> !problem.warning());
                lieInTheText(problems, bytes);
            }
        }
    }

    private static void lieInTheText(List<Problem> problems, byte[] bytes) {
        if (problems.isEmpty()) {
            return;
        }
        var lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n|[\n\r]", -1);
        assertThat(problems.size()).isLessThanOrEqualTo(100);
        int line = 1;
        for (var problem : problems) {
            var shown = problem.toString();
            assertThat(problem.line()).as(shown).isBetween(line, lines.length);
            assertThat(problem.column())
                    .as(shown)
                    .isBetween(1, lines[problem.line() - 1].length() + 1);
            assertThat(problem.message()).as(shown).isNotBlank();
            assertThat(shown.chars().noneMatch(c -> c < ' ' && c != '\n')).as(shown).isTrue();
            line = problem.line();
        }
    }

    private static void decides(Policy policy) {
        for (var host : List.of("api.test", "10.0.0.1", "a.example.com")) {
            var request =
                    new EgressRequest(Host.of(host).orElseThrow(), 443, new Program.Unknown("", 1));
            assertThat(policy.decide(request, NOW)).isNotNull();
            assertThat(policy.explain(request, NOW).verdict()).isNotNull();
        }
    }
}
