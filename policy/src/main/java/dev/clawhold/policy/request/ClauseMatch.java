package dev.clawhold.policy.request;

import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.content.GraphQlOperation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Finds the first clause of an endpoint that matches a subject.
///
/// @param side which of its clauses
record ClauseMatch(Side side) {
    private static final Query NO_QUERY = new Query(List.of());

    /// The clause's line in its file, 0 without a file or where the protocol's own profile allows;
    /// empty if none matches.
    OptionalInt line(Protocol protocol, Subject subject) {
        return switch (subject) {
            case Subject.Http http -> http(protocol, http);
            case Subject.Operation(var operation) -> operation(protocol, operation);
            case Subject.Call(var call) ->
                    switch (protocol) {
                        case Protocol.JsonRpc(var calls, _) ->
                                side.of(calls).stream()
                                        .filter(clause -> clause.takes(call.method()))
                                        .mapToInt(clause -> clause.line())
                                        .findFirst();
                        case Protocol.Mcp mcp -> new McpMatch(mcp, side).line(call);
                        case Protocol.Rest _, Protocol.WebSocket _, Protocol.GraphQl _ ->
                                OptionalInt.empty();
                    };
            case Subject.Silent _ -> side == Side.ALLOW ? OptionalInt.of(0) : OptionalInt.empty();
        };
    }

    private OptionalInt http(Protocol protocol, Subject.Http subject) {
        for (var clause : clauses(protocol)) {
            if (matches(clause, subject)) {
                return OptionalInt.of(clause.line());
            }
        }
        return OptionalInt.empty();
    }

    private List<HttpClause> clauses(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Rest(var http) -> side.of(http);
            case Protocol.WebSocket(var http, _, _) -> side.of(http);
            case Protocol.GraphQl _, Protocol.JsonRpc _, Protocol.Mcp _ -> List.of();
        };
    }

    private boolean matches(HttpClause clause, Subject.Http subject) {
        return fits(clause, subject) && matches(clause.query(), subject);
    }

    private static boolean fits(HttpClause clause, Subject.Http subject) {
        return clause.takes(subject.method()) && clause.path().matches(subject.path());
    }

    private boolean matches(Map<String, ValueMatcher> query, Subject.Http subject) {
        if (query.isEmpty()) {
            return true;
        }
        for (var parameter : query.entrySet()) {
            var values = subject.query().orElse(NO_QUERY).values(parameter.getKey());
            var matcher = parameter.getValue();
            boolean matched =
                    side.needsOnePart()
                            ? values.stream().anyMatch(matcher::matches)
                            : !values.isEmpty() && values.stream().allMatch(matcher::matches);
            if (!matched) {
                return false;
            }
        }
        return true;
    }

    /// Whether a clause would look at the query, which nobody can read.
    boolean missesQuery(Protocol protocol, Subject.Http subject) {
        return subject.query().isEmpty()
                && clauses(protocol).stream()
                        .anyMatch(c -> !c.query().isEmpty() && fits(c, subject));
    }

    private OptionalInt operation(Protocol protocol, GraphQlOperation operation) {
        var clauses =
                switch (protocol) {
                    case Protocol.GraphQl(var operations, _) -> operations;
                    case Protocol.WebSocket(_, var operations, _) -> operations;
                    case Protocol.Rest _, Protocol.JsonRpc _, Protocol.Mcp _ ->
                            Clauses.<GraphQlClause>none();
                };
        return side.of(clauses).stream()
                .filter(clause -> matches(clause, operation))
                .mapToInt(GraphQlClause::line)
                .findFirst();
    }

    private boolean matches(GraphQlClause clause, GraphQlOperation operation) {
        boolean type = clause.type().map(operation.type()::equals).orElse(true);
        boolean name =
                clause.name()
                        .map(glob -> operation.name().map(glob::matches).orElse(false))
                        .orElse(true);
        return type && name && fields(clause, operation);
    }

    private boolean fields(GraphQlClause clause, GraphQlOperation operation) {
        if (clause.fields().isEmpty()) {
            return true;
        }
        var fields = operation.rootFields().stream();
        return side.needsOnePart()
                ? fields.anyMatch(field -> names(clause, field))
                : fields.allMatch(field -> names(clause, field));
    }

    private static boolean names(GraphQlClause clause, String field) {
        return clause.fields().stream().anyMatch(glob -> glob.matches(field));
    }
}
