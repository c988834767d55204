package dev.clawhold.sandbox;

import dev.clawhold.policy.confinement.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// The control groups of one sandbox, below this process's own, and the limits in them. The sandbox
/// joins them itself; its keeper stays outside.
///
/// A ceiling that is only built in is left out where no group can be made; a limit that the policy
/// asks for stops the start.
final class ControlGroups {
    private static final long PROCESSES = 1024;
    private static final int MEMORY_PERCENT = 80;
    private static final long PERIOD_MICROSECONDS = 100_000;
    private static final int REMOVALS = 200;
    private static final long BETWEEN_REMOVALS = 1_000_000; // nanoseconds

    private final String name;
    private final Map<String, GroupTree.Controller> controllers = new LinkedHashMap<>();
    private final Map<Path, String> settings = new LinkedHashMap<>();

    private ControlGroups(String name) {
        this.name = name;
    }

    /// Groups for these limits.
    ///
    /// @param memory of the machine, in bytes
    /// @param ownIds whether no other process has the sandbox's ids, so that a resource limit of
    ///   its user counts its processes alone
    /// @throws SetupException if the policy asks for a limit that cannot be held here
    static ControlGroups plan(
            String sandbox, Limits limits, long memory, boolean ownIds, GroupTree tree) {
        var suffix = new byte[4];
        new SecureRandom().nextBytes(suffix);
        var groups =
                new ControlGroups("clawhold-" + sandbox + "-" + HexFormat.of().formatHex(suffix));
        if (tree.usable("pids").isPresent()) {
            groups.limitProcesses(tree, limits.pids().orElse(PROCESSES));
        } else if (limits.pids().isPresent() && !ownIds) {
            throw cannot("pids");
        }
        if (tree.usable("memory").isPresent()) {
            groups.limitMemory(tree, limits.memory().orElse(memory / 100 * MEMORY_PERCENT));
        } else if (limits.memory().isPresent()) {
            throw cannot("memory");
        }
        if (limits.cpu().isPresent()) {
            if (tree.usable("cpu").isEmpty()) {
                throw cannot("cpu");
            }
            groups.limitProcessor(tree, limits.cpu().getAsDouble());
        }
        return groups;
    }

    /// No groups at all.
    static ControlGroups none() {
        return new ControlGroups("");
    }

    private static SetupException cannot(String limit) {
        return new SetupException(
                Layer.LIMITS,
                "the policy's limit for "
                        + limit
                        + " cannot be held: no control group for it can"
                        + " be made",
                "start it in a group that is its own, such as with `systemd-run --user --scope -p"
                        + " Delegate=yes`, or take `"
                        + limit
                        + "` out of process.limits");
    }

    private void limitProcesses(GroupTree tree, long processes) {
        set(tree, "pids", "pids.max", Long.toString(processes));
    }

    private void limitMemory(GroupTree tree, long bytes) {
        if (version(tree, "memory") == 2) {
            set(tree, "memory", "memory.max", Long.toString(bytes));
            set(tree, "memory", "memory.swap.max", "0");
            set(tree, "memory", "memory.oom.group", "1");
        } else {
            set(tree, "memory", "memory.limit_in_bytes", Long.toString(bytes));
            set(tree, "memory", "memory.memsw.limit_in_bytes", Long.toString(bytes));
        }
    }

    private void limitProcessor(GroupTree tree, double cores) {
        long quota = Math.max(1000, Math.round(cores * PERIOD_MICROSECONDS)); // the kernel's least
        if (version(tree, "cpu") == 2) {
            set(tree, "cpu", "cpu.max", quota + " " + PERIOD_MICROSECONDS);
        } else {
            set(tree, "cpu", "cpu.cfs_period_us", Long.toString(PERIOD_MICROSECONDS));
            set(tree, "cpu", "cpu.cfs_quota_us", Long.toString(quota));
        }
    }

    private static int version(GroupTree tree, String controller) {
        return tree.usable(controller).map(GroupTree.Controller::version).orElse(0);
    }

    private void set(GroupTree tree, String controller, String file, String value) {
        tree.usable(controller)
                .ifPresent(found -> {
                    controllers.put(controller, found);
                    settings.put(found.own().resolve(name).resolve(file), value);
                });
    }

    /// The groups' directories, which the sandbox joins.
    List<String> paths() {
        var paths = new TreeSet<String>();
        controllers.values().forEach(c -> paths.add(c.own().resolve(name).toString()));
        return List.copyOf(paths);
    }

    /// Makes the groups and sets the limits.
    ///
    /// @throws IOException if one cannot be made; then there is none
    void create() throws IOException {
        try {
            for (var controller : controllers.values()) {
                if (controller.version() == 2) {
                    hand(controller);
                }
            }
            for (var path : paths()) {
                Files.createDirectory(Path.of(path));
            }
            for (var setting : settings.entrySet()) {
                if (Files.exists(setting.getKey())) { // swap accounting may be off
                    write(setting.getKey(), setting.getValue());
                }
            }
        } catch (IOException e) {
            remove();
            throw e;
        }
    }

    // A unified group hands controllers on only while no process is in it: this one moves aside.
    private static void hand(GroupTree.Controller controller) throws IOException {
        var own = controller.own();
        var control = own.resolve("cgroup.subtree_control");
        if (Files.readString(control).contains(controller.name())) {
            return;
        }
        var processes = Files.readAllLines(own.resolve("cgroup.procs"));
        var self = Long.toString(ProcessHandle.current().pid());
        if (processes.equals(List.of(self))) {
            var aside = own.resolve("clawhold-supervisor");
            Files.createDirectories(aside);
            write(aside.resolve("cgroup.procs"), self);
        }
        write(control, "+" + controller.name());
    }

    private static void write(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardOpenOption.WRITE);
    }

    /// Removes the groups; the sandbox has ended.
    void remove() {
        remove(paths());
    }

    /// Removes groups whose last process has ended, or is just ending.
    ///
    /// @return those that could not be removed
    static List<String> remove(List<String> paths) {
        var left = new ArrayList<String>();
        for (var path : paths) {
            if (!removed(Path.of(path))) {
                left.add(path);
            }
        }
        return left;
    }

    private static boolean removed(Path group) {
        for (int i = 0; i < REMOVALS; i++) {
            try {
                Files.deleteIfExists(group);
                return true;
            } catch (IOException _) {
                LockSupport.parkNanos(BETWEEN_REMOVALS); // its processes are on their way out
            }
        }
        return false;
    }
}
