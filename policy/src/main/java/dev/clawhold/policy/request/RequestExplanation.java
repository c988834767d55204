package dev.clawhold.policy.request;

import dev.clawhold.policy.RuleId;
import java.util.List;

/// A verdict about a request, and how far every inspected endpoint of its connection took part.
///
/// @param candidates in file order; none where the head itself is malformed
public record RequestExplanation(RequestVerdict verdict, List<Candidacy> candidates) {

    /// What one endpoint says about the request.
    public enum Fit {
        /// Its `path` does not match.
        OTHER_PATH,
        /// It has another protocol than the one that the request is read by.
        OTHER_PROTOCOL,
        /// What the request asks for cannot be read.
        UNREADABLE,
        DENIES,
        ASKS,
        ALLOWS,
        /// None of its clauses matches.
        NO_CLAUSE
    }

    /// One endpoint.
    ///
    /// @param line of the clause that matched, else of the endpoint; 0 without a file
    public record Candidacy(RuleId rule, String protocol, int line, Fit fit) {}

    public RequestExplanation {
        candidates = List.copyOf(candidates);
    }
}
