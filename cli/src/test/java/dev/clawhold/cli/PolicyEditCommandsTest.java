package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.CommandLines.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyEditCommandsTest {
    private static final String BASE =
            """
            version: 1
            network_policies:
              # ours
              web: {endpoints: [{host: web.test, port: 443}], binaries: any}
            """;
    private static final String ADD =
            """
            preset: {name: more}
            network_policies:
              more: {endpoints: [{host: more.test, port: 443}], binaries: any}   # more
            """;
    private static final String BOTH =
            BASE + "  more: {endpoints: [{host: more.test, port: 443}], binaries: any}   # more\n";

    private final CommandLines clawhold = new CommandLines();
    @TempDir private Path directory;

    @Nested
    class Merge {
        @Test
        void theResultIsPrintedAndNothingWritten() throws IOException {
            var base = file("base.yaml", BASE);

            assertThat(clawhold.run("policy", "merge", base, file("add.yaml", ADD)))
                    .isEqualTo(new Result(0, BOTH, ""));
            assertThat(Path.of(base)).hasContent(BASE);
        }

        @Test
        void inPlaceItIsWrittenWithThePermissionsOfTheFile() throws IOException {
            var base = file("base.yaml", BASE);
            Files.setPosixFilePermissions(
                    Path.of(base), PosixFilePermissions.fromString("rw-rw----"));

            assertThat(merge(base, file("add.yaml", ADD), "--in-place"))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(Path.of(base)).hasContent(BOTH);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(base))))
                    .isEqualTo("rw-rw----");
            assertThat(names()).containsExactly("add.yaml", "base.yaml");
        }

        @Test
        void whatChangesNothingLeavesTheFileAlone() throws IOException {
            var base = file("base.yaml", BOTH);
            var before = Files.readAttributes(Path.of(base), "unix:ino");

            assertThat(merge(base, file("add.yaml", ADD), "--in-place").status()).isZero();
            assertThat(Files.readAttributes(Path.of(base), "unix:ino")).isEqualTo(before);
        }

        @Test
        void aLinkIsStillOneAfterwards() throws IOException {
            var base = file("base.yaml", BASE);
            var link = Files.createSymbolicLink(directory.resolve("link"), Path.of(base));

            assertThat(merge(link.toString(), file("add.yaml", ADD), "--in-place").status())
                    .isZero();
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(Path.of(base)).hasContent(BOTH);
        }

        @Test
        void itCanGoToAnotherFile() throws IOException {
            var base = file("base.yaml", BASE);
            var other = directory.resolve("other.yaml");

            assertThat(merge(base, file("add.yaml", ADD), "-o", other.toString()).status())
                    .isZero();
            assertThat(other).hasContent(BOTH);
            assertThat(Path.of(base)).hasContent(BASE);
        }

        @Test
        void aConflictIsToldAndNothingWritten() throws IOException {
            var base = file("base.yaml", "version: 1\non_invalid: keep\n");
            var add = file("add.yaml", "version: 1\non_invalid: deny_all\n");

            assertThat(merge(base, add, "--in-place"))
                    .isEqualTo(
                            new Result(
                                    2,
                                    "",
                                    """
                                    %s:2:13: on_invalid is `keep` in %s:2 and `deny_all` in %s:2
                                    hint: make them equal, or choose with `--prefer base` or \
                                    `--prefer add`
                                    """
                                            .formatted(base, base, add)));
            assertThat(Path.of(base)).hasContent("version: 1\non_invalid: keep\n");
            assertThat(merge(base, add, "--prefer", "add").out())
                    .isEqualTo("version: 1\non_invalid: deny_all\n");
            assertThat(merge(base, add, "--prefer", "base").out())
                    .isEqualTo("version: 1\non_invalid: keep\n");
        }

        @Test
        void aPolicyThatIsNotValidIsTold() throws IOException {
            var add = file("add.yaml", "version: 2\n");

            assertThat(merge(file("base.yaml", BASE), add))
                    .isEqualTo(
                            new Result(
                                    2,
                                    "",
                                    add
                                            + ":1:10: version cannot be `2`\n"
                                            + "hint: this language has one version: 1\n"));
        }

        @Test
        void whatIsNeitherAPresetNorAFileIsNamed() throws IOException {
            assertThat(merge(file("base.yaml", BASE), "zzzzzzz"))
                    .isEqualTo(
                            new Result(
                                    2,
                                    "",
                                    "clawhold: cannot read policy `zzzzzzz`: no such file\n"));
        }

        @Test
        void aPreferenceForSomethingElseIsRefused() throws IOException {
            var base = file("base.yaml", BASE);

            assertThat(merge(base, base, "--prefer", "both").err())
                    .isEqualTo("clawhold: cannot prefer `both`: it is neither `base` nor `add`\n");
            assertThat(merge(base, base, "--in-place", "-o", base).status()).isEqualTo(2);
        }

        @Test
        void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
            var base = file("base.yaml", BASE);
            var none = directory.resolve("none/x.yaml");

            assertThat(merge(base, base, "-o", none.toString()).err())
                    .isEqualTo("clawhold: cannot write `" + none + "`: no such directory\n");
        }

        private Result merge(String... arguments) {
            return clawhold.run(
                    Stream.concat(Stream.of("policy", "merge"), Stream.of(arguments))
                            .toArray(String[]::new));
        }
    }

    @Nested
    class Fmt {
        private static final String UGLY = "version:   1\nprocess: {}  # nothing\n";
        private static final String NEAT = "version: 1\nprocess: {}  # nothing\n";

        @Test
        void theLayoutIsPrinted() throws IOException {
            var file = file("p.yaml", UGLY);

            assertThat(clawhold.run("policy", "fmt", file)).isEqualTo(new Result(0, NEAT, ""));
            assertThat(Path.of(file)).hasContent(UGLY);
        }

        @Test
        void checkingListsTheFilesOfAnotherLayout() throws IOException {
            var ugly = file("ugly.yaml", UGLY);
            var neat = file("neat.yaml", NEAT);

            assertThat(clawhold.run("policy", "fmt", "--check", neat, ugly))
                    .isEqualTo(new Result(1, ugly + "\n", ""));
            assertThat(clawhold.run("policy", "fmt", "--check", neat))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(Path.of(ugly)).hasContent(UGLY);
        }

        @Test
        void writingPutsTheLayoutInPlace() throws IOException {
            var file = file("p.yaml", UGLY);

            assertThat(clawhold.run("policy", "fmt", "--write", file))
                    .isEqualTo(new Result(0, "", ""));
            assertThat(Path.of(file)).hasContent(NEAT);
        }

        @Test
        void whatCannotBeReadStaysAsItIs() throws IOException {
            var bad = file("bad.yaml", "a: [\n");
            var ugly = file("ugly.yaml", UGLY);
            var result = clawhold.run("policy", "fmt", "--write", bad, ugly);

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).startsWith(bad + ":2:1: not valid YAML");
            assertThat(Path.of(bad)).hasContent("a: [\n");
            assertThat(Path.of(ugly)).hasContent(NEAT);
        }

        @Test
        void checkingAndWritingExcludeEachOther() throws IOException {
            assertThat(
                            clawhold.run("policy", "fmt", "--check", "--write", file("p", UGLY))
                                    .status())
                    .isEqualTo(2);
        }
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
