package dev.clawhold.policy;

import dev.clawhold.policy.clause.Inspection;
import java.util.List;

/// What judges the requests on one inspected connection: the endpoints that stayed in force for its
/// program, host, port and addresses, in file order.
///
/// @param connection what was asked for
/// @param middlewares that cover the host, in the order in which they run
/// @param approved whether the operator said yes to the connection
public record HttpRules(
        EgressRequest connection,
        List<Part> parts,
        List<Egress.Middleware> middlewares,
        boolean approved) {

    /// One endpoint of one rule.
    ///
    /// @param line where the endpoint begins in its file, from 1; 0 without a file
    public record Part(Rule rule, Inspection inspection, int line) {}

    public HttpRules {
        parts = List.copyOf(parts);
        middlewares = List.copyOf(middlewares);
    }
}
