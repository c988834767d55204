package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import dev.clawhold.policy.Policy;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicySource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The policy that a run begins with. There is no other to fall back on.
final class PolicyLoading {
    private PolicyLoading() {}

    static Policy load(Optional<Path> file, Instant now, Notices notices) {
        return file.map(path -> load(path, now, notices)).orElseGet(Policy::builtIn);
    }

    private static Policy load(Path file, Instant now, Notices notices) {
        return switch (PolicySource.of(file, 1, now)) {
            case PolicySource.Read(Parsed.Valid(var policy, var warnings), _) -> {
                warnings.forEach(warning -> notices.line(warning.toString()));
                yield policy;
            }
            case PolicySource.Read(Parsed.Invalid(var problems), _) -> {
                problems.forEach(problem -> notices.line(problem.toString()));
                throw new CommandException(
                        "cannot use the policy `"
                                + file
                                + "`: "
                                + problems.size()
                                + (problems.size() == 1 ? " problem" : " problems"),
                        "mend what is listed above; `clawhold policy check` looks at it again");
            }
            case PolicySource.Unreadable(var cause) ->
                    throw new CommandException("cannot read the policy `" + file + "`: " + cause);
        };
    }
}
