package dev.clawhold.sandbox;

import dev.clawhold.linux.Caller;
import dev.clawhold.linux.KernelFeatures;
import dev.clawhold.linux.Landlock;
import dev.clawhold.linux.Terminal;
import dev.clawhold.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what this machine gives: each part is tried, and at the end a whole sandbox is started
/// with everything in it.
public final class LayerSurvey {
    private static final int NO_TRACING = 3;

    private LayerSurvey() {}

    /// One report for each part, in the order in which a start needs them.
    ///
    /// @param scratch an existing directory in which a working directory can be made for a moment
    public static List<LayerReport> survey(Path scratch) {
        var reports = new ArrayList<LayerReport>();
        reports.add(landlock(Landlock.offered()));
        reports.add(notifications());
        reports.add(threads());
        reports.add(memoryFiles());
        reports.add(tracing(SysctlFile.number("/proc/sys/kernel/yama/ptrace_scope")));
        reports.add(identity());
        reports.add(ceilings());
        reports.add(whole(scratch));
        return reports;
    }

    static LayerReport landlock(int abi) {
        if (abi < 1) {
            return LayerReport.missing(
                    "Landlock",
                    "not enabled in this kernel",
                    "add `landlock` to the kernel's `lsm=` parameter and reboot");
        }
        var lacks = new ArrayList<String>();
        if (abi < 2) {
            lacks.add("renames across directories are refused");
        }
        if (abi < 4) {
            lacks.add("TCP is held by the filter and the empty network alone");
        }
        if (abi < 5) {
            lacks.add("device controls are held by the filter alone");
        }
        if (abi < 6) {
            lacks.add("abstract sockets and signals are held by the namespaces alone");
        }
        return LayerReport.found(
                "Landlock",
                "ABI " + abi + (lacks.isEmpty() ? "" : ": " + String.join("; ", lacks)));
    }

    private static LayerReport notifications() {
        return KernelFeatures.handsCallsOver()
                ? LayerReport.found("seccomp", "filters, and hands connects over")
                : LayerReport.missing(
                        "seccomp",
                        "the kernel does not hand calls over",
                        "use a kernel with CONFIG_SECCOMP_FILTER, 5.15 or newer");
    }

    private static LayerReport threads() {
        return LayerReport.found(
                "thread descriptors",
                KernelFeatures.describesThreads()
                        ? "for any thread"
                        : "for processes (before Linux 6.9): threads with descriptors of their own"
                                + " cannot connect");
    }

    private static LayerReport memoryFiles() {
        return LayerReport.found(
                "launch image",
                KernelFeatures.executesMemory()
                        ? "runs from memory"
                        : "runs from disk: the kernel executes no memory files");
    }

    static LayerReport tracing(Optional<Long> scope) {
        if (scope.isPresent() && scope.get() >= NO_TRACING) {
            return LayerReport.missing(
                    "descriptors of others",
                    "kernel.yama.ptrace_scope is 3: the gateway cannot take a workload's sockets",
                    "reboot with kernel.yama.ptrace_scope below 3");
        }
        return LayerReport.found(
                "descriptors of others", scope.map(s -> "ptrace_scope " + s).orElse("no Yama"));
    }

    private static LayerReport identity() {
        return Caller.current().isRoot()
                ? LayerReport.found("identity", "root: each sandbox gets a user of its own")
                : UserNamespaces.report(SysctlFile::number);
    }

    private static LayerReport ceilings() {
        return LayerReport.found(
                "ceilings",
                "1,024 processes and "
                        + Math.min(16_384, Terminal.descriptorLimit())
                        + " descriptors (rlimits), no core files, /tmp a quarter of the memory");
    }

    private static LayerReport whole(Path scratch) {
        try {
            var workdir = Files.createTempDirectory(scratch, "doctor");
            try {
                return start(workdir.toRealPath());
            } finally {
                Files.deleteIfExists(workdir);
            }
        } catch (IOException e) {
            return LayerReport.missing(
                    "a whole sandbox",
                    "no working directory can be made in `" + scratch + "`",
                    "make it writable");
        }
    }

    private static LayerReport start(Path workdir) {
        try {
            var workload =
                    new Workload(
                            "doctor",
                            Policy.builtIn().confinement(),
                            workdir,
                            List.of(),
                            List.of("/bin/true"),
                            Map.of());
            int status = Sandbox.prepare(workload).start().await();
            return status == 0
                    ? LayerReport.found("a whole sandbox", "started with every layer in force")
                    : LayerReport.missing(
                            "a whole sandbox",
                            "`/bin/true` ended with " + status + " in it",
                            "look whether /usr is readable to every user");
        } catch (SetupException e) {
            return new LayerReport(
                    "a whole sandbox", false, e.layer() + ": " + e.getMessage(), e.mend());
        }
    }
}
