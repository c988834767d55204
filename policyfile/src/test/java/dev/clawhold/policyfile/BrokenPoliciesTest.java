package dev.clawhold.policyfile;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Files with mistakes that people make, mended from the messages alone. `NN-name.yaml` is broken,
/// `NN-name.fixed.yaml` mended, and `docs/broken-policies.md` shows both.
class BrokenPoliciesTest {

    /// Where two texts differ, as lines of each, counted from 1.
    ///
    /// @param changed of the broken one; where lines are only added, those on either side
    /// @param mended of the other, as the document shows them
    private record Difference(Set<Integer> changed, List<String> mended) {}

    @Test
    void thereAreTenOrMore() throws IOException {
        assertThat(broken()).hasSizeGreaterThanOrEqualTo(10);
    }

    @TestFactory
    Stream<DynamicTest> theDocumentShowsWhatIsWrongAndHowItIsMended() throws IOException {
        var page = Files.readString(upwards("docs/broken-policies.md"));
        return each(file -> {
            var told = problems(file).stream().map(Problem::toString).collect(joining("\n"));
            assertThat(page)
                    .contains("```yaml\n" + Files.readString(file) + "```\n")
                    .contains("```text\n" + told + "\n```\n")
                    .contains("```yaml\n" + String.join("\n", difference(file).mended()) + "\n```");
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsMendedIsValidAndNeedsNoMoreWords() throws IOException {
        return each(file -> {
            var text = Files.readString(mended(file));
            assertThat(Corpus.parse(text)).isInstanceOf(Parsed.Valid.class);
            assertThat(Corpus.problems(text)).allMatch(p -> p.code() == Code.W24);
        });
    }

    @TestFactory
    Stream<DynamicTest> eachProblemStandsAtALineThatIsChanged() throws IOException {
        return each(file -> {
            var told =
                    problems(file).stream()
                            .filter(p -> p.code() != Code.W24) // no mistake of the file's
                            .map(Problem::line)
                            .toList();
            assertThat(told).isNotEmpty();
            assertThat(difference(file).changed()).containsAll(told);
        });
    }

    private interface Check {
        void of(Path file) throws IOException;
    }

    private static Stream<DynamicTest> each(Check check) throws IOException {
        return broken().stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> check.of(file)));
    }

    private static List<Path> broken() throws IOException {
        try (var files = Files.list(upwards("policyfile/src/test/resources/broken"))) {
            return files.filter(file -> !file.toString().endsWith(".fixed.yaml"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    private static Path mended(Path broken) {
        return Path.of(broken.toString().replace(".yaml", ".fixed.yaml"));
    }

    private static List<Problem> problems(Path file) throws IOException {
        var name = file.getFileName().toString();
        return switch (PolicyFile.parse(name, Files.readAllBytes(file), 1)) {
            case Parsed.Valid(_, var warnings) -> warnings;
            case Parsed.Invalid(var problems) -> problems;
        };
    }

    private static Difference difference(Path file) throws IOException {
        var before = Files.readAllLines(file);
        var after = Files.readAllLines(mended(file));
        var common = common(before, after);
        var changed = new TreeSet<Integer>();
        var mended = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            int from = i;
            while (i < before.size() && common[i][j] == common[i + 1][j]) {
                changed.add(++i);
            }
            boolean replaced = i > from;
            while (j < after.size() && common[i][j] == common[i][j + 1]) {
                mended.add(after.get(j++));
                if (!replaced) {
                    changed.addAll(List.of(i, i + 1));
                }
            }
            if (i < before.size() && j < after.size()) {
                i++; // here both have the same line
                j++;
            }
        }
        return new Difference(changed, mended);
    }

    /// How many lines the rests of two texts have in common, in their order.
    private static int[][] common(List<String> before, List<String> after) {
        var common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] =
                        before.get(i).equals(after.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static Path upwards(String path) {
        return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(folder -> folder.resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
