package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.Caller;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Landlock;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.SystemCall;
import dev.clawhold.policy.confinement.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Tries out, layer by layer, what this machine gives to this caller.
public final class LayerSurvey {
    private static final Operand NONE = number(0);
    private static final int FLOOR_MAJOR = 5;
    private static final int FLOOR_MINOR = 15;
    private static final int CLONE_NEWNS = 0x2_0000;
    private static final int CLONE_NEWPID = 0x2000_0000;
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int SIGCHLD = 17;

    private final Blueprint.Ids ids;

    private LayerSurvey(Blueprint.Ids ids) {
        this.ids = ids;
    }

    /// One report a layer, in the order in which a sandbox needs them. Starts some processes that
    /// end at once; leaves nothing behind.
    public static List<LayerReport> survey() {
        var caller = Caller.current();
        var survey =
                new LayerSurvey(
                        new Blueprint.Ids(
                                caller.isRoot(),
                                caller.uid(),
                                caller.gid(),
                                caller.isRoot() ? 0x7000_0000L : caller.uid(),
                                caller.isRoot() ? 0x7000_0000L : caller.gid()));
        return survey.layers();
    }

    private List<LayerReport> layers() {
        var reports = new ArrayList<LayerReport>();
        reports.add(kernel(ProcFile.read("/proc/sys/kernel/osrelease").strip()));
        reports.add(LaunchTrials.memoryFiles());
        reports.add(new UserNamespaceTrial(ids).report());
        reports.add(mounts());
        reports.add(proc());
        reports.add(network());
        if (ids.root()) {
            reports.add(ownerMaps());
        }
        reports.add(landlock(Landlock.offered()));
        reports.add(filter());
        reports.add(LaunchTrials.otherProcesses());
        reports.add(ceilings(GroupTree.current()));
        reports.add(wholeSandbox());
        return reports;
    }

    static LayerReport kernel(String release) {
        var numbers = release.split("[^0-9]+", 3);
        boolean enough = false;
        if (numbers.length >= 2 && !numbers[0].isEmpty() && !numbers[1].isEmpty()) {
            int major = Integer.parseInt(numbers[0]);
            enough =
                    major > FLOOR_MAJOR
                            || (major == FLOOR_MAJOR
                                    && Integer.parseInt(numbers[1]) >= FLOOR_MINOR);
        }
        return enough
                ? LayerReport.available("kernel", "Linux " + release)
                : LayerReport.missing(
                        "kernel", "Linux " + release, "use Linux 5.15 or newer, better 6.12");
    }

    private LayerReport mounts() {
        return report(
                "mount namespace",
                image -> {
                    Trial.enterUserNamespace(image, ids);
                    image.must("make one", SystemCall.UNSHARE, number(CLONE_NEWNS));
                    var mounts = new Mounts(image);
                    mounts.leaveHost();
                    mounts.tmpfs("/tmp", "mode=0755");
                    var tree = mounts.take("/usr");
                    mounts.restrict("/usr", tree, false, false);
                },
                "trees can be taken, made read-only and attached",
                "allow mounts: a container's own restrictions are usually in the way");
    }

    private LayerReport proc() {
        return report(
                "process namespace",
                image -> {
                    Trial.enterUserNamespace(image, ids);
                    var parent = image.label();
                    var child =
                            image.must(
                                    "make one",
                                    SystemCall.CLONE,
                                    number(CLONE_NEWPID | CLONE_NEWNS | SIGCHLD),
                                    NONE,
                                    NONE,
                                    NONE,
                                    NONE);
                    image.ifPositive(child, parent);
                    var mounts = new Mounts(image);
                    mounts.leaveHost();
                    mounts.proc("/proc");
                    image.attempt("", SystemCall.EXIT_GROUP, NONE);
                    image.mark(parent);
                    var status = image.slot("status");
                    image.must("", SystemCall.WAIT4, child.content(), status, NONE, NONE);
                    image.leaveAs(status);
                },
                "with a /proc of its own",
                "run outside of a container: it covers parts of /proc, and a new one would show"
                        + " them");
    }

    private LayerReport network() {
        return report(
                "network namespace",
                image -> {
                    Trial.enterUserNamespace(image, ids);
                    image.must("make one", SystemCall.UNSHARE, number(CLONE_NEWNET));
                    new NetworkSteps(image, LaunchTrials.blueprint(ids)).openSockets();
                },
                "empty but for loopback; the gateway's sockets open in it",
                "allow network namespaces: raise user.max_net_namespaces");
    }

    // The way a workspace is shown to a root caller's sandbox, tried on the current directory.
    private LayerReport ownerMaps() {
        var here = Path.of("").toAbsolutePath().toString();
        return report(
                "owner maps",
                image -> {
                    var owner = new IdMap.Owner(0, 0);
                    new ProcessSteps(image, LaunchTrials.blueprint(ids))
                            .mapOwner(owner, IdMap.FIRST_DESCRIPTOR);
                    image.must("unshare mounts", SystemCall.UNSHARE, number(CLONE_NEWNS));
                    var mounts = new Mounts(image);
                    mounts.leaveHost();
                    mounts.mapIds(here, mounts.take(here), IdMap.FIRST_DESCRIPTOR);
                },
                "the file system of `" + here + "` can show an owner's files as the sandbox's",
                "work in a directory on ext4, xfs, btrfs or tmpfs");
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
            lacks.add("renames across directories are always refused");
        }
        if (abi < 3) {
            lacks.add("truncation is held by mounts alone");
        }
        if (abi < 4) {
            lacks.add("TCP is held by the gateway alone");
        }
        if (abi < 5) {
            lacks.add("device controls are held by the filter alone");
        }
        if (abi < 6) {
            lacks.add("abstract sockets and signals are held by namespaces alone");
        }
        if (abi < 7) {
            lacks.add("file denials are not logged");
        }
        return LayerReport.available(
                "Landlock",
                "ABI " + abi + (lacks.isEmpty() ? "" : ": " + String.join(", ", lacks)));
    }

    private LayerReport filter() {
        var patient = Trial.run(image -> FilterTrial.load(image, FilterTrial.KILLABLE));
        if (patient.isEmpty()) {
            return LayerReport.available(
                    "system call filter", "with a listener, whose callers wait until answered");
        }
        boolean old = patient.get().is(Errno.EINVAL);
        if (old && Trial.run(image -> FilterTrial.load(image, 0)).isEmpty()) {
            return LayerReport.available(
                    "system call filter",
                    "with a listener; signals restart waiting calls, which Linux 5.19 mends");
        }
        return LayerReport.missing(
                "system call filter",
                patient.get().words(),
                "use a kernel with CONFIG_SECCOMP_FILTER, outside of a sandbox that has a"
                        + " listener of its own");
    }

    private static LayerReport ceilings(GroupTree tree) {
        var found = new ArrayList<String>();
        for (var limit : List.of("pids", "memory", "cpu")) {
            found.add(
                    tree.usable(limit)
                            .map(c -> limit + " by control groups v" + c.version())
                            .orElse(
                                    limit.equals("pids")
                                            ? "pids by a resource limit"
                                            : limit + " by nothing"));
        }
        found.add("descriptors by a resource limit");
        var detail = String.join(", ", found);
        return tree.usable("memory").isPresent()
                ? LayerReport.available("ceilings", detail)
                : LayerReport.missing(
                        "ceilings",
                        detail,
                        "start Clawhold in a control group of its own: systemd-run --user --scope"
                                + " -p Delegate=yes clawhold …");
    }

    private LayerReport wholeSandbox() {
        try {
            var directory = Files.createTempDirectory("clawhold");
            try {
                return start(directory.toRealPath());
            } finally {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            return LayerReport.missing(
                    "a whole sandbox",
                    "no directory for it can be made: " + e.getMessage(),
                    "set TMPDIR to a place that can be written");
        }
    }

    private static LayerReport start(Path directory) {
        try {
            var running =
                    Sandbox.prepare(
                                    new Workload(
                                            "survey",
                                            Confinement.BUILT_IN,
                                            directory,
                                            List.of(),
                                            List.of("true"),
                                            Map.of("PATH", "/usr/bin:/bin")))
                            .start();
            running.gatewayDescriptors().close();
            int status = running.await();
            return status == 0
                    ? LayerReport.available(
                            "a whole sandbox", "all layers together, and `true` ran")
                    : LayerReport.missing(
                            "a whole sandbox",
                            "`true` ended with " + status,
                            "look at the layers above");
        } catch (SetupException e) {
            return LayerReport.missing(
                    "a whole sandbox",
                    e.layer() + ": " + e.getMessage(),
                    e.mend().orElse("look at the layers above"));
        }
    }

    private static LayerReport report(
            String layer, Consumer<ImageBuilder> operations, String detail, String mend) {
        return Trial.run(operations)
                .map(failure -> LayerReport.missing(layer, failure.words(), mend))
                .orElseGet(() -> LayerReport.available(layer, detail));
    }
}
