package dev.clawhold.policy.reach;

import dev.clawhold.policy.Approvals;
import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.limit.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one policy says about one connection, the operator's answer to a question included.
sealed interface Outcome {

    /// There is no connection.
    record Closed(Ruling ruling) implements Outcome {}

    /// There is one, whose bytes are not looked into.
    record Opaque(Ruling ruling) implements Outcome {}

    /// There is one, whose requests are judged.
    record Inspected(Ruling ruling, Judge judge) implements Outcome {}

    Ruling ruling();

    /// An operator who says yes to every connection.
    Approvals EVERY_CONNECTION =
            new Approvals() {
                @Override
                public boolean covers(EgressRequest connection) {
                    return true;
                }
            };

    /// Asks the policy itself.
    static Outcome of(Policy policy, EgressRequest request, List<IpAddress> answers, Instant now) {
        var verdict = policy.admit(request, answers, Circumstances.at(now));
        return switch (verdict) {
            case Verdict.Allow(var rule, _) ->
                    new Opaque(
                            ruling(
                                    policy,
                                    Ruling.Verdict.OPAQUE,
                                    rule,
                                    opaque(policy, request, rule, now)));
            case Verdict.Inspect(var rule, var http) -> inspected(policy, rule, http, false);
            case Verdict.Ask(var rule) -> asked(policy, request, rule, answers, now);
            case Verdict.Deny(var reason) -> closed(policy, reason);
        };
    }

    /// Only what a rule denies stays closed whatever an operator approves.
    private static Outcome closed(Policy policy, Reason reason) {
        return new Closed(
                reason.code() == ReasonCode.DENIED_BY_RULE
                        ? new Ruling(
                                Ruling.Verdict.DENIED,
                                reason.rule(),
                                line(policy, reason.rule()),
                                List.of())
                        : Ruling.NOT_LISTED);
    }

    private static Verdict approved(
            Policy policy, EgressRequest request, List<IpAddress> answers, Instant now) {
        return policy.admit(
                request, answers, new Circumstances(now, EVERY_CONNECTION, Room.ENDLESS));
    }

    private static Outcome asked(
            Policy policy,
            EgressRequest request,
            RuleId rule,
            List<IpAddress> answers,
            Instant now) {
        var timeout = policy.rule(rule).stream().map(ConditionText::timeout).toList();
        return switch (approved(policy, request, answers, now)) {
            case Verdict.Allow(var allowing, _) -> {
                var conditions = new ArrayList<>(timeout);
                conditions.addAll(opaque(policy, request, allowing, now));
                yield new Opaque(ruling(policy, Ruling.Verdict.ASK, rule, conditions));
            }
            case Verdict.Inspect(_, var http) -> inspected(policy, rule, http, true);
            case Verdict.Deny(var reason) -> closed(policy, reason);
            case Verdict.Ask _ -> new Closed(Ruling.NOT_LISTED);
        };
    }

    private static Outcome inspected(Policy policy, RuleId rule, HttpRules http, boolean asked) {
        var middlewares =
                http.middlewares().stream()
                        .map(m -> "through " + m.key() + (m.passWithout() ? ", if it runs" : ""))
                        .toList();
        return new Inspected(
                ruling(
                        policy,
                        asked ? Ruling.Verdict.ASK : Ruling.Verdict.INSPECT,
                        rule,
                        List.of()),
                new Judge(http.parts(), middlewares, asked));
    }

    private static List<String> opaque(
            Policy policy, EgressRequest request, RuleId rule, Instant now) {
        var conditions = new ArrayList<>(ConditionText.limits(policy.rule(rule).stream().toList()));
        if (!policy.testsName(request, now)) {
            conditions.add("names not tested");
        }
        return conditions;
    }

    private static Ruling ruling(
            Policy policy, Ruling.Verdict verdict, RuleId rule, List<String> conditions) {
        return new Ruling(verdict, Optional.of(rule), line(policy, Optional.of(rule)), conditions);
    }

    private static int line(Policy policy, Optional<RuleId> rule) {
        return rule.flatMap(policy::rule).map(Rule::line).orElse(0);
    }
}
