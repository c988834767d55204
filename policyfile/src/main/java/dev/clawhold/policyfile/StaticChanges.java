package dev.clawhold.policyfile;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Tells in what a new static part differs from the one that a running sandbox has. None of it can
/// be applied while the sandbox runs.
record StaticChanges(Optional<Node> root, Problems problems) {

    void tell(Confinement now, Confinement then) {
        files(now.files(), then.files());
        tell(
                !Objects.equals(now.identity().uid(), then.identity().uid()),
                "process",
                "run_as_user");
        tell(
                !Objects.equals(now.identity().gid(), then.identity().gid()),
                "process",
                "run_as_group");
        tell(!now.limits().equals(then.limits()), "process", "limits");
    }

    private void files(FileRules now, FileRules then) {
        tell(now.workdir() != then.workdir(), "filesystem_policy", "include_workdir");
        tell(now.allMustExist() != then.allMustExist(), "landlock", "compatibility");
        tell(differ(now, then, Access.READ_ONLY), "filesystem_policy", "read_only");
        tell(differ(now, then, Access.READ_WRITE), "filesystem_policy", "read_write");
        tell(differ(now, then, Access.DENY), "filesystem_policy", "deny");
        tell(!baseline(now).equals(baseline(then)), "filesystem_policy", "baseline");
    }

    private static boolean differ(FileRules now, FileRules then, Access access) {
        return !listed(now, access).equals(listed(then, access));
    }

    private static List<String> listed(FileRules files, Access access) {
        return files.paths().stream()
                .filter(rule -> rule.listed() && rule.access() == access)
                .map(PathRule::path)
                .sorted()
                .toList();
    }

    /// Whether the baseline is added at all; what it adds follows from the lists.
    private static Boolean baseline(FileRules files) {
        return files.paths().stream().anyMatch(rule -> !rule.listed());
    }

    private void tell(boolean changed, String part, String key) {
        if (changed) {
            problems.add(
                    place(part, key),
                    Code.E24,
                    key + " changed while the sandbox runs",
                    "restart the sandbox");
        }
    }

    private Place place(String part, String key) {
        var outer = root.flatMap(node -> find(node, part));
        return outer.flatMap(field -> find(field.value(), key))
                .or(() -> outer)
                .map(field -> field.key().place())
                .orElse(Place.START);
    }

    private static Optional<Node.Field> find(Node node, String key) {
        return node instanceof Node.Fields map
                ? map.fields().stream().filter(f -> f.key().text().equals(key)).findFirst()
                : Optional.empty();
    }
}
