package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files written for other tools load unchanged. They are not ours to keep here: the tests run
/// where `clawhold.policies` names a folder with them, or a folder above has
/// `shared/data/policies`.
class OtherToolsFilesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String BASELINE =
            "nemoclaw/nemoclaw-blueprint/policies/openclaw-sandbox.yaml";

    private final Optional<Path> folder = folder();

    @BeforeEach
    void onlyWhereTheFilesAre() {
        assumeTrue(folder.isPresent(), "no folder of policies of other tools");
    }

    @Test
    void everyFileLoadsButTheTemplate() throws IOException {
        try (var files = Files.walk(folder.orElseThrow())) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                var parsed = PolicyFile.parse(file.toString(), Files.readAllBytes(file), 1);
                assertThat(parsed)
                        .as("%s", parsed)
                        .isInstanceOf(
                                file.endsWith("policy-template.yaml")
                                        ? Parsed.Invalid.class
                                        : Parsed.Valid.class);
            }
        }
    }

    @Test
    void theBaselineSaysWhatItTook() throws IOException {
        var valid = load(BASELINE);
        assertThat(valid.warnings()).filteredOn(p -> p.code() == Code.W01).hasSize(2);
        assertThat(valid.warnings()).filteredOn(p -> p.code() == Code.W03).hasSize(5);
        var policy = valid.policy();
        assertThat(told(policy, "/usr/bin/gh", "api.github.com")).isEqualTo("allow github");
        assertThat(told(policy, "/usr/bin/curl", "api.github.com")).isEqualTo("binary_not_listed");
        assertThat(told(policy, "/usr/local/bin/claude", "sentry.io"))
                .isEqualTo("allow claude_code");
        assertThat(told(policy, "/usr/bin/curl", "discord.com")).isEqualTo("inspect discord");
        assertThat(asked(policy, "/usr/bin/curl", "discord.com", "GET", "/x"))
                .isEqualTo("allow discord");
        assertThat(asked(policy, "/usr/bin/curl", "discord.com", "PUT", "/x"))
                .isEqualTo("request_not_listed discord");
    }

    @Test
    void presetsLoadAlone() throws IOException {
        var valid = load("nemoclaw/nemoclaw-blueprint/policies/presets/pypi.yaml");
        assertThat(valid.warnings()).extracting(Problem::code).containsExactly(Code.W01, Code.W24);
        assertThat(told(valid.policy(), "/usr/bin/python3", "pypi.org")).isEqualTo("inspect pypi");
        assertThat(asked(valid.policy(), "/usr/bin/python3", "pypi.org", "GET", "/simple/x/"))
                .isEqualTo("allow pypi");
        assertThat(asked(valid.policy(), "/usr/bin/python3", "pypi.org", "PUT", "/simple/x/"))
                .isEqualTo("request_not_listed pypi");
    }

    @Test
    void oneHostCanBeInspectedForSomeAndOpaqueForOthers() throws IOException {
        var policy =
                load("openshell/crates/openshell-supervisor-network/testdata/sandbox-policy.yaml")
                        .policy();
        assertThat(told(policy, "/usr/bin/git", "github.com"))
                .isEqualTo("inspect github_ssh_over_https");
        assertThat(asked(policy, "/usr/bin/git", "github.com", "GET", "/o/r.git/info/refs"))
                .isEqualTo("allow github_ssh_over_https");
        assertThat(asked(policy, "/usr/bin/git", "github.com", "POST", "/o/r.git/git-receive-pack"))
                .isEqualTo("request_not_listed github_ssh_over_https");
        assertThat(told(policy, "/usr/local/bin/copilot", "github.com")).isEqualTo("allow copilot");
        assertThat(told(policy, "/home/a/.local/bin/copilot", "github.com"))
                .isEqualTo("allow copilot");
    }

    @Test
    void aTemplateLoadsOnceItIsFilledIn() throws IOException {
        var file =
                folder.orElseThrow().resolve("openshell/e2e/mcp-conformance/policy-template.yaml");
        var template = Files.readString(file);
        assertThat(Corpus.problems(template)).extracting(Problem::code).contains(Code.E01);
        var filled =
                template.replace("${host_spec}", "host: \"mcp.test\"")
                        .replace("${port_spec}", "        port: 8080")
                        .replace("${path}", "/mcp");
        assertThat(told(Corpus.valid(filled).policy(), "/usr/bin/node", "mcp.test", 8080))
                .isEqualTo("inspect mcp_conformance");
        var call =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"any.name\"}}";
        Map<String, Object> line =
                Map.of(
                        "binary",
                        "/usr/bin/node",
                        "to",
                        "mcp.test:8080",
                        "method",
                        "POST",
                        "path",
                        "/mcp",
                        "body",
                        call);
        assertThat(new RequestCase(line).told(Corpus.valid(filled).policy(), NOW).verdict())
                .isEqualTo("allow mcp_conformance");
    }

    private Parsed.Valid load(String name) throws IOException {
        return Corpus.valid(Files.readString(folder.orElseThrow().resolve(name)));
    }

    private static String asked(
            Policy policy, String program, String host, String method, String path) {
        Map<String, Object> line =
                Map.of("binary", program, "to", host + ":443", "method", method, "path", path);
        return new RequestCase(line).told(policy, NOW).verdict();
    }

    private static String told(Policy policy, String program, String host) {
        return told(policy, program, host, 443);
    }

    private static String told(Policy policy, String program, String host, int port) {
        var executable = new Executable(program, "0".repeat(64), false);
        var request =
                new EgressRequest(
                        Host.of(host).orElseThrow(),
                        port,
                        new Program.Known(executable, List.of(), 1));
        return switch (policy.decide(request, NOW)) {
            case Verdict.Allow(var rule, _) -> "allow " + rule;
            case Verdict.Inspect(var rule, _) -> "inspect " + rule;
            case Verdict.Ask(var rule) -> "ask " + rule;
            case Verdict.Deny(Reason(var code, var rule)) ->
                    code.code() + rule.map(id -> " " + id).orElse("");
        };
    }

    private static Optional<Path> folder() {
        var named = Stream.ofNullable(System.getProperty("clawhold.policies")).map(Path::of);
        var above =
                Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                        .map(p -> p.resolve("shared/data/policies"));
        return Stream.concat(named, above).filter(Files::isDirectory).findFirst();
    }
}
