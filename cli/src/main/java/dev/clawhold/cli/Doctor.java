package dev.clawhold.cli;

import java.util.List;

/// Looks at what this machine can enforce.
public interface Doctor {
    /// One finding for every layer, in the order in which they are set up.
    List<Finding> examine();
}
