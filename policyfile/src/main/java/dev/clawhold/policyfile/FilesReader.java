package dev.clawhold.policyfile;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import dev.clawhold.policy.glob.Glob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `filesystem_policy` and `landlock`.
final class FilesReader {
    private static final int LONGEST_PATH = 4096;
    private static final int MOST_PATHS = 1_024;
    private static final Map<String, Access> LISTS =
            Map.of(
                    "read_only",
                    Access.READ_ONLY,
                    "read_write",
                    Access.READ_WRITE,
                    "deny",
                    Access.DENY);

    private record Listed(Access access, Place place) {}

    private final Section root;
    private final Problems problems;
    private final Map<String, Listed> listed = new LinkedHashMap<>();

    FilesReader(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    FileRules read() {
        boolean hard =
                root.section("landlock", "`landlock`", List.of("compatibility"))
                        .flatMap(landlock ->
                                landlock.choice(
                                        "compatibility",
                                        Map.of("best_effort", false, "hard_requirement", true)))
                        .orElse(false);
        var keys = List.of("include_workdir", "read_only", "read_write", "deny", "baseline");
        var block = root.section("filesystem_policy", "`filesystem_policy`", keys);
        boolean workdir =
                block.map(b -> b.bool("include_workdir", false))
                        .orElse(!root.has("filesystem_policy"));
        block.ifPresent(this::lists);
        block.ifPresent(b -> checkDenials(workdir));
        boolean baseline = block.map(b -> b.bool("baseline", true)).orElse(true);
        return new FileRules(workdir, rules(baseline), hard);
    }

    private void lists(Section block) {
        for (var field : block.fields()) {
            var access = LISTS.get(field.key().text());
            if (access != null) {
                for (var item : block.texts(field.key().text())) {
                    list(item, field.key().text(), access);
                }
            }
        }
        if (listed.size() > MOST_PATHS) {
            problems.add(block.place(), Code.E18, "more than 1024 filesystem paths");
        }
    }

    private void list(Node.Scalar item, String key, Access access) {
        var path = path(item, access);
        if (path.isEmpty()) {
            return;
        }
        if (path.equals("/") && access == Access.READ_WRITE) {
            problems.add(item.place(), Code.E10, "read_write must not be `/`");
        }
        var other = listed.putIfAbsent(path, new Listed(access, item.place()));
        if (other == null || other.access == access) {
            return;
        }
        if (access == Access.DENY || other.access == Access.DENY) {
            problems.add(
                    item.place(),
                    Code.E07,
                    key
                            + " and the list at line "
                            + other.place.line()
                            + " both hold "
                            + Quote.of(path));
            return;
        }
        problems.add(item.place(), Code.W17, Quote.of(path) + " is in both lists: it is read-only");
        listed.put(path, new Listed(Access.READ_ONLY, other.place));
    }

    /// The normalised path, or nothing if it cannot be used, which is told.
    private String path(Node.Scalar item, Access access) {
        var text = item.text();
        var shown = Quote.of(text);
        if (access == Access.DENY && Glob.hasWildcards(text)) {
            problems.add(
                    item.place(),
                    Code.E19,
                    "deny cannot hold the pattern "
                            + shown
                            + ": a mask covers only what exists at start",
                    "list the paths");
            return "";
        }
        if (!text.startsWith("/")) {
            problems.add(
                    item.place(),
                    Code.E09,
                    "path " + shown + " is not absolute",
                    "write the whole path, from `/`");
            return "";
        }
        if (text.indexOf(0) >= 0) {
            problems.add(item.place(), Code.E09, "path " + shown + " holds a null character");
            return "";
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            problems.add(item.place(), Code.E09, "path " + shown + " is longer than 4096 bytes");
            return "";
        }
        return normalised(item);
    }

    private String normalised(Node.Scalar item) {
        var parts = new ArrayList<String>();
        for (var part : item.text().split("/", -1)) {
            if (part.equals("..")) {
                problems.add(
                        item.place(), Code.E09, "path " + Quote.of(item.text()) + " holds `..`");
                return "";
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private void checkDenials(boolean workdir) {
        if (workdir) {
            return; // what lies in the working directory is not known yet
        }
        listed.forEach((path, entry) -> {
            if (entry.access == Access.DENY && !isInsideAnother(path)) {
                problems.add(
                        entry.place,
                        Code.W20,
                        Quote.of(path) + " is outside every allowed path: nothing to hide");
            }
        });
    }

    private boolean isInsideAnother(String path) {
        var allowed =
                listed.entrySet().stream()
                        .filter(e -> e.getValue().access != Access.DENY)
                        .map(Map.Entry::getKey);
        var baseline = FileRules.BASELINE.stream().map(PathRule::path);
        return Stream.concat(allowed, baseline)
                .anyMatch(tree -> tree.equals("/") || path.startsWith(tree + "/"));
    }

    private List<PathRule> rules(boolean baseline) {
        var rules = new ArrayList<PathRule>();
        listed.forEach((path, entry) -> rules.add(new PathRule(path, entry.access, true)));
        if (baseline) {
            FileRules.BASELINE.stream()
                    .filter(rule -> !listed.containsKey(rule.path()))
                    .forEach(rules::add);
        }
        return rules;
    }
}
