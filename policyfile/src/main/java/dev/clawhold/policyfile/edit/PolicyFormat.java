package dev.clawhold.policyfile.edit;

import dev.clawhold.policyfile.Content;
import dev.clawhold.policyfile.PolicyFile;
import dev.clawhold.policyfile.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings policy files into one layout: two spaces a level, keys in the order of the language's
/// reference, quotes only where they are needed, lines that end as on Unix. What is between braces
/// stays there up to 100 columns. Comments stay with what they stand beside or before, and the
/// values stay what they are. To format twice changes nothing more.
public final class PolicyFormat {
    /// What became of a text.
    public sealed interface Formatted {
        /// In its layout; equal to what was given if that had it already.
        record Text(Content text) implements Formatted {}

        /// It cannot be read.
        ///
        /// @param problems at least one
        record Invalid(List<Problem> problems) implements Formatted {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    private PolicyFormat() {}

    /// Formats a text. It has to be sound YAML as policies may be; whether its keys have a meaning
    /// is not asked.
    ///
    /// @param file as problems name it
    public static Formatted format(String file, Content text) {
        var problems = PolicyFile.tree(file, text.bytes()).problems();
        if (!problems.isEmpty()) {
            return new Formatted.Invalid(problems);
        }
        var source = Source.of(text.bytes());
        var read = TreeReader.read(source);
        // what an alias stands for has to stay above it
        var root = read.hasAnchors() ? read : KeyOrder.sorted(read);
        var annotations = new Annotations(source, root);
        var formatted = Layout.of(root, annotations);
        check(root, annotations, formatted);
        return new Formatted.Text(Content.of(formatted.getBytes(StandardCharsets.UTF_8)));
    }

    /// Nothing goes out that does not say the same, or has lost a comment.
    private static void check(Tree root, Annotations annotations, String formatted) {
        var source = new Source(formatted, false);
        if (!PolicyFile.tree("", source.bytes()).problems().isEmpty()) {
            throw new IllegalStateException("the formatted text cannot be read");
        }
        var again = TreeReader.read(source);
        if (!isSame(root, again)) {
            throw new IllegalStateException("the formatted text does not say the same");
        }
        if (!count(annotations.all).equals(count(new Annotations(source, again).all))) {
            throw new IllegalStateException("the formatted text has other comments");
        }
    }

    private static Map<String, Integer> count(List<String> comments) {
        var counts = new HashMap<String, Integer>();
        comments.forEach(comment -> counts.merge(comment, 1, Integer::sum));
        return counts;
    }

    /// Whether two values are equal, whatever the order of their keys.
    static boolean isSame(Tree one, Tree other) {
        return switch (one.resolved()) {
            case Tree.Text mine ->
                    other.resolved() instanceof Tree.Text theirs
                            && mine.text().equals(theirs.text())
                            && isTyped(mine) == isTyped(theirs);
            case Tree.Items(var mine, _, _) ->
                    other.resolved() instanceof Tree.Items theirs && isSame(mine, theirs.items());
            case Tree.Fields mine ->
                    other.resolved() instanceof Tree.Fields theirs && isSame(mine, theirs);
            case Tree.Alias _ -> throw new IllegalStateException("an alias stands for an alias");
        };
    }

    private static boolean isSame(List<Tree> mine, List<Tree> theirs) {
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!isSame(mine.get(i), theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Tree.Fields mine, Tree.Fields theirs) {
        var values = new HashMap<String, Tree>();
        theirs.fields().forEach(field -> values.put(field.key().text(), field.value()));
        return mine.fields().size() == theirs.fields().size()
                && mine.fields().stream()
                        .allMatch(f -> {
                            var value = Optional.ofNullable(values.get(f.key().text()));
                            return value.isPresent() && isSame(f.value(), value.get());
                        });
    }

    private static boolean isTyped(Tree.Text text) {
        return text.plain() && Scalars.isTyped(text.text());
    }
}
