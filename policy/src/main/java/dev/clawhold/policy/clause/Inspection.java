package dev.clawhold.policy.clause;

import dev.clawhold.policy.glob.Glob;
import java.util.Optional;

/// How the requests on an inspected endpoint are judged.
///
/// @param path which requests of host and port are meant, of the kind `PATH`; empty: all
/// @param audit whether a refusal by a clause, or for want of one, is only recorded
/// @param encodedSlash whether a segment of the path may hold an encoded slash or backslash
/// @param metered whether the traffic goes to a maker of models and counts against its budgets
public record Inspection(
        Optional<Glob> path,
        boolean audit,
        boolean encodedSlash,
        Protocol protocol,
        CredentialUse credential,
        boolean metered) {

    /// Requests on every path, with nothing put in place.
    public static Inspection of(Protocol protocol) {
        return new Inspection(Optional.empty(), false, false, protocol, CredentialUse.NONE, false);
    }

    /// The same, counted against budgets.
    public Inspection asMetered() {
        return new Inspection(path, audit, encodedSlash, protocol, credential, true);
    }
}
