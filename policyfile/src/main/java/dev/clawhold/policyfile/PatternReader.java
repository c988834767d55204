package dev.clawhold.policyfile;

import dev.clawhold.policy.glob.Glob;
import java.util.List;

/// Patterns of clauses: paths, and values such as query parameters and tools.
record PatternReader(Problems problems) {

    /// A path pattern.
    ///
    /// @param strict whether a pattern that is easily misread is an error, as where it denies
    void path(Node.Scalar scalar, boolean strict) {
        var text = scalar.text();
        if (isTooLong(scalar)) {
            return;
        }
        switch (Glob.read(Glob.Kind.PATH, text)) {
            case Glob.Read.Bad(var message) -> problems.add(scalar.place(), Code.E13, message);
            case Glob.Read.Good(var glob, boolean loose) -> {
                if (!glob.expansions().stream().allMatch(PatternReader::isRooted)) {
                    problems.add(
                            scalar.place(),
                            Code.E13,
                            "path " + Quote.of(text) + " begins neither with `/` nor with `**`");
                }
                if (loose && strict) {
                    problems.add(
                            scalar.place(),
                            Code.E13,
                            "`**` stands beside other characters in " + Quote.of(text),
                            "it would mean `*`; write what you mean");
                } else if (loose) {
                    BinariesReader.warnLoose(scalar, problems);
                }
            }
        }
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
    void value(Node.Scalar scalar) {
        var text = scalar.text();
        if (isTooLong(scalar)) {
            return;
        }
        if (Glob.read(Glob.Kind.VALUE, text) instanceof Glob.Read.Bad(var message)) {
            problems.add(scalar.place(), Code.E13, message);
        } else if (text.contains("*.") || text.contains(".*")) {
            problems.add(
                    scalar.place(),
                    Code.W13,
                    "`*` also matches dots in " + Quote.of(text) + ": values have no separator");
        }
    }

    /// A glob, `{any: [glob]}` or `{glob: glob}`.
    void matcher(Node node, String name) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            value(scalar);
            return;
        }
        Section.of(node, name, "a matcher", problems, List.of("any", "glob"))
                .ifPresent(this::matcher);
    }

    private void matcher(Section matcher) {
        matcher.exclude("any", "glob");
        if (!matcher.has("any") && !matcher.has("glob")) {
            problems.add(matcher.place(), Code.E06, "any or glob is missing");
        }
        matcher.scalar("glob", "a pattern").ifPresent(this::value);
        var any = matcher.texts("any");
        if (matcher.get("any")
                .filter(n -> n instanceof Node.Items l && l.items().isEmpty())
                .isPresent()) {
            problems.add(matcher.valuePlace("any"), Code.E08, "any is empty: nothing could match");
        }
        any.forEach(this::value);
    }

    /// A map from names to matchers.
    void matchers(Section clause, String key) {
        clause.get(key)
                .flatMap(node -> Section.map(node, key, problems))
                .ifPresent(map ->
                        map.fields()
                                .forEach(field ->
                                        matcher(field.value(), Quote.of(field.key().text()))));
    }

    /// Whether the matcher takes every value.
    static boolean takesAll(Node node) {
        return node instanceof Node.Scalar scalar
                && (scalar.text().equals("*") || scalar.text().equals("**"));
    }
}
