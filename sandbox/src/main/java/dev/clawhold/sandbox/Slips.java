package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/// An operator's slips: a working directory that nobody means to give away, and Clawhold's own
/// files in reach of the workload. Each stops the start.
final class Slips {
    private static final String CHOOSE = "name a directory of the work's own with --workdir";

    // Whatever they hold belongs to the system, or to everybody.
    private static final Set<Path> SYSTEM =
            paths(
                    "/",
                    "/home",
                    "/media",
                    "/mnt",
                    "/opt",
                    "/run",
                    "/srv",
                    "/tmp",
                    "/usr",
                    "/usr/local",
                    "/var",
                    "/var/lib",
                    "/var/log",
                    "/var/tmp");
    private static final Set<Path> SYSTEM_TREES =
            paths(
                    "/bin",
                    "/boot",
                    "/dev",
                    "/etc",
                    "/lib",
                    "/lib32",
                    "/lib64",
                    "/libx32",
                    "/proc",
                    "/sbin",
                    "/sys",
                    "/usr/bin",
                    "/usr/lib",
                    "/usr/lib32",
                    "/usr/lib64",
                    "/usr/libexec",
                    "/usr/sbin",
                    "/var/cache",
                    "/var/spool");

    private Slips() {}

    private static Set<Path> paths(String... paths) {
        return Set.copyOf(List.of(paths).stream().map(Path::of).toList());
    }

    /// Looks at a workload whose working directory is to be writable.
    ///
    /// @throws SetupException if there is one
    static void refuse(Workload workload, Exposure.Plan plan) {
        var workdir = workload.workdir();
        if (plan.writes(workdir.toString()) || OwnTree.provides(workdir.toString())) {
            refuseSystem(workdir);
            workload.operatorHome().ifPresent(home -> refuseHome(workdir, real(home)));
            refuseOpenToAll(workdir);
        }
        for (var path : workload.protectedPaths()) {
            var real = real(path);
            if (plan.writes(real.toString())) {
                throw new SetupException(
                        Layer.FILES,
                        "the workload could change `" + path + "`, which Clawhold relies on",
                        "move it out of the trees that the policy lists as read_write, or choose"
                                + " another working directory");
            }
        }
        refuseUnseen(workload, plan);
    }

    private static void refuseSystem(Path workdir) {
        if (SYSTEM.contains(workdir) || SYSTEM_TREES.stream().anyMatch(workdir::startsWith)) {
            throw slip(workdir, "it belongs to the system", CHOOSE);
        }
    }

    private static void refuseHome(Path workdir, Path home) {
        if (home.startsWith(workdir)) {
            throw slip(workdir, "the operator's whole home directory lies in it", CHOOSE);
        }
    }

    private static void refuseOpenToAll(Path workdir) {
        try {
            var mode = Files.getAttribute(workdir, "unix:mode");
            boolean sticky = mode instanceof Integer bits && (bits & 01000) != 0;
            if (!sticky
                    && Files.getPosixFilePermissions(workdir)
                            .contains(PosixFilePermission.OTHERS_WRITE)) {
                throw slip(workdir, "every user can write in it", "chmod o-w " + workdir);
            }
        } catch (IOException e) {
            throw slip(workdir, "it cannot be looked at: " + e.getMessage(), CHOOSE);
        }
    }

    private static void refuseUnseen(Workload workload, Exposure.Plan plan) {
        var workdir = workload.workdir().toString();
        boolean shown =
                plan.shows(workdir)
                        || plan.exposures().stream().anyMatch(e -> e.path().equals(workdir))
                        || OwnTree.provides(workdir)
                        || workdir.equals(OwnTree.HOME)
                        || workdir.equals("/");
        if (!shown) {
            throw slip(
                    workload.workdir(),
                    "the policy does not show it",
                    "set `include_workdir: true` in filesystem_policy, or name another with"
                            + " --workdir");
        }
    }

    private static SetupException slip(Path workdir, String why, String mend) {
        return new SetupException(
                Layer.FILES, "`" + workdir + "` cannot be the working directory: " + why, mend);
    }

    // The file may not be there yet: what exists of the way to it decides where it will be.
    private static Path real(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        var there = absolute;
        while (there.getParent() != null && Files.notExists(there)) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(absolute)).normalize();
        } catch (IOException _) {
            return absolute; // not to be looked at, so not to be shown either
        }
    }
}
