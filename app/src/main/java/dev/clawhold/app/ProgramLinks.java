package dev.clawhold.app;

import dev.clawhold.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;

/// Lets a rule for `/usr/bin/python3` fit the file that this link stands for. Links are followed
/// once, when a policy comes into force.
final class ProgramLinks {
    private ProgramLinks() {}

    static Policy resolve(Policy policy) {
        return policy.withResolvedPrograms(ProgramLinks::target);
    }

    private static String target(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException _) {
            return path; // not on the host: then it can only be meant as it is
        }
    }
}
