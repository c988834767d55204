package dev.clawhold.cli;

import java.io.PrintWriter;

/// Shows the main job, end to end, on this machine.
public interface Demo {
    /// Runs it and prints what happens.
    ///
    /// @return 0 if everything was as promised
    /// @throws CommandException if the demo could not be set up
    int run(PrintWriter out);

    /// Prints the source of the program that it runs, and the policy.
    void show(PrintWriter out);
}
