package dev.clawhold.policy;

import dev.clawhold.policy.program.Programs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One named part of a policy: endpoints, and the programs that they are for.
///
/// @param note what the operator says about the rule, shown with its denials; may be empty
/// @param file that its text stands in, as messages name it; empty for the policy's own file
/// @param line where its text begins there, from 1; 0 without a file
public record Rule(
        RuleId id,
        Effect effect,
        List<Endpoint> endpoints,
        Programs programs,
        Conditions conditions,
        String note,
        String file,
        int line) {

    /// What a rule says about the connections that it fits, the strictest first.
    public enum Effect {
        DENY,
        ASK,
        ALLOW
    }

    public Rule {
        endpoints = List.copyOf(endpoints);
    }

    /// A rule of the policy's own file.
    public Rule(
            RuleId id,
            Effect effect,
            List<Endpoint> endpoints,
            Programs programs,
            Conditions conditions,
            String note,
            int line) {
        this(id, effect, endpoints, programs, conditions, note, "", line);
    }

    /// A rule without conditions that no file describes.
    public static Rule of(String key, Effect effect, Programs programs, Endpoint... endpoints) {
        return new Rule(
                new RuleId(key), effect, List.of(endpoints), programs, Conditions.NONE, "", 0);
    }

    /// From then on the rule does not exist.
    public Optional<Instant> until() {
        return conditions.until();
    }

    /// Whether the rule allows only up to some amount.
    public boolean isLimited() {
        return !conditions.limits().isNone();
    }

    Rule withPrograms(Programs others) {
        return new Rule(id, effect, endpoints, others, conditions, note, file, line);
    }
}
