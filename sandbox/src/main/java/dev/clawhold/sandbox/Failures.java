package dev.clawhold.sandbox;

import dev.clawhold.linux.Errno;

/// Turns a failed operation of a launch image into a message that names layer, cause and mend.
final class Failures {
    private Failures() {}

    static SetupException explain(String operation, int errno) {
        int colon = operation.indexOf(':');
        var words = colon < 0 ? operation : operation.substring(0, colon);
        return new SetupException(
                layer(operation),
                "cannot " + words + ": " + Errno.words(errno),
                mend(operation, errno));
    }

    private static Layer layer(String operation) {
        if (operation.contains("landlock")
                || operation.contains("mount")
                || operation.contains("open_tree")) {
            return Layer.FILES;
        }
        if (operation.contains("seccomp")) {
            return Layer.SYSTEM_CALLS;
        }
        if (operation.contains("prlimit") || operation.contains("control group")) {
            return Layer.LIMITS;
        }
        if (operation.contains("socket")
                || operation.contains("bind")
                || operation.contains("ioctl")) {
            return Layer.NETWORK;
        }
        return operation.contains("map")
                        || operation.contains("setres")
                        || operation.contains("unshare")
                ? Layer.IDENTITY
                : Layer.PROCESSES;
    }

    private static String mend(String operation, int errno) {
        if (operation.contains("IDMAP") || operation.startsWith("map the owner")) {
            return "its file system cannot map owners: move it to ext4, xfs, btrfs or tmpfs, or run"
                    + " as the ordinary user who owns it";
        }
        if (operation.contains("user namespace") && errno == Errno.ENOSPC.number()) {
            return "allow user namespaces: set user.max_user_namespaces above 0";
        }
        if (operation.contains("user namespace") || operation.contains("user id")) {
            return "allow unprivileged user namespaces: `clawhold doctor` says how on this system";
        }
        if (operation.startsWith("enter the working directory")) {
            return "give the working directory to the user who runs this, or choose another";
        }
        return errno == Errno.ENOSYS.number()
                ? "use a newer kernel: `clawhold doctor` says what it lacks"
                : "";
    }
}
