package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clawhold.cli.CommandLines.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReachCommandsTest {
    private static final String READ_ONLY =
            """
            version: 1
            network_policies:
              web:
                endpoints:
                  - {host: api.example, port: 443, protocol: rest, access: read-only}
                binaries: [/usr/bin/curl]
              git:
                endpoints:
                  - {host: git.example, port: 22}
                binaries: [/usr/bin/git]
            """;
    private static final String REORDERED =
            """
            version: 1
            network_policies:
              other_name:
                binaries: [/usr/bin/git]
                endpoints:
                  - {port: 22, host: git.example}
              web:
                binaries: [/usr/bin/curl]
                endpoints:
                  - {host: api.example, port: 443, protocol: rest, access: read-only}
            """;

    private final CommandLines clawhold = new CommandLines();
    @TempDir private Path directory;

    @Nested
    class Diff {
        @Test
        void aFileDoesNotDifferFromItselfReordered() throws IOException {
            assertThat(
                            clawhold.run(
                                    "policy",
                                    "diff",
                                    "--exit-code",
                                    file("a", READ_ONLY),
                                    file("b", REORDERED)))
                    .isEqualTo(new Result(0, "", ""));
        }

        @Test
        void readWriteAfterReadOnlyAddsPostPutAndPatchOnly() throws IOException {
            var a = file("a", READ_ONLY);
            var b = file("b", READ_ONLY.replace("read-only", "read-write"));

            assertThat(clawhold.run("policy", "diff", a, b))
                    .isEqualTo(
                            new Result(
                                    0,
                                    "+ /usr/bin/curl -> api.example:443 PATCH,POST,PUT /**: not listed"
                                            + " => allow web "
                                            + b
                                            + ":5\n",
                                    ""));
            assertThat(clawhold.run("policy", "diff", "--exit-code", a, b).status()).isEqualTo(1);
        }

        @Test
        void whatIsSetAtTheStartComesFirst() throws IOException {
            var a = file("a", READ_ONLY);
            var b =
                    file(
                            "b",
                            READ_ONLY.replace("port: 22", "port: 23")
                                    + "filesystem_policy: {include_workdir: true, read_write: [/srv]}\n");

            assertThat(clawhold.run("policy", "diff", a, b).out().lines())
                    .first()
                    .isEqualTo("+ file /srv: not listed => read-write");
        }

        @Test
        void scriptsGetOneArray() throws IOException {
            var a = file("a", READ_ONLY);
            var b = file("b", READ_ONLY.replace("port: 22", "port: 23"));

            assertThat(clawhold.run("policy", "diff", "--json", a, b).out())
                    .startsWith(
                            "[{\"direction\":\"wider\",\"binary\":\"/usr/bin/git\","
                                    + "\"host\":\"git.example\",\"port\":\"23\",")
                    .contains("\"direction\":\"narrower\"");
        }

        @Test
        void aProblemOfEitherFileIsShown() throws IOException {
            var result =
                    clawhold.run("policy", "diff", file("a", READ_ONLY), file("b", "version: 2\n"));

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("b.yaml:1:10: ");
        }
    }

    @Nested
    class CanReach {
        @Test
        void eachAnswerIsALine() throws IOException {
            var a = file("a", READ_ONLY);

            assertThat(clawhold.run("policy", "can", a).out())
                    .isEqualTo(
                            "/usr/bin/curl -> api.example:443 GET,OPTIONS /** allow web "
                                    + a
                                    + ":5\n/usr/bin/git -> git.example:22 allow, opaque git "
                                    + a
                                    + ":7\n");
        }

        @Test
        void aGivenPartIsAPatternThatMeets() throws IOException {
            var a = file("a", READ_ONLY);

            assertThat(asked(a, "--host", "*.corp.example").lines()).isEmpty();
            assertThat(asked(a, "--host", "g*.example").lines()).hasSize(1);
            assertThat(asked(a, "--binary", "/usr/bin/c*").lines())
                    .singleElement()
                    .asString()
                    .startsWith("/usr/bin/curl");
            assertThat(asked(a, "--port", "22").lines()).hasSize(1);
            assertThat(asked(a, "--method", "post", "--host", "api.example")).isEmpty();
            assertThat(asked(a, "--method", "get", "--path", "/v1/*", "--host", "api.example"))
                    .contains(" GET ");
        }

        @Test
        void whatSendsToHostsOutsideAListIsFound() throws IOException {
            var a = file("a", READ_ONLY);

            assertThat(asked(a, "--sends").lines()).hasSize(1);
            assertThat(asked(a, "--sends", "--not-host", "git.example,**.corp.example")).isEmpty();
        }

        @Test
        void aMalformedPartIsSaid() throws IOException {
            assertThat(clawhold.run("policy", "can", file("a", READ_ONLY), "--host", "a..b").err())
                    .startsWith("clawhold: cannot ask about host `a..b`: it is malformed\nhint: ");
            assertThat(clawhold.run("policy", "can", file("a", READ_ONLY), "--port", "0").status())
                    .isEqualTo(2);
        }

        private String asked(String file, String... question) {
            var arguments =
                    Stream.concat(Stream.of("policy", "can", file), Stream.of(question))
                            .toArray(String[]::new);
            return clawhold.run(arguments).out();
        }

        /// Files of other tools are not ours to keep here: this runs where they are.
        @Test
        void ghAndGitReachGitHubUnderAnotherToolsBaseline() {
            var folder =
                    Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                            .map(p -> p.resolve("shared/data/policies/nemoclaw"))
                            .filter(Files::isDirectory)
                            .findFirst()
                            .or(() ->
                                    Optional.ofNullable(System.getProperty("clawhold.policies"))
                                            .map(p -> Path.of(p, "nemoclaw")));
            assumeTrue(folder.isPresent(), "no folder of policies of other tools");
            var baseline =
                    folder.get().resolve("nemoclaw-blueprint/policies/openclaw-sandbox.yaml");

            assertThat(asked(baseline.toString(), "--host", "api.github.com").lines())
                    .singleElement()
                    .asString()
                    .startsWith("/usr/bin/gh, /usr/bin/git -> api.github.com:443 ")
                    .containsPattern("openclaw-sandbox\\.yaml:[0-9]+");
        }
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), text).toString();
    }
}
