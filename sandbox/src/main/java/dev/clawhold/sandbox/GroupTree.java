package dev.clawhold.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where this process stands in the control groups (`cgroups(7)`): the group that each controller
/// has it in, as a directory.
final class GroupTree {
    private static final Set<String> CONTROLLERS = Set.of("pids", "memory", "cpu");

    /// One controller of this process.
    ///
    /// @param version 1: a hierarchy of its own; 2: the unified one
    /// @param own the directory of the group that this process is in
    record Controller(String name, int version, Path own) {}

    private record Mount(String root, Path point, String type, List<String> options) {}

    private final Map<String, Controller> controllers;

    private GroupTree(Map<String, Controller> controllers) {
        this.controllers = Map.copyOf(controllers);
    }

    /// This process's.
    static GroupTree current() {
        return parse(
                ProcFile.read("/proc/self/cgroup"),
                ProcFile.read("/proc/self/mountinfo"),
                own -> ProcFile.find(own.resolve("cgroup.controllers").toString()).orElse(""));
    }

    /// Reads how a unified group's controllers are known.
    interface Unified {
        String controllers(Path own);
    }

    /// @param groups `/proc/self/cgroup`
    /// @param mounts `/proc/self/mountinfo`
    static GroupTree parse(String groups, String mounts, Unified unified) {
        var mounted = mounts.lines().map(GroupTree::mount).flatMap(Optional::stream).toList();
        var controllers = new HashMap<String, Controller>();
        for (var line : groups.lines().toList()) {
            var fields = line.split(":", 3);
            if (fields.length == 3) {
                var names = List.of(fields[1].split(",", -1));
                if (fields[1].isEmpty()) {
                    own(mounted, "cgroup2", List.of(), fields[2])
                            .ifPresent(own -> addUnified(controllers, own, unified));
                } else {
                    own(mounted, "cgroup", names, fields[2])
                            .ifPresent(own -> add(controllers, names, 1, own));
                }
            }
        }
        return new GroupTree(controllers);
    }

    private static void addUnified(Map<String, Controller> all, Path own, Unified unified) {
        add(all, List.of(unified.controllers(own).strip().split("\\s+", -1)), 2, own);
    }

    private static void add(
            Map<String, Controller> all, List<String> names, int version, Path own) {
        for (var name : names) {
            if (CONTROLLERS.contains(name)) {
                all.put(name, new Controller(name, version, own));
            }
        }
    }

    // 31 23 0:28 /root /point options… - type source super-options
    private static Optional<Mount> mount(String line) {
        var words = List.of(line.split(" ", -1));
        int dash = words.indexOf("-");
        if (dash < 5 || words.size() < dash + 4 || !words.get(dash + 1).startsWith("cgroup")) {
            return Optional.empty();
        }
        return Optional.of(
                new Mount(
                        words.get(3),
                        Path.of(words.get(4)),
                        words.get(dash + 1),
                        List.of(words.get(dash + 3).split(",", -1))));
    }

    // What lies outside of the mounted part cannot be reached.
    private static Optional<Path> own(
            List<Mount> mounts, String type, List<String> controllers, String group) {
        for (var mount : mounts) {
            var root = mount.root().equals("/") ? "" : mount.root();
            boolean inside = group.equals(root) || group.startsWith(root + "/");
            if (mount.type().equals(type) && mount.options().containsAll(controllers) && inside) {
                return Optional.of(
                        mount.point()
                                .resolve(group.substring(root.length()).replaceFirst("^/+", "")));
            }
        }
        return Optional.empty();
    }

    /// Where the controller has this process.
    Optional<Controller> find(String controller) {
        return Optional.ofNullable(controllers.get(controller));
    }

    /// The controller, if a group can be made below its own.
    Optional<Controller> usable(String controller) {
        return find(controller).filter(found -> Files.isWritable(found.own()));
    }

    /// Every controller that was found.
    List<Controller> all() {
        return new ArrayList<>(controllers.values());
    }
}
