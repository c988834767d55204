package dev.clawhold.sandbox;

import java.util.Set;

/// What is the sandbox's own and never the host's, whatever a policy lists: a longer path below
/// such a place still brings in the host's, but for `/proc`, which is wholly the sandbox's.
final class OwnTree {
    /// The writable home of the workload.
    static final String HOME = "/sandbox";

    /// The device nodes that every sandbox has.
    static final Set<String> DEVICES =
            Set.of(
                    "/dev/null",
                    "/dev/zero",
                    "/dev/full",
                    "/dev/tty",
                    "/dev/random",
                    "/dev/urandom");

    private static final Set<String> WRITABLE = Set.of("/tmp", "/run", "/dev/shm");
    private static final Set<String> OTHERS =
            Set.of(
                    "/proc",
                    "/dev",
                    "/dev/pts",
                    "/dev/ptmx",
                    "/dev/fd",
                    "/dev/stdin",
                    "/dev/stdout",
                    "/dev/stderr");

    private OwnTree() {}

    static boolean provides(String path) {
        return DEVICES.contains(path)
                || WRITABLE.contains(path)
                || OTHERS.contains(path)
                || inProc(path);
    }

    static boolean writable(String path) {
        return WRITABLE.contains(path);
    }

    static boolean inProc(String path) {
        return path.startsWith("/proc/");
    }
}
