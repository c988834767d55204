package dev.clawhold.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Egress.Middleware.Action;
import dev.clawhold.policy.Rule.Effect;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.ProviderHosts;
import dev.clawhold.policy.inference.Inference;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.Programs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Inference MODELS = Inference.of(List.of(), List.of());
    private static final HostPattern ANY = new HostPattern.ByAddress();

    @Test
    void anExactNameLeadsToAddressesOfOneKind() {
        var rule = rule(exact("a.test"));
        assertThat(told(rule, "a.test", "9.9.9.9", "2606:4700::1")).isEqualTo("allow r");
        assertThat(told(rule, "a.test", "10.0.0.1", "fd00::1")).isEqualTo("allow r");
        assertThat(told(rule, "a.test", "10.0.0.1", "9.9.9.9")).isEqualTo("address_mixed r");
        assertThat(told(rule, "a.test")).isEqualTo("dns_failed");
    }

    @Test
    void aPatternLeadsToPublicAddressesOnly() {
        var rule = rule(wildcard("*.a.test"));
        assertThat(told(rule, "x.a.test", "9.9.9.9")).isEqualTo("allow r");
        assertThat(told(rule, "x.a.test", "10.0.0.1")).isEqualTo("address_private r");
        assertThat(told(rule, "x.b.test", "9.9.9.9")).isEqualTo("host_not_listed");
    }

    @Test
    void listedAddressesHoldEveryAnswer() {
        var rule = rule(ANY, "10.1.0.0/16");
        assertThat(told(rule, "x.test", "10.1.0.1", "10.1.9.9")).isEqualTo("allow r");
        assertThat(told(rule, "x.test", "10.1.0.1", "10.2.0.1")).isEqualTo("address_not_listed r");
        assertThat(told(rule, "10.1.0.1", "10.1.0.1")).isEqualTo("allow r");
        assertThat(told(rule(ANY), "x.test", "9.9.9.9")).isEqualTo("address_private r");
    }

    @Test
    void neverMeansNever() {
        assertThat(told(rule(ANY, "0.0.0.0/0"), "x.test", "9.9.9.9", "169.254.169.254"))
                .isEqualTo("address_never");
        assertThat(told(rule(exact("a.test")), "a.test", "64:ff9b::7f00:1"))
                .isEqualTo("address_never");
    }

    @Test
    void aDenialOfAddressesBeatsEveryRule() {
        var denial =
                Rule.of(
                        "no",
                        Effect.DENY,
                        Programs.any(),
                        endpoint(ANY, 443, false, "10.9.0.0/16"));
        var policy = policy(rule(exact("a.test")), denial);
        assertThat(told(policy, "a.test", 443, "10.9.1.1")).isEqualTo("denied_by_rule no");
        assertThat(told(policy, "a.test", 443, "10.8.1.1")).isEqualTo("allow r");
    }

    @Test
    void portsThatControlMachinesNeedTheirOwnPermission() {
        var closed =
                Rule.of("r", Effect.ALLOW, Programs.any(), endpoint(exact("a.test"), 6443, false));
        var open =
                Rule.of("s", Effect.ALLOW, Programs.any(), endpoint(exact("a.test"), 6443, true));
        assertThat(told(policy(closed), "a.test", 6443, "9.9.9.9"))
                .isEqualTo("port_control_plane r");
        assertThat(told(policy(closed, open), "a.test", 6443, "9.9.9.9")).isEqualTo("allow s");
    }

    @Test
    void literalsStandForThemselves() {
        var range = rule(new HostPattern.Range(Cidr.parse("10.0.0.0/8").orElseThrow()));
        assertThat(told(range, "10.0.0.1", "10.0.0.1")).isEqualTo("allow r");
        assertThat(told(range, "10.0.0.1", "11.0.0.1")).isEqualTo("address_private r");
        var single = rule(new HostPattern.Range(Cidr.parse("10.0.0.1").orElseThrow()));
        assertThat(told(single, "64:ff9b::a00:1", "64:ff9b::a00:1")).isEqualTo("allow r");
    }

    @Test
    void theHostsLoopbackIsNowhereElse() {
        var rule = rule(exact("host.clawhold.internal"));
        assertThat(told(rule, "host.docker.internal", "127.0.0.1")).isEqualTo("allow r");
        assertThat(told(rule, "host.docker.internal", "::1")).isEqualTo("allow r");
        assertThat(told(rule, "host.docker.internal", "10.0.0.1")).isEqualTo("address_never");
        assertThat(told(rule(wildcard("*.docker.internal")), "host.docker.internal", "127.0.0.1"))
                .isEqualTo("host_not_listed");
    }

    @Test
    void theCatchAllNeverAllowsByItself() {
        var all =
                Rule.of(
                        "all",
                        Effect.ASK,
                        Programs.any(),
                        endpoint(new HostPattern.CatchAll(), 443, false));
        assertThat(told(policy(all), "a.test", 443, "9.9.9.9")).isEqualTo("ask all");
        assertThat(Candidate.of(all, all.endpoints().getFirst(), 0).permits(List.of(ip("9.9.9.9"))))
                .isTrue();
        assertThat(
                        Candidate.of(all, all.endpoints().getFirst(), 0)
                                .permits(List.of(ip("10.9.9.9"))))
                .isFalse();
    }

    @Test
    void whatMustBeInspectedStaysClosed() {
        var rules = List.of(rule(exact("a.test")), rule(wildcard("*.b.test")));
        var glob = ((HostPattern.Wildcard) wildcard("*.b.test")).glob();
        var exact = Glob.literally(Glob.Kind.HOST, "a.test");
        var known = middleware("k", exact, new Action.Redact(), true);
        var unknown = middleware("u", glob, new Action.Unknown("x"), false);
        var free = middleware("f", glob, new Action.Unknown("x"), true);
        assertThat(told(guarded(rules, known), "a.test", 443, "9.9.9.9"))
                .isEqualTo("feature_unavailable r");
        assertThat(told(guarded(rules, unknown), "x.b.test", 443, "9.9.9.9"))
                .isEqualTo("middleware_unavailable r");
        assertThat(told(guarded(rules, free), "x.b.test", 443, "9.9.9.9")).isEqualTo("allow r");
        assertThat(told(guarded(rules, unknown), "a.test", 443, "9.9.9.9")).isEqualTo("allow r");
    }

    @Test
    void modelsAreNotReachedByPatternsWhereThePolicyRoutesThem() {
        var rules = List.of(rule(wildcard("*.openai.com")), rule(exact("api.groq.com")));
        var policy =
                new Policy(
                        1,
                        Confinement.BUILT_IN,
                        new Egress(rules, List.of(), Optional.of(MODELS), false));
        assertThat(told(policy, "api.openai.com", 443, "9.9.9.9")).isEqualTo("host_not_listed");
        assertThat(told(policy, "chat.openai.com", 443, "9.9.9.9")).isEqualTo("allow r");
        assertThat(told(policy, "api.groq.com", 443, "9.9.9.9")).isEqualTo("allow r");
        assertThat(told(policy, "inference.local", 443, "9.9.9.9"))
                .isEqualTo("feature_unavailable");
        assertThat(ProviderHosts.contains(new Host.Name("bedrock-runtime.eu-west-1.amazonaws.com")))
                .isTrue();
    }

    @Test
    void manyPatternsAreFoundByTheirEnds() {
        var rules =
                Stream.iterate(0, i -> i + 1)
                        .limit(500)
                        .map(i ->
                                Rule.of(
                                        "r" + i,
                                        Effect.ALLOW,
                                        Programs.any(),
                                        endpoint(wildcard("*.h" + i + ".test"), 443, false)))
                        .toArray(Rule[]::new);
        var policy = policy(rules);
        assertThat(told(policy, "x.h0.test", 443, "9.9.9.9")).isEqualTo("allow r0");
        assertThat(told(policy, "x.h499.test", 443, "9.9.9.9")).isEqualTo("allow r499");
        assertThat(told(policy, "x.h500.test", 443, "9.9.9.9")).isEqualTo("host_not_listed");
        assertThat(told(policy(rule(wildcard("a.*"))), "a.test", 443, "9.9.9.9"))
                .isEqualTo("allow r");
        assertThat(policy.explain(request("x.h7.test", 443), NOW).candidates())
                .extracting(Explanation.Candidacy::endpoint)
                .containsExactly("*.h7.test:443");
    }

    private static Egress.Middleware middleware(
            String key, Glob include, Action action, boolean passWithout) {
        return new Egress.Middleware(key, 0, List.of(include), List.of(), action, passWithout);
    }

    private static Policy guarded(List<Rule> rules, Egress.Middleware middleware) {
        return new Policy(
                1,
                Confinement.BUILT_IN,
                new Egress(rules, List.of(middleware), Optional.empty(), false));
    }

    private static String told(Rule rule, String host, String... answers) {
        return told(policy(rule), host, 443, answers);
    }

    private static String told(Policy policy, String host, int port, String... answers) {
        var addresses = Stream.of(answers).map(AdmissionTest::ip).toList();
        return switch (policy.admit(request(host, port), addresses, NOW)) {
            case Verdict.Allow(var rule, _) -> "allow " + rule;
            case Verdict.Inspect(var rule, _) -> "inspect " + rule;
            case Verdict.Ask(var rule) -> "ask " + rule;
            case Verdict.Deny(Reason(var code, var rule)) ->
                    code.code() + rule.map(id -> " " + id).orElse("");
        };
    }

    private static EgressRequest request(String host, int port) {
        return new EgressRequest(
                Host.of(host).orElseThrow(), port, new Program.Unknown("a test", 1));
    }

    private static Policy policy(Rule... rules) {
        return new Policy(1, Confinement.BUILT_IN, Egress.of(List.of(rules)));
    }

    private static Rule rule(HostPattern host, String... allowedIps) {
        return Rule.of("r", Effect.ALLOW, Programs.any(), endpoint(host, 443, false, allowedIps));
    }

    private static Endpoint endpoint(
            HostPattern host, int port, boolean controlPlane, String... allowedIps) {
        var ranges = Stream.of(allowedIps).map(text -> Cidr.parse(text).orElseThrow()).toList();
        return new Endpoint.Opaque(
                new Endpoint.Target(host, Ports.of(List.of(port)), ranges, controlPlane, 0), true);
    }

    private static HostPattern exact(String host) {
        return new HostPattern.Exact((Host.Name) Host.of(host).orElseThrow());
    }

    private static HostPattern wildcard(String pattern) {
        return new HostPattern.Wildcard(
                ((Glob.Read.Good) Glob.read(Glob.Kind.HOST, pattern)).glob());
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
