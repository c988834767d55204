package dev.clawhold.sandbox;

import dev.clawhold.linux.Errno;
import java.util.regex.Pattern;

/// Turns a failed operation of a launch image into a message that names layer, cause and mend.
final class Failures {
    // An operation is words, a colon and the call; without words, the call alone.
    private static final Pattern CALL = Pattern.compile("(?:^|: )([a-z0-9_]+)\\(");

    private Failures() {}

    static SetupException explain(String operation, int errno) {
        var matcher = CALL.matcher(operation);
        boolean found = matcher.find();
        var words = found && matcher.start() > 0 ? operation.substring(0, matcher.start()) : "";
        var call = found ? matcher.group(1) : "";
        return new SetupException(
                layer(call, words),
                "cannot " + (words.isEmpty() ? operation : words) + ": " + Errno.words(errno),
                mend(operation, errno));
    }

    /// The words of an operation; without words, the call.
    static String words(String operation) {
        var matcher = CALL.matcher(operation);
        return matcher.find() && matcher.start() > 0
                ? operation.substring(0, matcher.start())
                : operation;
    }

    private static Layer layer(String call, String words) {
        if (words.contains("control group")) {
            return Layer.LIMITS;
        }
        return switch (call) {
            case "landlock_create_ruleset",
                    "landlock_add_rule",
                    "landlock_restrict_self",
                    "mount",
                    "umount2",
                    "pivot_root",
                    "open_tree",
                    "move_mount",
                    "mount_setattr",
                    "openat2",
                    "mkdirat",
                    "mknodat",
                    "symlinkat",
                    "unlinkat",
                    "chdir" ->
                    Layer.FILES;
            case "seccomp" -> Layer.SYSTEM_CALLS;
            case "prlimit64" -> Layer.LIMITS;
            case "socket", "bind", "listen", "ioctl" -> Layer.NETWORK;
            case "setgroups", "setresuid", "setresgid", "capset", "unshare", "write" ->
                    Layer.IDENTITY;
            default -> Layer.PROCESSES;
        };
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
        if (operation.startsWith("fork the sandbox") && errno == Errno.ENOSPC.number()) {
            return "allow more namespaces: raise the limits in /proc/sys/user";
        }
        if (operation.startsWith("mount a proc")) {
            return "run outside of a container: it covers parts of /proc, and a new one would show"
                    + " them";
        }
        if (operation.startsWith("enter the working directory")) {
            return "give the working directory to the user who runs this, or choose another";
        }
        return errno == Errno.ENOSYS.number()
                ? "use a newer kernel: `clawhold doctor` says what it lacks"
                : "";
    }
}
