package dev.clawhold.sandbox;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import java.nio.file.Path;
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
    /// A path that is not its own: it goes through symbolic links.
    private record Alias(PathRule rule, String real, String target) {}

    private final HostFiles files;
    private final boolean allMustExist;
    private final TreeMap<String, Exposure> exposed = new TreeMap<>();
    private final Map<String, Alias> aliases = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private ExposurePlanner(HostFiles files, boolean allMustExist) {
        this.files = files;
        this.allMustExist = allMustExist;
    }

    /// The plan for these rules and this working directory.
    ///
    /// @throws SetupException if a path must exist and does not, or cannot be held as it is listed
    static Exposure.Plan plan(FileRules rules, String workdir, HostFiles files) {
        var planner = new ExposurePlanner(files, rules.allMustExist());
        rules.paths().stream().filter(PathRule::listed).forEach(planner::add);
        if (rules.workdir()) {
            planner.add(new PathRule(workdir, Access.READ_WRITE, true));
        }
        rules.paths().stream().filter(rule -> !rule.listed()).forEach(planner::addBaseline);
        if (rules.paths().stream().anyMatch(rule -> rule.path().equals("/"))) {
            planner.addWholeSystem();
        }
        return planner.finish();
    }

    // `/` stands for what it holds: the root itself is the sandbox's own.
    private void addWholeSystem() {
        for (var child : files.children("/")) {
            addBaseline(new PathRule(child, Access.READ_ONLY, false));
        }
    }

    private void addBaseline(PathRule rule) {
        if (!aliases.containsKey(rule.path()) && !exposed.containsKey(rule.path())) {
            add(rule);
        }
    }

    private void add(PathRule rule) {
        if (rule.path().equals("/")) {
            refuseAllButReading(rule.access());
        } else if (OwnTree.provides(rule.path())) {
            own(rule, rule.path());
        } else {
            files.find(rule.path()).ifPresentOrElse(e -> expose(rule, e), () -> absent(rule));
        }
    }

    private static void refuseAllButReading(Access access) {
        if (access != Access.READ_ONLY) {
            throw new SetupException(
                    Layer.FILES,
                    "`/` as a whole can be shown read-only, not writable and not hidden",
                    "list the directories that are meant");
        }
    }

    private void expose(PathRule rule, HostFiles.Entry entry) {
        if (!entry.path().equals(rule.path())) {
            var target = target(rule.path(), entry.path());
            aliases.putIfAbsent(rule.path(), new Alias(rule, entry.path(), target));
        }
        if (OwnTree.provides(entry.path())) {
            own(rule, entry.path()); // such as `/var/run`, a link to `/run`
            return;
        }
        exposed.merge(
                entry.path(),
                new Exposure(entry, rule.access(), false, false),
                ExposurePlanner::stricter);
    }

    // The link as written where it leads there in one step, else what it comes to.
    private String target(String path, String real) {
        return files.link(path)
                .filter(text ->
                        Path.of(path).resolveSibling(text).normalize().equals(Path.of(real)))
                .orElse(real);
    }

    private void own(PathRule rule, String place) {
        if (rule.access() == Access.DENY && OwnTree.inProc(place)) {
            throw new SetupException(
                    Layer.FILES,
                    "`" + rule.path() + "` cannot be hidden: the sandbox has a `/proc` of its own",
                    "take it out of `deny`: it tells about the sandbox's own processes only");
        }
        if (rule.access() == Access.DENY) {
            warnings.add(
                    "the sandbox has a `" + place + "` of its own: the host's is not shown anyway");
        } else if (rule.listed() && rule.access() == Access.READ_ONLY && OwnTree.writable(place)) {
            warnings.add("the sandbox has a `" + place + "` of its own, which it can write");
        }
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
        return strictness(one.access()) >= strictness(other.access()) ? one : other;
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
        aliases.forEach((path, alias) -> {
            var around = enclosing(path, result);
            if (around == null) {
                links.add(new Exposure.Link(path, alias.target()));
            } else {
                refuseReplaceable(alias, around);
            }
        });
        return new Exposure.Plan(List.copyOf(result.values()), links, warnings);
    }

    // What is protected under a name must stay so under that name.
    private static void refuseReplaceable(Alias alias, Exposure around) {
        if (around.access() == Access.READ_WRITE && alias.rule().access() != Access.READ_WRITE) {
            throw new SetupException(
                    Layer.FILES,
                    "`"
                            + alias.rule().path()
                            + "` cannot be protected: it goes through a symbolic link that the"
                            + " workload could replace",
                    "list `" + alias.real() + "` instead");
        }
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
            refuseBelowHidden(exposure, parent);
            warnOfOtherNames(exposure, parent);
            shieldAncestors(parent, exposure, result);
            result.put(exposure.path(), shown(exposure, true, parent.owner()));
        }
    }

    private static void refuseBelowHidden(Exposure exposure, Exposure parent) {
        if (parent.access() == Access.DENY) {
            throw new SetupException(
                    Layer.FILES,
                    "`"
                            + exposure.path()
                            + "` cannot be shown: it lies in `"
                            + parent.path()
                            + "`, which is hidden",
                    "hide what else is in `" + parent.path() + "`, path by path");
        }
    }

    private void warnOfOtherNames(Exposure exposure, Exposure parent) {
        boolean looser = strictness(exposure.access()) < strictness(parent.access());
        if (!looser && !exposure.entry().directory() && exposure.entry().links() > 1) {
            warnings.add(
                    "`"
                            + exposure.path()
                            + "` has another hard link, and is not protected under that name");
        }
    }

    private static Exposure shown(Exposure exposure, boolean inside, boolean parentOwner) {
        var entry = exposure.entry();
        // Root's files keep their owner unless they are to be written: `/etc/shadow` stays shut.
        boolean owner = parentOwner || exposure.access() == Access.READ_WRITE || entry.uid() != 0;
        return new Exposure(entry, exposure.access(), inside, owner && !exposure.device());
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
