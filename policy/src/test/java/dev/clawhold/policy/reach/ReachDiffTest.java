package dev.clawhold.policy.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.Rule.Effect;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReachDiffTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Programs CURL = programs("/usr/bin/curl");
    private static final List<String> READ = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> WRITE =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH");

    @Test
    void aPolicyDoesNotDifferFromItselfReordered() {
        var rules =
                List.of(
                        rule("a", Effect.ALLOW, CURL, opaque("api.test", 443)),
                        rule("b", Effect.ALLOW, CURL, opaque("*.wild.test", 443)),
                        rule("c", Effect.DENY, Programs.any(), opaque("x.wild.test", 443)),
                        rule("d", Effect.ALLOW, CURL, rest("rw.test", allowing(WRITE, "/**"))));

        assertThat(lines(policy(rules), policy(rules.reversed()))).isEmpty();
    }

    @Test
    void readWriteAfterReadOnlyAddsTheThreeMethods() {
        var before = policy(rule("r", Effect.ALLOW, CURL, rest("api.test", allowing(READ, "/**"))));
        var after = policy(rule("r", Effect.ALLOW, CURL, rest("api.test", allowing(WRITE, "/**"))));

        assertThat(lines(before, after))
                .containsExactly("+ /usr/bin/curl -> api.test:443 PATCH,POST,PUT /**");
        assertThat(lines(after, before))
                .containsExactly("- /usr/bin/curl -> api.test:443 PATCH,POST,PUT /**");
    }

    @Test
    void pathsAreComparedAsSets() {
        var before =
                policy(rule("r", Effect.ALLOW, CURL, rest("api.test", allowing(READ, "/v1/**"))));
        var same =
                policy(
                        rule(
                                "r",
                                Effect.ALLOW,
                                CURL,
                                rest("api.test", allowing(READ, "/v1/*", "/v1/*/**"))));
        var narrower =
                policy(
                        rule(
                                "r",
                                Effect.ALLOW,
                                CURL,
                                rest(
                                        "api.test",
                                        new Clauses<>(
                                                clauses(READ, "/v1/**"),
                                                List.of(),
                                                clauses(List.of("GET"), "/v1/admin/**")))));

        assertThat(lines(before, same)).isEmpty();
        assertThat(lines(before, narrower))
                .containsExactly("- /usr/bin/curl -> api.test:443 GET /v1/admin/**");
    }

    @Test
    void hostsAreComparedAsSets() {
        var one = policy(rule("r", Effect.ALLOW, CURL, opaque("**.a.test", 443)));
        var other =
                policy(
                        rule(
                                "r",
                                Effect.ALLOW,
                                CURL,
                                opaque("*.a.test", 443),
                                opaque("**.x.a.test", 443)));

        assertThat(lines(one, other))
                .containsExactly("- /usr/bin/curl -> **.a.test except **.x.a.test, *.a.test:443");
        assertThat(lines(other, one))
                .containsExactly("+ /usr/bin/curl -> **.a.test except **.x.a.test, *.a.test:443");
    }

    @Test
    void programsHostsAndPortsOfOneRuleAreOneLine() {
        var nothing = policy();
        var two =
                rule(
                        "r",
                        Effect.ALLOW,
                        programs("/usr/bin/gh", "/usr/bin/git"),
                        new Endpoint.Opaque(
                                Endpoint.Target.of(exact("a.test"), Ports.of(List.of(443, 80))),
                                true),
                        new Endpoint.Opaque(
                                Endpoint.Target.of(exact("b.test"), Ports.of(List.of(443, 80))),
                                true));

        assertThat(lines(nothing, policy(two)))
                .containsExactly("+ /usr/bin/gh, /usr/bin/git -> a.test, b.test:80,443");
    }

    @Test
    void anAskAndAConditionAreOtherVerdicts() {
        var allow = rule("r", Effect.ALLOW, CURL, opaque("api.test", 443));
        var ask = rule("r", Effect.ASK, CURL, opaque("api.test", 443));
        var until =
                new Rule(
                        new RuleId("r"),
                        Effect.ALLOW,
                        allow.endpoints(),
                        CURL,
                        new Conditions(
                                Optional.of(NOW.plusSeconds(60)),
                                Conditions.NONE.limits(),
                                Conditions.DEFAULT_ASK_TIMEOUT,
                                Conditions.Secrets.DENY),
                        "",
                        0);

        assertThat(lines(policy(allow), policy(ask)))
                .containsExactly("~ /usr/bin/curl -> api.test:443");
        assertThat(lines(policy(allow), policy(until)))
                .containsExactly("- /usr/bin/curl -> api.test:443 (from 2026-06-01T12:01:00Z)");
    }

    @Test
    void whatAProgramStartsIsToldApart() {
        var self =
                Programs.listed(
                        List.of(
                                ProgramPattern.of(
                                        glob(Glob.Kind.BINARY, "/usr/bin/curl"), Set.of(), false)));
        assertThat(
                        lines(
                                policy(rule("r", Effect.ALLOW, CURL, opaque("a.test", 443))),
                                policy(rule("r", Effect.ALLOW, self, opaque("a.test", 443)))))
                .containsExactly("- programs below /usr/bin/curl -> a.test:443");
    }

    @Test
    void aCatchAllHidesBehindARuleThatFits() {
        var ask = rule("ask", Effect.ASK, Programs.any(), everything());
        var a = policy(ask, rule("r", Effect.ALLOW, CURL, opaque("a.test", 443)));
        assertThat(lines(policy(ask), a))
                .containsExactly(
                        "+ /usr/bin/curl -> a.test:443 (private addresses)",
                        "~ /usr/bin/curl -> a.test:443 (public addresses)");
    }

    @Test
    void staticDifferencesComeApart() {
        assertThat(ReachDiff.of(Policy.builtIn(), policy(), NOW))
                .isEqualTo(new ReachDiff.Found(List.of(), List.of()));
    }

    private static List<String> lines(Policy before, Policy after) {
        return switch (ReachDiff.of(before, after, NOW)) {
            case ReachDiff.Found(_, var changes) ->
                    changes.stream().map(c -> c.direction().sign() + " " + c.subject()).toList();
            case ReachDiff.TooLarge(var cause) -> List.of(cause);
        };
    }

    private static Policy policy(Rule... rules) {
        return policy(List.of(rules));
    }

    private static Policy policy(List<Rule> rules) {
        return new Policy(1, Confinement.BUILT_IN, Egress.of(rules));
    }

    private static Rule rule(String key, Effect effect, Programs programs, Endpoint... endpoints) {
        return Rule.of(key, effect, programs, endpoints);
    }

    private static Endpoint opaque(String host, int port) {
        return Endpoint.opaque(pattern(host), Ports.of(List.of(port)));
    }

    private static Endpoint everything() {
        return Endpoint.opaque(new HostPattern.CatchAll(), Ports.any());
    }

    private static Endpoint rest(String host, Clauses<HttpClause> clauses) {
        return new Endpoint.Inspected(
                Endpoint.Target.of(pattern(host), Ports.of(List.of(443))),
                Inspection.of(new Protocol.Rest(clauses)));
    }

    private static Clauses<HttpClause> allowing(List<String> methods, String... paths) {
        return Clauses.allowing(clauses(methods, paths));
    }

    private static List<HttpClause> clauses(List<String> methods, String... paths) {
        return Stream.of(paths)
                .flatMap(path ->
                        methods.stream()
                                .map(m ->
                                        new HttpClause(
                                                Optional.of(m),
                                                glob(Glob.Kind.PATH, path),
                                                Map.of(),
                                                0)))
                .toList();
    }

    private static HostPattern pattern(String host) {
        return Glob.hasWildcards(host)
                ? new HostPattern.Wildcard(glob(Glob.Kind.HOST, host))
                : exact(host);
    }

    private static HostPattern exact(String host) {
        return new HostPattern.Exact((Host.Name) Host.of(host).orElseThrow());
    }

    private static Programs programs(String... paths) {
        return Programs.listed(
                Stream.of(paths)
                        .map(p -> ProgramPattern.of(glob(Glob.Kind.BINARY, p), Set.of(), true))
                        .toList());
    }

    private static Glob glob(Glob.Kind kind, String pattern) {
        return switch (Glob.read(kind, pattern)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new AssertionError(message);
        };
    }
}
