package dev.clawhold.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.Explanation.Fit;
import dev.clawhold.policy.Rule.Effect;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.PathRule;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.limit.RuleLimits;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String CURL = "/usr/bin/curl";
    private static final Rule API_MAY = rule("api-may", Effect.ALLOW, "api.test");
    private static final Rule API_MAY_NOT = rule("api-may-not", Effect.DENY, "api.test");

    @Test
    void denyWinsInEitherOrder() {
        var denied = new Verdict.Deny(Reason.of(ReasonCode.DENIED_BY_RULE, API_MAY_NOT.id()));
        assertThat(decide("api.test", API_MAY, API_MAY_NOT)).isEqualTo(denied);
        assertThat(decide("api.test", API_MAY_NOT, API_MAY)).isEqualTo(denied);
    }

    @Test
    void theFirstOfEqualRulesIsNamed() {
        var second = rule("second", Effect.ALLOW, "api.test");
        assertThat(decide("api.test", API_MAY, second)).isEqualTo(new Verdict.Allow(API_MAY.id()));
        assertThat(decide("api.test", second, API_MAY)).isEqualTo(new Verdict.Allow(second.id()));
    }

    @Test
    void theBuiltInPolicyLetsNothingOut() {
        var policy = Policy.builtIn();
        assertThat(policy.decide(request("api.test"), NOW)).isEqualTo(Denials.NO_POLICY);
        assertThat(policy.admit(request("api.test"), List.of(ip("9.9.9.9")), NOW))
                .isEqualTo(Denials.NO_POLICY);
        assertThat(policy.confinement().files().workdir()).isTrue();
        assertThat(policy.confinement().files().paths())
                .contains(new PathRule("/tmp", Access.READ_WRITE, false));
        assertThat(policy.onInvalidDeniesAll()).isFalse();
        assertThat(new Policy(4, Confinement.BUILT_IN).revision()).isEqualTo(4);
    }

    @Test
    void aBlockedPolicyDeniesEverything() {
        var blocked = policy(API_MAY).blocked(9);
        assertThat(blocked.decide(request("api.test"), NOW)).isEqualTo(Denials.POLICY_INVALID);
        assertThat(blocked.revision()).isEqualTo(9);
        assertThat(blocked.withResolvedPrograms(p -> p).decide(request("api.test"), NOW))
                .isEqualTo(Denials.POLICY_INVALID);
        assertThat(Policy.blockAll(3).decide(request("127.0.0.1"), NOW))
                .isEqualTo(Denials.POLICY_INVALID);
    }

    @Test
    void aRuleEndsAtItsMoment() {
        var rule =
                new Rule(
                        new RuleId("r"),
                        Effect.ALLOW,
                        List.of(endpoint("api.test")),
                        Programs.any(),
                        until(NOW),
                        "",
                        0);
        var policy = policy(rule);
        assertThat(policy.decide(request("api.test"), NOW.minusNanos(1)))
                .isEqualTo(new Verdict.Allow(rule.id()));
        assertThat(policy.decide(request("api.test"), NOW))
                .isEqualTo(new Verdict.Deny(Reason.of(ReasonCode.RULE_EXPIRED, rule.id())));
    }

    @Test
    void anExactPathAlsoMatchesWhatItResolvesTo() {
        var rule = Rule.of("r", Effect.ALLOW, programs("/usr/bin/python3"), endpoint("api.test"));
        var glob = Rule.of("g", Effect.ALLOW, Programs.any(), endpoint("b.test"));
        var policy = policy(rule, glob);
        assertThat(policy.exactPrograms()).containsExactly("/usr/bin/python3");
        var resolved = policy.withResolvedPrograms(p -> p + ".13");
        assertThat(resolved.decide(request("api.test", "/usr/bin/python3.13"), NOW))
                .isEqualTo(new Verdict.Allow(rule.id()));
        assertThat(resolved.decide(request("api.test", "/usr/bin/python3"), NOW))
                .isEqualTo(new Verdict.Allow(rule.id()));
        assertThat(policy.decide(request("api.test", "/usr/bin/python3.13"), NOW))
                .isEqualTo(Denials.of(ReasonCode.BINARY_NOT_LISTED));
        assertThat(resolved.exactPrograms()).containsExactly("/usr/bin/python3");
    }

    @Test
    void rulesAreFoundByTheirKeys() {
        var lined =
                new Rule(
                        new RuleId("r"),
                        Effect.ALLOW,
                        List.of(),
                        Programs.any(),
                        Conditions.NONE,
                        "",
                        12);
        var policy = policy(lined, API_MAY);
        assertThat(policy.line(lined.id())).hasValue(12);
        assertThat(policy.line(API_MAY.id())).isEmpty();
        assertThat(policy.line(new RuleId("none"))).isEmpty();
        assertThat(policy.rule(lined.id())).contains(lined);
        assertThat(policy.egress().rules()).containsExactly(lined, API_MAY);
    }

    @Test
    void theNameIsTestedUnlessEveryEndpointSkipsIt() {
        var skipping =
                Rule.of(
                        "skipping",
                        Effect.ALLOW,
                        Programs.any(),
                        new Endpoint.Opaque(
                                Endpoint.Target.of(exact("api.test"), Ports.of(List.of(443))),
                                false));
        assertThat(policy(API_MAY).testsName(request("api.test"), NOW)).isTrue();
        assertThat(policy(skipping, API_MAY).testsName(request("api.test"), NOW)).isTrue();
        assertThat(policy(skipping).testsName(request("api.test"), NOW)).isFalse();
    }

    @Test
    void theHostsLoopbackIsTold() {
        assertThat(policy().dialsHostLoopback(request("host.docker.internal"))).isTrue();
        assertThat(policy().dialsHostLoopback(request("docker.internal"))).isFalse();
        assertThat(policy().dialsHostLoopback(request("127.0.0.1"))).isFalse();
    }

    @Test
    void portsAreWithinTheirRange() {
        assertThatThrownBy(() -> Ports.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EgressRequest(host("a.test"), 0, program(CURL)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Ports.of(List.of(443, 80, 80)))
                .hasToString("80,443")
                .isEqualTo(Ports.of(List.of(80, 443)));
        assertThat(Ports.any()).hasToString("any").isNotEqualTo(Ports.of(List.of(1)));
        assertThat(Ports.of(List.of(1))).hasSameHashCodeAs(Ports.of(List.of(1)));
    }

    @Nested
    class Explained {
        private final Rule other =
                Rule.of("other", Effect.ALLOW, programs("/usr/bin/git"), endpoint("api.test"));
        private final Rule pinned =
                Rule.of(
                        "pinned",
                        Effect.ALLOW,
                        Programs.listed(
                                List.of(
                                        ProgramPattern.of(
                                                glob(CURL), Set.of("b".repeat(64)), true))),
                        endpoint("api.test"));
        private final Rule port =
                Rule.of(
                        "port",
                        Effect.ALLOW,
                        Programs.any(),
                        Endpoint.opaque(exact("api.test"), Ports.of(List.of(80))));
        private final Rule old =
                new Rule(
                        new RuleId("old"),
                        Effect.ALLOW,
                        List.of(endpoint("api.test")),
                        Programs.any(),
                        until(NOW),
                        "ask Eve",
                        7);

        @Test
        void everyCandidateSaysHowFarItFits() {
            var explained =
                    policy(other, pinned, port, old, API_MAY).explain(request("api.test"), NOW);
            assertThat(explained.verdict()).isEqualTo(new Verdict.Allow(API_MAY.id()));
            assertThat(explained.candidates())
                    .extracting(Explanation.Candidacy::fit)
                    .containsExactly(
                            Fit.OTHER_BINARY,
                            Fit.OTHER_HASH,
                            Fit.OTHER_PORT,
                            Fit.EXPIRED,
                            Fit.FITS);
            assertThat(explained.candidates().getFirst().endpoint()).isEqualTo("api.test:443");
        }

        @Test
        void programsThatChangedOrAreUnknownAreToldApart() {
            var policy = policy(Rule.of("c", Effect.ALLOW, programs(CURL), endpoint("api.test")));
            var changed =
                    new Program.Known(new Executable(CURL, "0".repeat(64), true), List.of(), 1);
            assertThat(fit(policy, changed)).isEqualTo(Fit.CHANGED_BINARY);
            assertThat(fit(policy, new Program.Unknown("gone", 1))).isEqualTo(Fit.UNKNOWN_BINARY);
        }

        private static Fit fit(Policy policy, Program program) {
            var request = new EgressRequest(host("api.test"), 443, program);
            return policy.explain(request, NOW).candidates().getFirst().fit();
        }

        @Test
        void hintsNameWhatIsNear() {
            var policy = policy(port, old);
            assertThat(policy.hint(request("apii.test"), Reason.of(ReasonCode.HOST_NOT_LISTED)))
                    .contains("`apii.test:443`", "looks alike: `api.test`");
            assertThat(policy.hint(request("zzz.example"), Reason.of(ReasonCode.HOST_NOT_LISTED)))
                    .doesNotContain("looks alike");
            assertThat(policy.hint(request("api.test"), Reason.of(ReasonCode.PORT_NOT_LISTED)))
                    .contains("`port` lists port 80");
            assertThat(
                            policy.hint(
                                    request("api.test"),
                                    Reason.of(ReasonCode.RULE_EXPIRED, old.id())))
                    .contains("`old` (line 7)", "ask Eve");
        }

        @Test
        void everyReasonHasAHint() {
            var unknown = new EgressRequest(host("a.test"), 443, new Program.Unknown("gone", 1));
            for (var code : ReasonCode.values()) {
                assertThat(code.hint(request("a.test"))).isNotBlank().doesNotEndWith(".");
                assertThat(code.hint(unknown)).isNotBlank();
                assertThat(code.code()).isLowerCase();
            }
        }
    }

    /// Random policies: what holds for each of them.
    @Nested
    class Laws {
        private static final long SEED = 20_261_121;
        private final Random random = new Random(SEED);

        @Test
        void denyByDefault() {
            repeat(() -> {
                var rules = rules();
                var request = anyRequest();
                if (policy(rules).decide(request, NOW) instanceof Verdict.Allow(var id, _)) {
                    assertThat(rules)
                            .anyMatch(r -> r.id().equals(id) && r.effect() == Effect.ALLOW);
                }
            });
        }

        @Test
        void addingADenialNeverAllowsMore() {
            repeat(() -> {
                var rules = new ArrayList<>(List.of(rules()));
                var request = anyRequest();
                var before = policy(rules.toArray(Rule[]::new)).decide(request, NOW);
                rules.add(random.nextInt(rules.size() + 1), anyRule("extra", Effect.DENY));
                var after = policy(rules.toArray(Rule[]::new)).decide(request, NOW);
                if (!(before instanceof Verdict.Allow)) {
                    assertThat(after).isNotInstanceOf(Verdict.Allow.class);
                }
            });
        }

        @Test
        void removingAnAllowingRuleNeverAllowsMore() {
            repeat(() -> {
                var rules = new ArrayList<>(List.of(rules()));
                var request = anyRequest();
                var before = policy(rules.toArray(Rule[]::new)).decide(request, NOW);
                rules.removeIf(r ->
                        r.effect() == Effect.ALLOW
                                && random.nextBoolean()
                                && r.endpoints().stream()
                                        .allMatch(Endpoint.Opaque.class::isInstance));
                var after = policy(rules.toArray(Rule[]::new)).decide(request, NOW);
                if (after instanceof Verdict.Allow) {
                    assertThat(before).isInstanceOf(Verdict.Allow.class);
                }
            });
        }

        @Test
        void orderDecidesOnlyWhichRuleIsNamed() {
            repeat(() -> {
                var rules = new ArrayList<>(List.of(rules()));
                var request = anyRequest();
                var before = policy(rules.toArray(Rule[]::new)).decide(request, NOW);
                Collections.shuffle(rules, random);
                var after = policy(rules.toArray(Rule[]::new)).decide(request, NOW);
                assertThat(kind(after)).isEqualTo(kind(before));
            });
        }

        @Test
        void theIndexAgreesWithReadingEveryEndpoint() {
            repeat(() -> {
                var rules = rules();
                var request = anyRequest();
                var strictest =
                        List.of(rules).stream()
                                .flatMap(r ->
                                        r.endpoints().stream()
                                                .filter(e -> names(e, request.host()))
                                                .map(e -> Candidate.of(r, e, 0)))
                                .filter(c -> c.fits(request, NOW))
                                .map(Candidate::rank)
                                .min(java.util.Comparator.naturalOrder());
                var verdict = policy(rules).decide(request, NOW);
                assertThat(verdict instanceof Verdict.Allow)
                        .isEqualTo(strictest.filter(Candidate.Rank.ALLOW::equals).isPresent());
            });
        }

        @Test
        void admissionIsNeverWiderThanTheDecision() {
            repeat(() -> {
                var policy = policy(rules());
                var request = anyRequest();
                var answers =
                        List.of(
                                ip("10.0.0." + random.nextInt(3)),
                                ip("9.9.9." + random.nextInt(2)));
                if (policy.admit(request, answers.subList(0, 1 + random.nextInt(2)), NOW)
                        instanceof Verdict.Allow) {
                    assertThat(policy.decide(request, NOW)).isInstanceOf(Verdict.Allow.class);
                }
            });
        }

        private void repeat(Runnable law) {
            for (int i = 0; i < 3_000; i++) {
                try {
                    law.run();
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + SEED + ", round " + i, e);
                }
            }
        }

        private static String kind(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Allow _ -> "allow";
                case Verdict.Inspect _ -> "inspect";
                case Verdict.Ask _ -> "ask";
                case Verdict.Deny(var reason) -> reason.code().code();
            };
        }

        private static boolean names(Endpoint endpoint, Host host) {
            return switch (endpoint.host()) {
                case HostPattern.Exact(var name) -> name.equals(host);
                case HostPattern.Wildcard(var glob) ->
                        host instanceof Host.Name(var name) && glob.matches(name);
                case HostPattern.Range(var range) ->
                        host instanceof Host.Address(var address) && range.contains(address);
                case HostPattern.ByAddress _, HostPattern.CatchAll _ -> true;
            };
        }

        private Rule[] rules() {
            return IntStream.range(0, random.nextInt(8))
                    .mapToObj(i ->
                            anyRule(
                                    "r" + i,
                                    List.of(Effect.DENY, Effect.ASK, Effect.ALLOW)
                                            .get(random.nextInt(3))))
                    .toArray(Rule[]::new);
        }

        private Rule anyRule(String key, Effect effect) {
            var hosts =
                    List.of(
                            exact("a.test"),
                            exact("b.a.test"),
                            new HostPattern.Wildcard(
                                    ((Glob.Read.Good) Glob.read(Glob.Kind.HOST, "**.test")).glob()),
                            new HostPattern.Wildcard(
                                    ((Glob.Read.Good) Glob.read(Glob.Kind.HOST, "*.a.test"))
                                            .glob()),
                            new HostPattern.Wildcard(
                                    ((Glob.Read.Good) Glob.read(Glob.Kind.HOST, "?.*")).glob()),
                            new HostPattern.Range(Cidr.parse("10.0.0.0/8").orElseThrow()),
                            new HostPattern.Range(Cidr.parse("10.0.0.1").orElseThrow()));
            var ports = random.nextBoolean() ? Ports.of(List.of(80)) : Ports.of(List.of(80, 443));
            var programs =
                    random.nextBoolean()
                            ? Programs.any()
                            : programs(random.nextBoolean() ? CURL : "/usr/bin/g*");
            return new Rule(
                    new RuleId(key),
                    effect,
                    List.of(
                            anyEndpoint(
                                    Endpoint.Target.of(
                                            hosts.get(random.nextInt(hosts.size())), ports))),
                    programs,
                    random.nextInt(4) == 0
                            ? until(NOW.plusSeconds(random.nextInt(3) - 1))
                            : Conditions.NONE,
                    "",
                    0);
        }

        private Endpoint anyEndpoint(Endpoint.Target target) {
            return random.nextInt(4) == 0
                    ? new Endpoint.Inspected(
                            target, Inspection.of(new Protocol.Rest(Clauses.none())))
                    : new Endpoint.Opaque(target, true);
        }

        private EgressRequest anyRequest() {
            var hosts =
                    List.of(
                            "a.test",
                            "b.a.test",
                            "c.b.a.test",
                            "x.test",
                            "10.0.0.1",
                            "10.0.0.2",
                            "9.9.9.9");
            var program =
                    random.nextInt(4) == 0
                            ? new Program.Unknown("gone", 1)
                            : program(random.nextBoolean() ? CURL : "/usr/bin/git");
            return new EgressRequest(
                    host(hosts.get(random.nextInt(hosts.size()))),
                    random.nextBoolean() ? 80 : 443,
                    program);
        }
    }

    private static Conditions until(Instant moment) {
        return new Conditions(
                Optional.of(moment),
                RuleLimits.NONE,
                Conditions.DEFAULT_ASK_TIMEOUT,
                Conditions.Secrets.DENY);
    }

    private static Rule rule(String key, Effect effect, String host) {
        return Rule.of(key, effect, Programs.any(), endpoint(host));
    }

    private static Endpoint endpoint(String host) {
        return Endpoint.opaque(exact(host), Ports.of(List.of(443)));
    }

    private static HostPattern exact(String host) {
        return new HostPattern.Exact((Host.Name) host(host));
    }

    private static Programs programs(String path) {
        return Programs.listed(List.of(ProgramPattern.of(glob(path), Set.of(), true)));
    }

    private static Glob glob(String path) {
        return ((Glob.Read.Good) Glob.read(Glob.Kind.BINARY, path)).glob();
    }

    private static Policy policy(Rule... rules) {
        return new Policy(1, Confinement.BUILT_IN, Egress.of(List.of(rules)));
    }

    private static Verdict decide(String host, Rule... rules) {
        return policy(rules).decide(request(host), NOW);
    }

    private static EgressRequest request(String host) {
        return request(host, CURL);
    }

    private static EgressRequest request(String host, String program) {
        return new EgressRequest(host(host), 443, program(program));
    }

    private static Program program(String path) {
        return new Program.Known(new Executable(path, "0".repeat(64), false), List.of(), 1);
    }

    private static Host host(String text) {
        return Host.of(text).orElseThrow();
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
