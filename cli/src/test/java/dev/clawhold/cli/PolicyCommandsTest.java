package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.CommandLines.Result;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCommandsTest {
    private static final String VALID =
            """
            version: 1
            network_policies:
              web:
                endpoints:
                  - {host: api.example, port: 443}
                binaries:
                  - {path: /opt/tool}
              secret:
                verdict: deny
                endpoints:
                  - {host: secret.example, port: 443}
                binaries: any
            """;
    private static final String MISSPELT =
            """
            version: 1
            network_policies:
              web:
                endpoints:
                  - {host: api.example, port: 443, prot: 1}
                binaries: any
            """;

    private final CommandLines clawhold = new CommandLines();
    @TempDir private Path directory;

    @Nested
    class Check {
        @Test
        void aValidFileIsSaidToBe() throws IOException {
            var file = policy(VALID);

            assertThat(clawhold.run("policy", "check", file))
                    .isEqualTo(new Result(0, file + ": valid\n", ""));
        }

        @Test
        void aProblemIsPlacedAndSuggestsWhatWasMeant() throws IOException {
            var file = policy(MISSPELT);
            var result = clawhold.run("policy", "check", file);

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith(file + ":5:40: unknown key `prot`")
                    .contains("did you mean `port`?");
        }

        @Test
        void warningsAloneAreShownAndValid() throws IOException {
            var file = policy(VALID.replace("    binaries:\n      - {path: /opt/tool}\n", ""));
            var result = clawhold.run("policy", "check", file);

            assertThat(result.status()).isZero();
            assertThat(result.out()).isEqualTo(file + ": valid\n");
            assertThat(result.err()).startsWith(file + ":3:3: warning: ");
        }

        @Test
        void oneBadFileAmongSeveralIsEnough() throws IOException {
            var good = policy(VALID);
            var bad = Files.writeString(directory.resolve("bad.yaml"), MISSPELT).toString();
            var result = clawhold.run("policy", "check", bad, good);

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEqualTo(good + ": valid\n");
        }

        @Test
        void scriptsGetOneArrayWithCodes() throws IOException {
            var file = policy(MISSPELT);
            var result = clawhold.run("policy", "check", "--json", file, directory + "/none");

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .startsWith("[{\"file\":\"" + file + "\",\"valid\":false,\"problems\":[{")
                    .contains("{\"code\":\"E03\",\"severity\":\"error\",\"line\":5,\"column\":40,")
                    .endsWith(
                            "]},{\"file\":\""
                                    + directory
                                    + "/none\",\"valid\":false,\"error\":\"no such file\"}]\n");
        }

        @Test
        void aFileThatIsNotThereIsNamed() {
            unreadable(directory.resolve("none"), "no such file");
        }

        @Test
        void aDirectoryIsNamed() {
            unreadable(directory, "it is a directory");
        }

        @Test
        void aFileThatIsTooLargeIsNotRead() throws IOException {
            var file = directory.resolve("large.yaml");
            try (var large = new RandomAccessFile(file.toFile(), "rw")) {
                large.setLength(1L << 40);
            }

            unreadable(file, "it is larger than 16 MiB");
        }

        @Test
        void aDeviceWithoutEndIsNotReadToItsEnd() {
            unreadable(Path.of("/dev/zero"), "it is larger than 16 MiB");
        }

        @Test
        void whatAFileSaysCannotSteerTheTerminal() throws IOException {
            var file = policy("version: 1\n\"k\\e[2Ky\": 1\n");

            assertThat(clawhold.run("policy", "check", file).err())
                    .doesNotContain("\u001b")
                    .startsWith(file + ":2:1: ");
        }

        private void unreadable(Path file, String cause) {
            assertThat(clawhold.run("policy", "check", file.toString()))
                    .isEqualTo(
                            new Result(
                                    2,
                                    "",
                                    "clawhold: cannot read policy `"
                                            + file
                                            + "`: "
                                            + cause
                                            + "\n"));
        }
    }

    @Nested
    class Explain {
        @Test
        void anAllowedConnectionNamesItsRuleAndLine() throws IOException {
            var file = policy(VALID);

            assertThat(explain(file, "API.example.", "443"))
                    .isEqualTo(
                            new Result(
                                    0,
                                    """
                                    verdict  allow
                                    reason   rule
                                    rule     web (%s:3)
                                    program  /opt/tool
                                    host     api.example, port 443
                                    """
                                            .formatted(file),
                                    ""));
        }

        @Test
        void aDenialByRuleIsOneWithItsHint() throws IOException {
            var file = policy(VALID);
            var result = explain(file, "secret.example", "443");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out())
                    .startsWith(
                            "verdict  deny\nreason   denied_by_rule\nrule     secret ("
                                    + file
                                    + ":8)\n")
                    .contains("\nhint     ");
        }

        @Test
        void aDenialForWantOfARuleNamesNone() throws IOException {
            var result = explain(policy(VALID), "other.example", "443");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out())
                    .startsWith("verdict  deny\nreason   host_not_listed\nprogram  /opt/tool\n");
        }

        @Test
        void anInheritedRuleIsShownInItsOwnFile() throws IOException {
            var base = Files.writeString(directory.resolve("base.yaml"), VALID);
            var file = policy("version: 1\nextends: [./base.yaml]\n");

            assertThat(explain(file, "api.example", "443").out())
                    .contains("rule     web (" + base + ":3)\n");
            assertThat(explain(file, "secret.example", "443").out())
                    .contains("rule     secret (" + base + ":8)\n");
        }

        @Test
        void aRequestNamesItsClause() throws IOException {
            var file =
                    policy(
                            """
                            version: 1
                            network_policies:
                              web:
                                endpoints:
                                  - host: api.example
                                    port: 443
                                    protocol: rest
                                    rules:
                                      - allow: {method: GET, path: /v1/**}
                                binaries: any
                            """);
            var base =
                    List.of(
                            "policy",
                            "explain",
                            file,
                            "--binary",
                            "/opt/tool",
                            "--host",
                            "api.example",
                            "--port",
                            "443");
            assertThat(clawhold.run(with(base, "--method", "GET", "--path", "/v1//x?y=1")))
                    .isEqualTo(
                            new Result(
                                    0,
                                    """
                                    verdict  allow
                                    reason   rule
                                    rule     web (%s:9)
                                    program  /opt/tool
                                    host     api.example, port 443
                                    request  GET /v1/x?y=1
                                    """
                                            .formatted(file),
                                    ""));
            var denied = clawhold.run(with(base, "--method", "POST", "--path", "/v1/x"));
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.out())
                    .contains("reason   request_not_listed\n")
                    .contains("on this path the policy allows `GET`");
            var json = clawhold.run(with(base, "--method", "POST", "--path", "/v1/x", "--json"));
            assertThat(json.out()).contains("\"fit\":\"no_clause\"");
            assertThat(clawhold.run(with(base, "--method", "GET")).err())
                    .isEqualTo("clawhold: cannot explain a request: --path is missing\n");
            assertThat(clawhold.run(with(base)).out()).startsWith("verdict  inspect\n");
        }

        private String[] with(List<String> base, String... more) {
            var all = new ArrayList<>(base);
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }

        @Test
        void aQuestionIsThree() {
            var host = new Host.Name("a.example");
            var request = new EgressRequest(host, 443, new Program.Unknown("unknown", 0));
            var ask = new Verdict.Ask(new RuleId("news"));
            var outcome = Outcome.of(ask, Policy.builtIn(), request);
            var text =
                    new ExplanationText(
                            new RuleFiles(Path.of("p"), Policy.builtIn()),
                            request,
                            outcome,
                            Optional.empty(),
                            List.of());

            assertThat(outcome.status()).isEqualTo(3);
            assertThat(text.lines())
                    .startsWith("verdict  ask", "reason   ask_rule", "rule     news");
        }

        @Test
        void aLiteralAddressIsJudgedToo() throws IOException {
            assertThat(explain(policy(VALID), "169.254.169.254", "80").out())
                    .contains("reason   address_never\n");
        }

        @Test
        void aLinkIsFollowedAsTheKernelDoes() throws IOException {
            var tool = Files.writeString(directory.resolve("tool-1.2"), "#!");
            var link = Files.createSymbolicLink(directory.resolve("tool"), tool);
            var file = policy(VALID.replace("/opt/tool", link.toString()));

            var result = clawhold.run(arguments(file, link.toString(), "api.example", "443"));

            assertThat(result.status()).isZero();
            assertThat(result.out()).contains("program  " + tool.toRealPath() + "\n");
        }

        @Test
        void aPinnedHashIsThatOfTheFile() throws IOException {
            var tool = Files.writeString(directory.resolve("tool"), "abc").toRealPath();
            // FIPS 180-4, the example of one block.
            var sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
            var pinned =
                    VALID.replace(
                            "{path: /opt/tool}", "{path: " + tool + ", sha256: " + sha256 + "}");

            assertThat(run(policy(pinned), tool, "api.example").status()).isZero();
            assertThat(run(policy(pinned.replace("ba78", "0000")), tool, "api.example").out())
                    .contains("reason   binary_hash_mismatch\n");
        }

        @Test
        void scriptsGetOneObjectWithEveryCandidate() throws IOException {
            var file = policy(VALID);
            var line =
                    new ArrayList<>(List.of(arguments(file, "/bin/other", "api.example", "443")));
            line.add("--json");
            var result = clawhold.run(line.toArray(String[]::new));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out())
                    .startsWith("{\"verdict\":\"deny\",\"reason\":\"binary_not_listed\",")
                    .contains(
                            "\"host\":\"api.example\",\"port\":443,\"hint\":\"",
                            "\"candidates\":[{\"rule\":\"web\",\"effect\":\"allow\","
                                    + "\"endpoint\":\"api.example:443\",\"line\":5,"
                                    + "\"fit\":\"other_binary\"}]}");
        }

        @Test
        void anInvalidPolicyExplainsNothing() throws IOException {
            var file = policy(MISSPELT);
            var result = explain(file, "api.example", "443");

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith(file + ":5:40: ");
        }

        @Test
        void aPolicyThatCannotBeReadIsBadInput() {
            assertThat(explain(directory.toString(), "api.example", "443"))
                    .isEqualTo(
                            new Result(
                                    2,
                                    "",
                                    "clawhold: cannot read policy `%s`: it is a directory\n"
                                            .formatted(directory)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "65536", "443x", "", "https", "99999999999"})
        void aPortThatIsNoneIsBadInput(String port) throws IOException {
            assertThat(explain(policy(VALID), "api.example", port))
                    .isEqualTo(
                            new Result(
                                    2,
                                    "",
                                    """
                                    clawhold: cannot explain port `%s`: it is not a whole number \
                                    from 1 to 65535
                                    """
                                            .formatted(port)));
        }

        @Test
        void aMalformedHostIsBadInput() throws IOException {
            var result = explain(policy(VALID), "0x7f.1", "443");

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("clawhold: cannot explain host `0x7f.1`: it is malformed\nhint: ");
        }

        @Test
        void aRelativeProgramIsBadInput() throws IOException {
            var result = clawhold.run(arguments(policy(VALID), "git", "api.example", "443"));

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err())
                    .startsWith(
                            "clawhold: cannot explain program `git`: its path is not absolute\n");
        }

        private Result explain(String file, String host, String port) {
            return clawhold.run(arguments(file, "/opt/tool", host, port));
        }

        private Result run(String file, Path tool, String host) {
            return clawhold.run(arguments(file, tool.toString(), host, "443"));
        }

        private static String[] arguments(String file, String binary, String host, String port) {
            return new String[] {
                "policy", "explain", file, "--binary", binary, "--host=" + host, "--port=" + port
            };
        }
    }

    private String policy(String text) throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), text).toString();
    }
}
