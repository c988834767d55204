package dev.clawhold.cli;

import dev.clawhold.policy.Policy;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicySource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Reads the policies that a command asks about.
record PolicyReading(CommandSpec spec, InstantSource clock) {

    /// The policy of a file; empty, with its problems printed, if it is not valid.
    ///
    /// @throws CommandException if it cannot be read
    Optional<Policy> read(Path file) {
        return switch (PolicySource.of(file, 1, clock.instant())) {
            case PolicySource.Unreadable(var cause) ->
                    throw new CommandException("cannot read policy `" + file + "`: " + cause);
            case PolicySource.Read(Parsed.Invalid(var problems), _) -> {
                ProblemText.print(problems, spec.commandLine().getErr());
                yield Optional.empty();
            }
            case PolicySource.Read(Parsed.Valid(var policy, _), _) -> Optional.of(policy);
        };
    }
}
