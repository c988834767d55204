package dev.clawhold.policy;

import java.util.Locale;

/// The stable codes of denials; the policy language's reference says what each means.
public enum ReasonCode {
    NO_POLICY,
    HOST_NOT_LISTED,
    PORT_NOT_LISTED,
    BINARY_NOT_LISTED,
    BINARY_HASH_MISMATCH,
    BINARY_CHANGED,
    BINARY_UNKNOWN,
    RULE_EXPIRED,
    DENIED_BY_RULE,
    HOST_MALFORMED,
    SNI_MISMATCH,
    HOST_HEADER_MISMATCH,
    REQUEST_MALFORMED,
    POLICY_INVALID,
    POLICY_REVOKED,
    ADDRESS_NEVER,
    ADDRESS_PRIVATE,
    ADDRESS_MIXED,
    ADDRESS_NOT_LISTED,
    PORT_CONTROL_PLANE,
    DNS_FAILED,
    INFERENCE_NOT_CONFIGURED,
    FEATURE_UNAVAILABLE,
    MIDDLEWARE_UNAVAILABLE;

    /// The code as records, answers and messages spell it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// One sentence that tells an agent what to do about a denial of this kind. `Policy.hint` says
    /// more where the policy is at hand.
    public String hint(EgressRequest request) {
        return Hint.general(this, request);
    }
}
