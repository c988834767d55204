package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.glob.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Patterns of clauses: paths, and values such as query parameters and tools. What is empty was
/// told as a problem.
record PatternReader(Problems problems) {

    /// A path pattern.
    ///
    /// @param strict whether a pattern that is easily misread is an error, as where it denies
    Optional<Glob> path(Node.Scalar scalar, boolean strict) {
        var text = scalar.text();
        if (isTooLong(scalar)) {
            return Optional.empty();
        }
        return switch (Glob.read(Glob.Kind.PATH, text)) {
            case Glob.Read.Bad(var message) -> {
                problems.add(scalar.place(), Code.E13, message);
                yield Optional.empty();
            }
            case Glob.Read.Good(var glob, boolean loose) -> {
                checkRoot(scalar, glob);
                checkReachable(scalar, glob);
                if (loose && strict) {
                    problems.add(
                            scalar.place(),
                            Code.E13,
                            "`**` stands beside other characters in " + Quote.of(text),
                            tree(text));
                } else if (loose) {
                    BinariesReader.warnLoose(scalar, problems);
                }
                yield Optional.of(glob);
            }
        };
    }

    /// What to write for a pattern whose `**` is no segment.
    private static String tree(String text) {
        var head = text.endsWith("**") ? text.substring(0, text.length() - 2) : "*";
        return head.indexOf('*') >= 0
                ? "it would mean `*`; write what you mean"
                : "it would mean "
                        + Quote.of(head + "*")
                        + "; for a tree write "
                        + Quote.of(head)
                        + " and "
                        + Quote.of(head + "/**");
    }

    private void checkRoot(Node.Scalar scalar, Glob glob) {
        if (!glob.expansions().stream().allMatch(PatternReader::isRooted)) {
            problems.add(
                    scalar.place(),
                    Code.E13,
                    "path " + Quote.of(scalar.text()) + " begins neither with `/` nor with `**`");
        }
    }

    /// Tells what no path in canonical form has, spelt as triplets.
    private void checkReachable(Node.Scalar scalar, Glob glob) {
        for (var pattern : glob.expansions()) {
            var text = pattern.replace("%2e", ".").replace("%2E", ".").toLowerCase(Locale.ROOT);
            boolean dots =
                    Stream.of(text.split("/", -1)).anyMatch(s -> s.equals(".") || s.equals(".."));
            if (dots || text.contains("%3b") || hasControl(text)) {
                problems.add(
                        scalar.place(),
                        Code.E13,
                        "dot segments, `;` and controls never reach a path: "
                                + Quote.of(scalar.text()));
                return;
            }
        }
    }

    private static boolean hasControl(String text) {
        return text.contains("%0") || text.contains("%1") || text.contains("%7f");
    }

    private static boolean isRooted(String path) {
        return path.startsWith("/") || path.startsWith("**");
    }

    private boolean isTooLong(Node.Scalar scalar) {
        if (scalar.text().length() > HostReader.LONGEST_PATTERN) {
            problems.add(scalar.place(), Code.E18, "a pattern is longer than 1024 characters");
            return true;
        }
        return false;
    }

    /// A glob over a value.
    Optional<Glob> value(Node.Scalar scalar) {
        var text = scalar.text();
        if (isTooLong(scalar)) {
            return Optional.empty();
        }
        return switch (Glob.read(Glob.Kind.VALUE, text)) {
            case Glob.Read.Bad(var message) -> {
                problems.add(scalar.place(), Code.E13, message);
                yield Optional.empty();
            }
            case Glob.Read.Good(var glob, _) -> {
                if (text.contains("*.") || text.contains(".*")) {
                    problems.add(
                            scalar.place(),
                            Code.W13,
                            "`*` also matches dots in "
                                    + Quote.of(text)
                                    + ": values have no separator");
                }
                yield Optional.of(glob);
            }
        };
    }

    /// Globs over values.
    List<Glob> values(List<Node.Scalar> scalars) {
        return scalars.stream().flatMap(scalar -> value(scalar).stream()).toList();
    }

    /// A glob, `{any: [glob]}` or `{glob: glob}`.
    Optional<ValueMatcher> matcher(Node node, String name) {
        var globs =
                node instanceof Node.Scalar scalar && !scalar.isNull()
                        ? values(List.of(scalar))
                        : Section.of(node, name, "a matcher", problems, List.of("any", "glob"))
                                .map(this::matcher)
                                .orElse(List.of());
        return globs.isEmpty() ? Optional.empty() : Optional.of(new ValueMatcher(globs));
    }

    private List<Glob> matcher(Section matcher) {
        matcher.exclude("any", "glob");
        if (!matcher.has("any") && !matcher.has("glob")) {
            problems.add(matcher.place(), Code.E06, "any or glob is missing");
        }
        var globs = new ArrayList<Glob>();
        matcher.scalar("glob", "a pattern").flatMap(this::value).ifPresent(globs::add);
        matcher.refuseEmpty("any", "nothing could match");
        globs.addAll(values(matcher.texts("any")));
        return globs;
    }

    /// A map from names to matchers.
    Map<String, ValueMatcher> matchers(Section clause, String key) {
        var matchers = new HashMap<String, ValueMatcher>();
        var map = clause.get(key).flatMap(node -> Section.map(node, key, problems));
        for (var field : map.map(Section::fields).orElse(List.of())) {
            var name = field.key().text();
            matcher(field.value(), Quote.of(name)).ifPresent(m -> matchers.put(name, m));
        }
        return matchers;
    }
}
