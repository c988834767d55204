package dev.clawhold.cli;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import java.nio.file.Path;

/// Which file each rule of a policy stands in: the policy's own, or one that it extends.
///
/// @param own as the user named it
record RuleFiles(Path own, Policy policy) {

    String of(RuleId rule) {
        return policy.rule(rule)
                .map(Rule::file)
                .filter(file -> !file.isEmpty())
                .orElse(own.toString());
    }
}
