package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every line of `corpus/connect.yaml`: a policy, a request, the verdict.
class CorpusTest {

    @TestFactory
    Stream<DynamicTest> requestsGetTheirVerdicts() throws IOException {
        var corpus = Corpus.load("connect.yaml");
        var clock = Instant.parse(Corpus.text(corpus, "clock"));
        var policies = Corpus.policies(corpus);
        return Corpus.maps(corpus, "cases")
                .map(line ->
                        DynamicTest.dynamicTest(
                                line.toString(), () -> check(policies, clock, line)));
    }

    private static void check(
            Map<String, Policy> policies, Instant clock, Map<String, Object> line) {
        var policy = Optional.ofNullable(policies.get(Corpus.text(line, "policy"))).orElseThrow();
        var to = Corpus.text(line, "to");
        var host = Host.of(to.substring(0, to.lastIndexOf(':')));
        int port = Integer.parseInt(to.substring(to.lastIndexOf(':') + 1));
        assertThat(
                        host.map(h ->
                                told(
                                        policy,
                                        new EgressRequest(h, port, program(line)),
                                        clock,
                                        line)))
                .isEqualTo(
                        Corpus.text(line, "is").equals("host_malformed")
                                ? Optional.empty()
                                : Optional.of(Corpus.text(line, "is")));
    }

    private static String told(
            Policy policy, EgressRequest request, Instant clock, Map<String, Object> line) {
        Optional<List<IpAddress>> answers =
                line.containsKey("=")
                        ? Optional.of(
                                Corpus.texts(line, "=")
                                        .map(text -> IpAddress.parse(text).orElseThrow())
                                        .toList())
                        : request.host() instanceof Host.Address(var address)
                                ? Optional.of(List.of(address))
                                : Optional.empty();
        var verdict =
                answers.map(a -> policy.admit(request, a, clock))
                        .orElseGet(() -> policy.decide(request, clock));
        if (!line.containsKey("=")) {
            assertThat(policy.explain(request, clock).verdict()).isEqualTo(verdict);
        }
        return switch (verdict) {
            case Verdict.Allow(var rule, _) -> "allow " + rule;
            case Verdict.Inspect(var rule, _) -> "inspect " + rule;
            case Verdict.Ask(var rule) -> "ask " + rule;
            case Verdict.Deny(var reason) -> {
                assertThat(policy.hint(request, reason)).isNotBlank().doesNotEndWith(".");
                yield denial(reason);
            }
        };
    }

    private static String denial(Reason reason) {
        return reason.code().code() + reason.rule().map(rule -> " " + rule).orElse("");
    }

    private static Program program(Map<String, Object> line) {
        if (line.containsKey("unknown")) {
            return new Program.Unknown("the process is gone", 7);
        }
        var hash = String.valueOf(line.getOrDefault("hash", "0")).repeat(64);
        var path = String.valueOf(line.getOrDefault("binary", "/usr/bin/any"));
        var ancestors =
                line.containsKey("below")
                        ? Corpus.texts(line, "below")
                                .map(p -> new Executable(p, "0".repeat(64), false))
                                .toList()
                        : List.<Executable>of();
        return new Program.Known(
                new Executable(path, hash, line.containsKey("changed")), ancestors, 7);
    }
}
