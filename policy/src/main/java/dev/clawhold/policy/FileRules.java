package dev.clawhold.policy;

import java.util.List;

/// Which files the sandbox shows, and how.
///
/// @param workdir whether the working directory is writable without being listed
/// @param paths in file order, the baseline's after those that the policy lists
/// @param allMustExist `landlock.compatibility: hard_requirement`: a listed path that is absent
///   stops the start instead of being skipped with a warning
public record FileRules(boolean workdir, List<PathRule> paths, boolean allMustExist) {
    public FileRules {
        paths = List.copyOf(paths);
    }
}
