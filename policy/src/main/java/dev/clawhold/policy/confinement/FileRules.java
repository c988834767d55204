package dev.clawhold.policy.confinement;

import java.util.List;
import java.util.stream.Stream;

/// Which files the sandbox shows, and how.
///
/// @param workdir whether the working directory is writable without being listed
/// @param paths in file order, the baseline's after those that the policy lists
/// @param allMustExist `landlock.compatibility: hard_requirement`: a listed path that is absent
///   stops the start instead of being skipped with a warning
public record FileRules(boolean workdir, List<PathRule> paths, boolean allMustExist) {
    /// What a program needs of a usual system; each path counts where it exists.
    public static final List<PathRule> BASELINE =
            Stream.concat(
                            baseline(
                                    Access.READ_ONLY,
                                    "/usr",
                                    "/bin",
                                    "/sbin",
                                    "/lib",
                                    "/lib64",
                                    "/etc",
                                    "/proc",
                                    "/dev/random",
                                    "/dev/urandom"),
                            baseline(
                                    Access.READ_WRITE,
                                    "/tmp",
                                    "/dev/null",
                                    "/dev/zero",
                                    "/dev/full",
                                    "/dev/tty"))
                    .toList();

    public FileRules {
        paths = List.copyOf(paths);
    }

    private static Stream<PathRule> baseline(Access access, String... paths) {
        return Stream.of(paths).map(path -> new PathRule(path, access, false));
    }
}
