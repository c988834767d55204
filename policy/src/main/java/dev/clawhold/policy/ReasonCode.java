package dev.clawhold.policy;

import java.util.Locale;
import java.util.Set;

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
    NOT_HTTP,
    POLICY_INVALID,
    POLICY_REVOKED,
    POLICY_CONFLICT,
    ADDRESS_NEVER,
    ADDRESS_PRIVATE,
    ADDRESS_MIXED,
    ADDRESS_NOT_LISTED,
    PORT_CONTROL_PLANE,
    DNS_FAILED,
    ASK_RULE,
    ASK_DENIED,
    ASK_TIMEOUT,
    ASK_UNATTENDED,
    ASK_OVERFLOW,
    REQUEST_NOT_LISTED,
    REQUEST_MALFORMED,
    PATH_MALFORMED,
    ENCODED_SLASH,
    HOST_HEADER_MISMATCH,
    HEADER_OVERRIDE,
    UPGRADE_NOT_LISTED,
    BODY_TOO_LARGE,
    BODY_ENCODING,
    BODY_MALFORMED,
    WS_NOT_LISTED,
    WS_PROTOCOL,
    GRAPHQL_NOT_LISTED,
    GRAPHQL_UNREGISTERED,
    RPC_NOT_LISTED,
    RPC_RESPONSE_FRAME,
    MCP_TOOL_NOT_LISTED,
    MCP_TOOL_NAME,
    MCP_TOOL_CHANGED,
    MCP_VERSION,
    SECRET_FOUND,
    MIDDLEWARE_DENIED,
    MIDDLEWARE_UNAVAILABLE,
    CREDENTIAL_UNAVAILABLE,
    CREDENTIAL_REVOKED,
    CREDENTIAL_ENDPOINT_MISMATCH,
    FEATURE_UNAVAILABLE,
    LIMIT_REQUESTS,
    LIMIT_BYTES,
    LIMIT_CONNECTIONS,
    INFERENCE_NOT_CONFIGURED,
    MODEL_NOT_ALLOWED,
    NO_COMPATIBLE_ROUTE,
    ENDPOINT_NOT_SUPPORTED,
    BUDGET_EXCEEDED,
    RATE_LIMITED,
    PRICE_UNKNOWN;

    private static final Set<ReasonCode> MALFORMED =
            Set.of(
                    HOST_MALFORMED,
                    REQUEST_MALFORMED,
                    PATH_MALFORMED,
                    ENCODED_SLASH,
                    BODY_MALFORMED);

    /// Whether the input itself is wrong, so that an answer over HTTP is 400, not 403.
    public boolean isMalformedInput() {
        return MALFORMED.contains(this);
    }

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
