package dev.clawhold.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.SlowDecision.Outcome;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The compiled decision beside its slow reference, and what follows from the language for every
/// policy and request. The profile `deep` draws a million pairs.
class ReferenceTest {
    private static final int PAIRS = Integer.getInteger("pairs", 10_000);
    private static final int A_POLICY = 50;
    private static final long SEED = Long.getLong("seed", 20_261_120);

    /// One policy with one request, and how they came to be.
    private record Draw(
            long seed,
            List<Rule> rules,
            Policy policy,
            EgressRequest request,
            List<IpAddress> answers,
            Circumstances circumstances) {
        Outcome decided() {
            return Outcome.of(policy.decide(request, circumstances));
        }

        Outcome admitted() {
            return Outcome.of(policy.admit(request, answers, circumstances));
        }

        Draw with(List<Rule> others) {
            var policy = RandomPolicies.policy(others);
            return new Draw(seed, others, policy, request, answers, circumstances);
        }

        String shown() {
            return "seed " + seed + ", " + request + ", " + answers + "\n" + rules;
        }
    }

    private interface Promise {
        void keep(Draw draw, RandomPolicies random);
    }

    private static void forAll(int pairs, Promise promise) {
        for (int i = 0; i < pairs; i += A_POLICY) {
            long seed = SEED + i;
            var random = new RandomPolicies(seed);
            var rules = random.rules();
            var policy = RandomPolicies.policy(rules);
            for (int j = 0; j < A_POLICY; j++) {
                var request = random.request();
                var answers = random.answers(request);
                var circumstances = random.circumstances();
                promise.keep(
                        new Draw(seed, rules, policy, request, answers, circumstances), random);
            }
        }
    }

    @Test
    void theCompiledDecisionIsTheReference() {
        Map<String, Integer> seen = new TreeMap<>();
        forAll(
                PAIRS,
                (draw, _) -> {
                    var slow = new SlowDecision(draw.rules(), draw.request(), draw.circumstances());
                    check(draw, draw.decided(), slow.decide());
                    var admitted = draw.admitted();
                    check(draw, admitted, slow.admit(draw.answers()));
                    seen.merge(admitted.kind() + " " + admitted.code(), 1, Integer::sum);
                });
        if (PAIRS >= 10_000) { // so many draw every outcome
            everyOutcomeWasDrawn(seen);
        }
    }

    /// What is never drawn is not compared.
    private static void everyOutcomeWasDrawn(Map<String, Integer> seen) {
        assertThat(seen.keySet())
                .contains("allow rule", "allow approved", "inspect rule", "inspect approved")
                .contains("ask ask_rule", "deny no_policy", "deny denied_by_rule")
                .contains("deny host_not_listed", "deny port_not_listed", "deny rule_expired")
                .contains("deny binary_not_listed", "deny binary_hash_mismatch")
                .contains("deny binary_changed", "deny binary_unknown", "deny address_never")
                .contains("deny address_private", "deny address_mixed", "deny address_not_listed")
                .contains("deny port_control_plane", "deny dns_failed", "deny limit_connections")
                .contains("deny limit_requests", "deny limit_bytes");
    }

    private static void check(Draw draw, Outcome fast, Outcome slow) {
        if (!fast.equals(slow)) {
            assertThat(fast).as(draw.shown()).isEqualTo(slow);
        }
    }

    @Test
    void denyWins() {
        forAll(
                PAIRS / 5,
                (draw, random) -> {
                    var host =
                            switch (draw.request().host()) {
                                case Host.Name name -> new HostPattern.Exact(name);
                                case Host.Address(var address) ->
                                        new HostPattern.Range(Cidr.only(address));
                            };
                    var deny =
                            Rule.of(
                                    "no",
                                    Rule.Effect.DENY,
                                    Programs.any(),
                                    Endpoint.opaque(host, Ports.any()));
                    var more = draw.with(inserted(draw.rules(), deny, random));
                    assertThat(more.decided().denies()).as(more.shown()).isTrue();
                    assertThat(more.admitted().denies()).as(more.shown()).isTrue();
                });
    }

    @Test
    void denyByDefault() {
        forAll(
                PAIRS / 5,
                (draw, _) -> {
                    var others =
                            draw.rules().stream()
                                    .filter(rule ->
                                            !new SlowDecision(
                                                            List.of(rule),
                                                            draw.request(),
                                                            Circumstances.at(RandomPolicies.NOW))
                                                    .fitsAnything())
                                    .toList();
                    var policy = RandomPolicies.policy(others);
                    assertThat(policy.decide(draw.request(), RandomPolicies.NOW))
                            .as(draw.shown())
                            .isInstanceOf(Verdict.Deny.class);
                });
    }

    @Test
    void addingADenyNeverAllowsMore() {
        forAll(
                PAIRS / 5,
                (draw, random) -> {
                    var deny = random.rule("no", Rule.Effect.ASK);
                    deny =
                            new Rule(
                                    deny.id(),
                                    Rule.Effect.DENY,
                                    deny.endpoints(),
                                    deny.programs(),
                                    deny.conditions(),
                                    "",
                                    0);
                    var more = draw.with(inserted(draw.rules(), deny, random));
                    narrower(more, draw.decided(), more.decided());
                    narrower(more, draw.admitted(), more.admitted());
                });
    }

    private static void narrower(Draw draw, Outcome before, Outcome after) {
        if (!after.equals(before)) {
            assertThat(after.denies()).as(before + " became " + after + draw.shown()).isTrue();
        }
    }

    @Test
    void orderNeverChangesAVerdict() {
        forAll(
                PAIRS / 5,
                (draw, random) -> {
                    var shuffled = new ArrayList<>(draw.rules());
                    Collections.shuffle(shuffled, random.random());
                    var other = draw.with(shuffled);
                    same(other, draw.decided(), other.decided());
                    same(other, draw.admitted(), other.admitted());
                });
    }

    /// Which of several rules without room is named depends on the order, and so does the room that
    /// it has not.
    private static void same(Draw draw, Outcome before, Outcome after) {
        assertThat(after.kind()).as(draw.shown()).isEqualTo(before.kind());
        assertThat(after.parts()).hasSameElementsAs(before.parts());
        if (!before.code().startsWith("limit_")) {
            assertThat(after.code()).as(draw.shown()).isEqualTo(before.code());
        }
    }

    private static List<Rule> inserted(List<Rule> rules, Rule rule, RandomPolicies random) {
        var all = new ArrayList<>(rules);
        all.add(random.below(rules.size() + 1), rule);
        return all;
    }
}
