package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import dev.clawhold.policy.Policy;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicySource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The policy that a run begins with. There is no other to fall back on.
final class PolicyLoading {
    private PolicyLoading() {}

    /// A policy and the files that it was made of, absolute; none for the built-in one.
    record Loaded(Policy policy, List<Path> files) {
        Loaded {
            files = List.copyOf(files);
        }
    }

    static Loaded load(Optional<Path> file, Instant now, Notices notices) {
        return file.map(path -> load(path, now, notices))
                .orElseGet(() -> new Loaded(Policy.builtIn(), List.of()));
    }

    private static Loaded load(Path file, Instant now, Notices notices) {
        return switch (PolicySource.of(file, 1, now)) {
            case PolicySource.Read(Parsed.Valid(var policy, var warnings), var files) -> {
                warnings.forEach(warning -> notices.line(warning.toString()));
                yield new Loaded(policy, files.stream().map(Path::toAbsolutePath).toList());
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
