package dev.clawhold.policyfile;

import dev.clawhold.policy.Spelling;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.request.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Clauses about HTTP requests and the messages of a WebSocket.
///
/// @param only the methods that there are, beside `*`; empty: those of HTTP
record HttpClauseReader(Problems problems, PatternReader patterns, List<String> only) {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /// @param strict whether the clause denies or asks
    Optional<HttpClause> read(Section clause, boolean strict) {
        clause.require("method");
        clause.require("path");
        var method =
                clause.scalar("method", "one method, or `*`").map(scalar -> method(clause, scalar));
        var path = clause.scalar("path", "a path pattern").flatMap(p -> patterns.path(p, strict));
        var query = patterns.matchers(clause, "query");
        return path.filter(_ -> method.isPresent())
                .map(glob ->
                        new HttpClause(
                                method.filter(text -> !text.equals("*")),
                                glob,
                                query,
                                clause.place().line()));
    }

    /// The method in capitals, or `*`.
    private String method(Section clause, Node.Scalar scalar) {
        var text = scalar.text();
        var capitals = text.toUpperCase(Locale.ROOT);
        if (text.equals("*") || only.contains(text) || (only.isEmpty() && METHODS.contains(text))) {
            return text;
        }
        if (!only.isEmpty()) {
            clause.notOneOf(scalar, "method", only);
        } else if (METHODS.contains(capitals)) {
            problems.add(
                    scalar.place(),
                    Code.W19,
                    Quote.of(text) + " is taken as " + Quote.of(capitals));
        } else if (Method.of(text).isEmpty()) {
            problems.add(scalar.place(), Code.E05, "method cannot be " + Quote.of(text));
        } else {
            unknown(scalar, capitals);
        }
        return capitals;
    }

    private void unknown(Node.Scalar scalar, String capitals) {
        var text = Quote.of(scalar.text());
        var near = METHODS.stream().filter(m -> Spelling.distance(m, capitals) == 1).findFirst();
        if (near.isPresent()) {
            problems.add(
                    scalar.place(),
                    Code.E05,
                    "method cannot be " + text + Section.suggestion(near));
        } else {
            problems.add(
                    scalar.place(), Code.W19, "method " + text + " is unusual: taken as it stands");
        }
    }
}
