package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.content.OperationType;
import dev.clawhold.policy.glob.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `access` stands for: clauses that allow, on every path.
enum AccessLevel {
    READ_ONLY,
    READ_WRITE,
    FULL;

    static final Map<String, AccessLevel> WORDS =
            Map.of("read-only", READ_ONLY, "read-write", READ_WRITE, "full", FULL);

    /// @param line of the key
    List<HttpClause> rest(int line) {
        return switch (this) {
            case READ_ONLY -> methods(line, "GET", "HEAD", "OPTIONS");
            case READ_WRITE -> methods(line, "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH");
            case FULL -> List.of(everything(line));
        };
    }

    /// As above.
    List<HttpClause> webSocket(int line) {
        return switch (this) {
            case READ_ONLY -> methods(line, "GET");
            case READ_WRITE -> methods(line, "GET", HttpClause.WEBSOCKET_TEXT);
            case FULL -> List.of(everything(line));
        };
    }

    /// As above.
    List<GraphQlClause> graphQl(int line) {
        return switch (this) {
            case READ_ONLY -> List.of(operations(Optional.of(OperationType.QUERY), line));
            case READ_WRITE ->
                    List.of(
                            operations(Optional.of(OperationType.QUERY), line),
                            operations(Optional.of(OperationType.MUTATION), line));
            case FULL -> List.of(operations(Optional.empty(), line));
        };
    }

    /// The clause for every method on every path.
    static HttpClause everything(int line) {
        return new HttpClause(Optional.empty(), everyPath(), Map.of(), line);
    }

    private static List<HttpClause> methods(int line, String... names) {
        var clauses = new ArrayList<HttpClause>();
        for (var name : names) {
            clauses.add(new HttpClause(Optional.of(name), everyPath(), Map.of(), line));
        }
        return clauses;
    }

    private static GraphQlClause operations(Optional<OperationType> type, int line) {
        return new GraphQlClause(type, Optional.empty(), List.of(), line);
    }

    private static Glob everyPath() {
        return switch (Glob.read(Glob.Kind.PATH, "**")) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new IllegalStateException(message);
        };
    }
}
