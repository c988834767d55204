package dev.clawhold.cli;

/// Runs a command in a new sandbox.
public interface Runner {
    /// Runs it to its end.
    ///
    /// @return the exit status of `clawhold run`: the command's own, 126 or 127 as a shell would,
    ///   or 125 if the sandbox could not be set up
    /// @throws CommandException if the sandbox could not be set up
    int run(RunRequest request);
}
