package dev.clawhold.policyfile;

import dev.clawhold.policy.Policy;
import java.util.List;

/// What became of a policy file's text.
public sealed interface Parsed {

    /// A policy that can come into force.
    ///
    /// @param warnings by line; what was taken, and what to write instead
    record Valid(Policy policy, List<Problem> warnings) implements Parsed {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// Nothing of the file applies.
    ///
    /// @param problems the first hundred by line, at least one of them an error
    record Invalid(List<Problem> problems) implements Parsed {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
