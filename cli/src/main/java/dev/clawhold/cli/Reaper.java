package dev.clawhold.cli;

import java.util.List;

/// Ends sandboxes whose supervisor is gone.
public interface Reaper {
    /// Ends them all.
    ///
    /// @return one line for each, with its name
    /// @throws CommandException if one could not be ended
    List<String> reap();
}
