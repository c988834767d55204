package dev.clawhold.policyfile.edit;

import dev.clawhold.policyfile.Change;
import dev.clawhold.policyfile.Code;
import dev.clawhold.policyfile.Content;
import dev.clawhold.policyfile.Merging;
import dev.clawhold.policyfile.Node;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import dev.clawhold.policyfile.Problem;
import dev.clawhold.policyfile.Sources;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Brings what some policies say into the text of another. Pure, and without effect where the text
/// says it already.
public final class PolicyMerge {
    /// A policy to merge.
    ///
    /// @param file as problems name it, and as relative paths in it take it
    public record Input(String file, Content text) {}

    /// What became of a merge.
    public sealed interface Merged {
        /// The base with all that was added; the base itself, byte for byte, if nothing was new.
        record Text(Content text) implements Merged {}

        /// Values that differ where there can be one only, or a result that would not be valid.
        ///
        /// @param problems at least one
        record Conflicts(List<Problem> problems) implements Merged {
            public Conflicts {
                problems = List.copyOf(problems);
            }
        }

        /// A policy that is not valid by itself.
        ///
        /// @param problems the errors of that policy, at least one
        record Invalid(List<Problem> problems) implements Merged {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    private final Merging.Preference preference;
    private final Sources sources;

    private PolicyMerge(Merging.Preference preference, Sources sources) {
        this.preference = preference;
        this.sources = sources;
    }

    /// Merges some policies into a base, one after the other.
    ///
    /// @param preference which of two differing values holds
    /// @param sources where the policies find those that they extend
    public static Merged merge(
            Input base, List<Input> adds, Merging.Preference preference, Sources sources) {
        var merge = new PolicyMerge(preference, sources);
        var invalid = merge.problems(base.file(), base.text().bytes());
        if (!invalid.isEmpty()) {
            return new Merged.Invalid(invalid);
        }
        var text = base.text();
        for (var add : adds) {
            switch (merge.merge(new Input(base.file(), text), add)) {
                case Merged.Text(var merged) -> text = merged;
                case Merged.Conflicts conflicts -> {
                    return conflicts;
                }
                case Merged.Invalid bad -> {
                    return bad;
                }
            }
        }
        return new Merged.Text(text);
    }

    private Merged merge(Input base, Input add) {
        var invalid = problems(add.file(), add.text().bytes());
        if (!invalid.isEmpty()) {
            return new Merged.Invalid(invalid);
        }
        var result = changes(base, add);
        var conflicts =
                Stream.concat(relative(base, add, result.changes()), result.conflicts().stream())
                        .toList();
        if (!conflicts.isEmpty()) {
            return new Merged.Conflicts(conflicts);
        }
        return result.changes().isEmpty()
                ? new Merged.Text(base.text())
                : written(base, add, result.changes());
    }

    private Merging.Result changes(Input base, Input add) {
        var bytes = base.text().bytes();
        return Merging.of(
                map(base), map(add), preference, PolicyFile.extended(base.file(), bytes, sources));
    }

    private static Node.Fields map(Input input) {
        return PolicyFile.tree(input.file(), input.text().bytes())
                .root()
                .filter(Node.Fields.class::isInstance)
                .map(Node.Fields.class::cast)
                .orElseThrow();
    }

    /// A path says something else in a file elsewhere.
    private static Stream<Problem> relative(Input base, Input add, List<Change> changes) {
        if (folder(base.file()).equals(folder(add.file()))) {
            return Stream.empty();
        }
        return changes.stream()
                .filter(c ->
                        c.path().equals(List.of("extends"))
                                || (c instanceof Change.Put put && put.key().equals("extends")))
                .flatMap(c ->
                        c.value() instanceof Node.Items list
                                ? list.items().stream()
                                : Stream.of(c.value()))
                .filter(node -> node instanceof Node.Scalar(var text, _, _) && text.startsWith("."))
                .map(node ->
                        problem(
                                add.file(),
                                node.place().line(),
                                node.place().column(),
                                "this path is relative to `"
                                        + add.file()
                                        + "`, not to `"
                                        + base.file()
                                        + "`",
                                "name the file in `extends` of the base first"));
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    private static Problem problem(String file, int line, int column, String message, String hint) {
        return new Problem(file, line, column, Code.E27, false, message, Optional.of(hint));
    }

    private Merged written(Input base, Input add, List<Change> changes) {
        for (boolean verbatim : new boolean[] {true, false}) {
            Source merged;
            try {
                merged =
                        new TextChanges(
                                        Source.of(base.text().bytes()),
                                        Source.of(add.text().bytes()),
                                        verbatim)
                                .make(changes);
            } catch (TextChanges.BehindAliasException e) {
                return new Merged.Conflicts(
                        List.of(
                                problem(
                                        base.file(),
                                        1,
                                        1,
                                        "`"
                                                + e.getMessage()
                                                + "` stands behind an alias: a change would have more effects",
                                        "write it out in place of the alias")));
            }
            var text = new Input(base.file(), Content.of(merged.bytes()));
            if (isComplete(text, add)) {
                var invalid =
                        problems(base.file() + " with " + add.file(), base.file(), merged.bytes());
                return invalid.isEmpty()
                        ? new Merged.Text(text.text())
                        : new Merged.Conflicts(invalid);
            }
        }
        throw new IllegalStateException("a merge of `" + add.file() + "` did not take");
    }

    /// Whether nothing is left to merge.
    private boolean isComplete(Input merged, Input add) {
        var tree = PolicyFile.tree(merged.file(), merged.text().bytes());
        return tree.problems().isEmpty() && changes(merged, add).changes().isEmpty();
    }

    private List<Problem> problems(String file, byte[] text) {
        return problems(file, file, text);
    }

    /// The errors; none if the text is valid.
    private List<Problem> problems(String shown, String file, byte[] text) {
        return switch (PolicyFile.parse(file, text, 1, Instant.MIN, sources)) {
            case Parsed.Valid _ -> List.of();
            case Parsed.Invalid(var problems) ->
                    problems.stream()
                            .filter(p -> !p.warning())
                            .map(p -> p.file().equals(file) ? in(shown, p) : p)
                            .toList();
        };
    }

    private static Problem in(String file, Problem p) {
        return new Problem(
                file, p.line(), p.column(), p.code(), p.warning(), p.message(), p.hint());
    }
}
