package dev.clawhold.sandbox;

import java.util.Set;

/// What is the sandbox's own and never the host's, whatever a policy lists: a longer path below
/// such a place still brings in the host's.
final class OwnTree {
    /// The writable home of the workload.
    static final String HOME = "/sandbox";

    private static final Set<String> PLACES =
            Set.of(
                    "/",
                    "/proc",
                    "/tmp",
                    "/run",
                    "/dev",
                    "/dev/null",
                    "/dev/zero",
                    "/dev/full",
                    "/dev/tty",
                    "/dev/random",
                    "/dev/urandom",
                    "/dev/shm",
                    "/dev/pts",
                    "/dev/ptmx",
                    "/dev/fd",
                    "/dev/stdin",
                    "/dev/stdout",
                    "/dev/stderr");

    private OwnTree() {}

    static boolean provides(String path) {
        return PLACES.contains(path);
    }
}
