package dev.clawhold.sandbox;

import dev.clawhold.policy.Access;
import dev.clawhold.policy.FileRules;
import dev.clawhold.policy.PathRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns path rules into exposures: symbolic links are resolved once, the longest path decides, and
/// what only repeats its parent is left out.
///
/// INVARIANT: between a writable tree and a protected path below it, every directory is an exposure
/// of its own, so that none of them can be renamed away from around the path (`rename(2)`: EBUSY on
/// a mount point).
final class ExposurePlanner {
    private final HostFiles files;
    private final boolean allMustExist;
    private final TreeMap<String, Exposure> exposed = new TreeMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private ExposurePlanner(HostFiles files, boolean allMustExist) {
        this.files = files;
        this.allMustExist = allMustExist;
    }

    /// The plan for these rules and this working directory.
    ///
    /// @throws SetupException if a path must exist and does not
    static Exposure.Plan plan(FileRules rules, String workdir, HostFiles files) {
        var planner = new ExposurePlanner(files, rules.allMustExist());
        rules.paths().stream().filter(PathRule::listed).forEach(planner::add);
        if (rules.workdir()) {
            planner.add(new PathRule(workdir, Access.READ_WRITE, true));
        }
        rules.paths().stream().filter(rule -> !rule.listed()).forEach(planner::addBaseline);
        return planner.finish();
    }

    private void addBaseline(PathRule rule) {
        if (!aliases.containsKey(rule.path()) && !exposed.containsKey(rule.path())) {
            add(rule);
        }
    }

    private void add(PathRule rule) {
        if (OwnTree.provides(rule.path())) {
            return;
        }
        var found = files.find(rule.path());
        if (found.isEmpty()) {
            absent(rule);
            return;
        }
        var entry = found.get();
        if (!entry.path().equals(rule.path())) {
            aliases.putIfAbsent(rule.path(), files.link(rule.path()).orElse(entry.path()));
        }
        exposed.merge(
                entry.path(),
                new Exposure(entry, rule.access(), false, false),
                ExposurePlanner::stricter);
    }

    private void absent(PathRule rule) {
        if (!rule.listed()) {
            return;
        }
        if (allMustExist) {
            throw new SetupException(
                    Layer.FILES,
                    "`" + rule.path() + "` does not exist, and the policy requires it to",
                    "create it, or take `compatibility: hard_requirement` out");
        }
        warnings.add("`" + rule.path() + "` does not exist: skipped");
    }

    // A path listed twice is what is stricter: hidden before read-only before read-write.
    private static Exposure stricter(Exposure one, Exposure other) {
        return one.access().compareTo(other.access()) == 0
                ? one
                : strictness(one.access()) >= strictness(other.access()) ? one : other;
    }

    private static int strictness(Access access) {
        return switch (access) {
            case READ_WRITE -> 0;
            case READ_ONLY -> 1;
            case DENY -> 2;
        };
    }

    private Exposure.Plan finish() {
        var result = new TreeMap<String, Exposure>();
        for (var exposure : exposed.values()) {
            place(exposure, result);
        }
        var links = new ArrayList<Exposure.Link>();
        aliases.forEach((path, target) -> {
            if (enclosing(path, result) == null) {
                links.add(new Exposure.Link(path, target));
            }
        });
        return new Exposure.Plan(List.copyOf(result.values()), links, warnings);
    }

    private void place(Exposure exposure, Map<String, Exposure> result) {
        var parent = enclosing(exposure.path(), result);
        if (parent == null) {
            if (exposure.access() == Access.DENY) {
                warnings.add(
                        "`" + exposure.path() + "` lies in no allowed tree: deny has no effect");
            } else {
                result.put(exposure.path(), shown(exposure, false, false));
            }
        } else if (parent.access() != exposure.access()) {
            shieldAncestors(parent, exposure, result);
            result.put(exposure.path(), shown(exposure, true, parent.owner()));
        }
    }

    private static Exposure shown(Exposure exposure, boolean inside, boolean parentOwner) {
        var entry = exposure.entry();
        // Root's files keep their owner unless they are to be written: `/etc/shadow` stays shut.
        boolean owner = parentOwner || exposure.access() == Access.READ_WRITE || entry.uid() != 0;
        return new Exposure(entry, exposure.access(), inside, owner && !entry.device());
    }

    private void shieldAncestors(Exposure parent, Exposure child, Map<String, Exposure> result) {
        if (parent.access() != Access.READ_WRITE) {
            return;
        }
        int slash = child.path().indexOf('/', parent.path().length() + 1);
        while (slash > 0) {
            var between = child.path().substring(0, slash);
            files.find(between)
                    .ifPresent(entry ->
                            result.putIfAbsent(
                                    between,
                                    new Exposure(entry, Access.READ_WRITE, true, parent.owner())));
            slash = child.path().indexOf('/', slash + 1);
        }
    }

    // The longest exposure that contains the path.
    private static @Nullable Exposure enclosing(String path, Map<String, Exposure> result) {
        for (int slash = path.lastIndexOf('/');
                slash > 0;
                slash = path.lastIndexOf('/', slash - 1)) {
            var found = result.get(path.substring(0, slash));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
