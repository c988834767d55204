package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What has to change in a policy so that it also says what another one says.
public final class Merging {
    /// Which of two differing values holds.
    public enum Preference {
        /// Neither: the difference is a conflict.
        NONE,
        /// That of the policy that is added to.
        BASE,
        /// That of the policy that is added.
        ADD
    }

    /// What there is to do.
    ///
    /// @param changes in their order
    /// @param conflicts one E27 for each value that neither can have; with one, nothing may change
    public record Result(List<Change> changes, List<Problem> conflicts) {
        public Result {
            changes = List.copyOf(changes);
            conflicts = List.copyOf(conflicts);
        }
    }

    private static final String RULES = "network_policies";
    private static final Set<String> SKIPPED = Set.of("version", "preset", RULES);
    private static final Set<String> UNIONS =
            Set.of(
                    "extends",
                    "filesystem_policy.read_only",
                    "filesystem_policy.read_write",
                    "filesystem_policy.deny",
                    "egress.rules",
                    "inference.routes",
                    "inference.budgets");

    private final Differences differences;
    private final List<Node.Fields> inherited;

    private Merging(Preference preference, List<Node.Fields> inherited) {
        this.differences = new Differences(preference, UNIONS);
        this.inherited = inherited;
    }

    /// The changes to one policy that bring in another. Both are valid policies.
    ///
    /// @param inherited what the base extends: its rules are there already, and their keys taken
    public static Result of(
            Node.Fields base, Node.Fields add, Preference preference, List<Node.Fields> inherited) {
        var merging = new Merging(preference, inherited);
        return merging.merge(base, add, new Implied(merging.differences).check(base, add));
    }

    /// The changes to an extended policy that put another on top. Neither has been checked.
    static Result layered(Node.Fields lower, Node.Fields upper) {
        return new Merging(Preference.ADD, List.of()).merge(lower, upper, Set.of());
    }

    private Result merge(Node.Fields base, Node.Fields add, Set<String> done) {
        for (var field : add.fields()) {
            var key = field.key().text();
            if (!SKIPPED.contains(key) && !done.contains(key)) {
                differences.field(List.of(), base, field, Defaults.NONE);
            }
        }
        field(add, RULES).ifPresent(rules -> rules(base, rules));
        return new Result(differences.changes(), differences.conflicts());
    }

    private void rules(Node.Fields base, Node.Field rules) {
        var mine = base.get(RULES);
        if (!(rules.value() instanceof Node.Fields more)
                || (mine.isPresent() && !(mine.get() instanceof Node.Fields))
                || (mine.isEmpty() && inherited.isEmpty())) {
            differences.field(List.of(), base, rules, Defaults.NONE);
        } else if (mine.isPresent() && mine.get() instanceof Node.Fields have) {
            new RuleUnion(differences, have, more, inheritedRules()).run();
        } else {
            firstRules(rules.key(), more);
        }
    }

    /// A base without rules of its own still has those that it inherits.
    private void firstRules(Node.Scalar key, Node.Fields more) {
        var none = Node.Fields.of(List.of(), more.place());
        var own = new Differences(differences.preference(), UNIONS);
        new RuleUnion(own, none, more, inheritedRules()).run();
        if (!own.changes().isEmpty()) {
            var made = Layers.apply(wrap(none), own.changes()).get(RULES).orElse(none);
            differences.put(List.of(), key, made, List.of());
        }
    }

    private static Node.Fields wrap(Node.Fields rules) {
        var key = new Node.Scalar(RULES, true, rules.place());
        return Node.Fields.of(List.of(new Node.Field(key, rules)), rules.place());
    }

    private List<Node.Field> inheritedRules() {
        var fields = new ArrayList<Node.Field>();
        for (var policy : inherited) {
            if (policy.get(RULES).orElse(policy) instanceof Node.Fields rules) {
                rules.fields().stream()
                        .filter(f -> f.value() instanceof Node.Fields)
                        .forEach(fields::add);
            }
        }
        return fields;
    }

    static Optional<Node.Field> field(Node.Fields map, String key) {
        return map.fields().stream().filter(f -> f.key().text().equals(key)).findFirst();
    }
}
