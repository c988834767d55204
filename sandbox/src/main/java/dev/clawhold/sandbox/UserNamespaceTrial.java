package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SystemCall;
import java.util.Optional;

/// Tries a user namespace as an ordinary caller needs it: made, mapped, and with the powers to make
/// other namespaces and mounts. A root caller needs one for the owners of files.
final class UserNamespaceTrial {
    private static final String LAYER = "user namespaces";
    private static final int CLONE_NEWNS = 0x2_0000;

    private final Blueprint.Ids ids;

    UserNamespaceTrial(Blueprint.Ids ids) {
        this.ids = ids;
    }

    LayerReport report() {
        return ids.root() ? forRoot() : forOrdinary();
    }

    // Root's process for an id map makes one as the sandbox's user.
    private LayerReport forRoot() {
        var failure =
                Trial.run(image -> {
                    var sample = LaunchTrials.blueprint(ids);
                    new ProcessSteps(image, sample)
                            .mapOwner(new IdMap.Owner(0, 0), IdMap.FIRST_DESCRIPTOR);
                });
        return failure.map(this::missing)
                .orElseGet(() -> LayerReport.available(LAYER, "for the owners of files"));
    }

    private LayerReport forOrdinary() {
        var failure =
                Trial.run(image -> {
                    Trial.enterUserNamespace(image, ids);
                    image.must("use its powers", SystemCall.UNSHARE, number(CLONE_NEWNS));
                    new Mounts(image).leaveHost();
                });
        return failure.map(this::missing)
                .orElseGet(() ->
                        LayerReport.available(LAYER, "made, mapped and with powers of their own"));
    }

    private LayerReport missing(Trial.Failure failure) {
        return explain(
                failure,
                ProcFile.find("/proc/sys/user/max_user_namespaces"),
                ProcFile.find("/proc/sys/kernel/unprivileged_userns_clone"),
                ProcFile.find("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"));
    }

    /// Which of the switches that distributions have is off.
    static LayerReport explain(
            Trial.Failure failure,
            Optional<String> most,
            Optional<String> unprivileged,
            Optional<String> apparmor) {
        if (failure.is(Errno.ENOSPC) || is(most, "0")) {
            return LayerReport.missing(
                    LAYER,
                    "none may be made: user.max_user_namespaces is "
                            + most.map(String::strip).orElse("unknown"),
                    "sysctl -w user.max_user_namespaces=15000, and the same in /etc/sysctl.d for"
                            + " good (RHEL and Fedora set it to 0 on hardened machines)");
        }
        if (is(unprivileged, "0")) {
            return LayerReport.missing(
                    LAYER,
                    "kept from ordinary users: kernel.unprivileged_userns_clone is 0",
                    "sysctl -w kernel.unprivileged_userns_clone=1, and the same in /etc/sysctl.d"
                            + " for good (Debian), or run as root");
        }
        if (is(apparmor, "1")) {
            return LayerReport.missing(
                    LAYER,
                    "without powers: kernel.apparmor_restrict_unprivileged_userns is 1",
                    "give Clawhold's Java an AppArmor profile with `userns,`, or sysctl -w"
                            + " kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), or run as"
                            + " root");
        }
        return LayerReport.missing(
                LAYER,
                failure.words(),
                "run outside of a container, or as root: something refuses them that has no"
                        + " switch of its own");
    }

    private static boolean is(Optional<String> setting, String value) {
        return setting.map(String::strip).filter(value::equals).isPresent();
    }
}
