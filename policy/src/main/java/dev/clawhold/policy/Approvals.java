package dev.clawhold.policy;

/// What the operator has said yes to. An approval never beats a denial by rule, a limit, an address
/// test or malformed input.
public interface Approvals {
    /// Nothing is approved.
    Approvals NONE = new Approvals() {};

    /// Whether this program's connection to this host and port is approved.
    default boolean covers(EgressRequest connection) {
        return false;
    }

    /// Whether this request on such a connection is approved.
    ///
    /// @param path in canonical form
    default boolean covers(EgressRequest connection, String method, String path) {
        return false;
    }
}
