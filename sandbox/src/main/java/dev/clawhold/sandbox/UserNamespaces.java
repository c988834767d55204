package dev.clawhold.sandbox;

import java.util.Optional;
import java.util.function.Function;

/// What an ordinary user's sandbox needs: a user namespace, which some systems keep from ordinary
/// users.
final class UserNamespaces {
    private static final String PART = "user namespaces";

    private UserNamespaces() {}

    /// Looks at the settings that systems are known to close them with.
    ///
    /// @param setting the number in a file of `/proc/sys`; empty where there is none
    static LayerReport report(Function<String, Optional<Long>> setting) {
        if (is(setting, "/proc/sys/user/max_user_namespaces", 0)) {
            return closed("user.max_user_namespaces is 0", "user.max_user_namespaces=15000");
        }
        if (is(setting, "/proc/sys/kernel/unprivileged_userns_clone", 0)) {
            return closed(
                    "kernel.unprivileged_userns_clone is 0 (Debian)",
                    "kernel.unprivileged_userns_clone=1");
        }
        if (is(setting, "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 1)) {
            return closed(
                    "AppArmor takes their powers away (Ubuntu 23.10 and newer)",
                    "kernel.apparmor_restrict_unprivileged_userns=0");
        }
        return LayerReport.found(PART, "open to ordinary users");
    }

    private static boolean is(Function<String, Optional<Long>> setting, String file, long value) {
        return setting.apply(file).filter(found -> found == value).isPresent();
    }

    private static LayerReport closed(String detail, String mend) {
        return LayerReport.missing(
                PART,
                detail,
                "as root: sysctl " + mend + "; to keep it, write that to /etc/sysctl.d/");
    }
}
