package dev.clawhold.policy;

import dev.clawhold.policy.program.Program;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an agent is told about a denial: how to go on, and what its operator would have to change.
record Hint(Egress egress, List<Candidate> naming, EgressRequest request) {
    /// A search for near misses reads no more endpoints than this.
    private static final int MOST_COMPARED = 1_000;

    String of(Reason reason) {
        var general = general(reason.code(), request);
        var near = near(reason).map(text -> general + "; " + text).orElse(general);
        var note = rule(reason).map(Rule::note).filter(text -> !text.isBlank());
        return note.map(text -> near + "; note of the operator: " + text).orElse(near);
    }

    /// The rule that decided, else the first that names the host.
    private Optional<Rule> rule(Reason reason) {
        return reason.rule()
                .flatMap(id -> egress.rules().stream().filter(r -> r.id().equals(id)).findFirst())
                .or(() -> naming.stream().map(Candidate::rule).findFirst());
    }

    private Optional<String> near(Reason reason) {
        return switch (reason.code()) {
            case HOST_NOT_LISTED -> nearHost();
            case PORT_NOT_LISTED -> rule(reason).map(Hint::ports);
            default -> rule(reason).map(rule -> "the rule is " + place(rule));
        };
    }

    private Optional<String> nearHost() {
        var hosts =
                egress.rules().stream()
                        .flatMap(rule -> rule.endpoints().stream())
                        .limit(MOST_COMPARED)
                        .map(endpoint -> endpoint.host().text())
                        .distinct()
                        .toList();
        return Spelling.nearest(request.host().text(), hosts)
                .map(host -> "a host that is listed and looks alike: `" + host + "`");
    }

    private static String ports(Rule rule) {
        var ports =
                rule.endpoints().stream()
                        .map(endpoint -> endpoint.ports().toString())
                        .distinct()
                        .collect(Collectors.joining(","));
        return place(rule) + " lists port " + ports;
    }

    private static String place(Rule rule) {
        var file = rule.file().isEmpty() ? "" : rule.file() + ", ";
        var line = rule.line() == 0 ? "" : " (" + file + "line " + rule.line() + ")";
        return "`" + rule.id() + "`" + line;
    }

    static String general(ReasonCode code, EgressRequest request) {
        var host = "`" + request.host().text() + "`";
        var place = "`" + request.host().text() + ":" + request.port() + "`";
        return switch (code) {
            case NO_POLICY ->
                    "no network rule is in force: ask the operator to start with a policy that"
                            + " lists "
                            + place;
            case HOST_NOT_LISTED ->
                    "no rule lists "
                            + host
                            + ": go on without it, or ask the operator to add an endpoint for "
                            + place
                            + " to `network_policies`";
            case PORT_NOT_LISTED ->
                    "the policy lists "
                            + host
                            + " on other ports: ask the operator to add port "
                            + request.port();
            case BINARY_NOT_LISTED ->
                    "other programs may reach "
                            + place
                            + ": use one of them, or ask the operator to add "
                            + program(request)
                            + " to the rule's `binaries`";
            case BINARY_HASH_MISMATCH ->
                    "the content of "
                            + program(request)
                            + " is not the one that the rule pins: ask the operator to check it"
                            + " and to renew `sha256`";
            case BINARY_CHANGED ->
                    program(request)
                            + " was replaced while the sandbox runs: ask the operator to restart"
                            + " the sandbox if that was meant";
            case BINARY_UNKNOWN ->
                    "the program that asks could not be identified: let a long-lived program"
                            + " connect itself";
            case RULE_EXPIRED ->
                    "the rule for " + place + " has expired: ask the operator to move its `until`";
            case DENIED_BY_RULE ->
                    "a rule forbids " + place + ": go on without it, another way will not work";
            case HOST_MALFORMED -> "write the host as a name or as a plain address";
            case SNI_MISMATCH, HOST_HEADER_MISMATCH ->
                    "ask for the same host in the request as in the connection to " + host;
            case REQUEST_MALFORMED -> "send a well-formed HTTP request";
            case POLICY_INVALID ->
                    "the policy file has an error, and all is closed until it is mended: tell the"
                            + " operator";
            case POLICY_REVOKED -> "the policy has changed and no longer allows " + place;
            case ADDRESS_NEVER ->
                    "this machine, link-local and metadata addresses are never reached: go on"
                            + " without "
                            + host;
            case ADDRESS_PRIVATE ->
                    host
                            + " leads to a private address: ask the operator to list the exact name"
                            + " or the address in `allowed_ips`";
            case ADDRESS_MIXED ->
                    host
                            + " leads to public and private addresses at once: ask the operator to"
                            + " list them in `allowed_ips`";
            case ADDRESS_NOT_LISTED ->
                    host
                            + " leads to an address outside `allowed_ips`: ask the operator to"
                            + " check the list";
            case PORT_CONTROL_PLANE ->
                    "port "
                            + request.port()
                            + " controls machines: ask the operator to set `allow_control_plane`";
            case DNS_FAILED -> host + " does not resolve: check its spelling or try later";
            case INFERENCE_NOT_CONFIGURED ->
                    "models are not routed here: ask the operator to add `inference` to the policy";
            case FEATURE_UNAVAILABLE ->
                    "the policy asks for something that this build cannot do, so the request stays"
                            + " closed: tell the operator";
            case NOT_HTTP ->
                    "only HTTP may go to "
                            + place
                            + ", over TLS or plain: speak that, or go on"
                            + " without";
            case POLICY_CONFLICT ->
                    "two endpoints of the policy disagree about this request: tell the operator";
            case ASK_RULE -> "the operator has to say yes to " + place + ": ask for it";
            case ASK_DENIED -> "the operator has said no to " + place + ": go on without it";
            case ASK_TIMEOUT ->
                    "the operator has not answered in time: go on without "
                            + place
                            + ", or try again later";
            case ASK_UNATTENDED ->
                    "nobody is there to answer for "
                            + place
                            + ": go on without it, or tell the operator";
            case ASK_OVERFLOW -> "too many questions are waiting for the operator: try again later";
            case REQUEST_NOT_LISTED ->
                    "the policy does not list this method and path on "
                            + host
                            + ": use one that it lists, or ask the operator to add a clause";
            case PATH_MALFORMED, ENCODED_SLASH ->
                    "write the path plainly: valid escapes, no encoded slash, no step above the"
                            + " root";
            case HEADER_OVERRIDE ->
                    "send the path in the request itself, not in a header that replaces it";
            case UPGRADE_NOT_LISTED ->
                    "the policy allows no WebSocket here: use plain requests, or ask the operator"
                            + " for `protocol: websocket`";
            case BODY_TOO_LARGE ->
                    "the body is larger than can be inspected here: send less at a time";
            case BODY_ENCODING ->
                    "the body has to be inspected: send it as JSON in UTF-8, not compressed";
            case BODY_MALFORMED -> "the body is not well formed for this endpoint: send it anew";
            case WS_NOT_LISTED ->
                    "the policy does not allow such messages on this WebSocket: ask the operator"
                            + " to add a clause";
            case WS_PROTOCOL -> "the two sides of the WebSocket do not agree: try again";
            case GRAPHQL_NOT_LISTED ->
                    "the policy does not list this operation and its fields: ask for fewer fields,"
                            + " or ask the operator to add a clause";
            case GRAPHQL_UNREGISTERED ->
                    "the persisted query is not registered: send the query's text";
            case RPC_NOT_LISTED ->
                    "the policy does not list this method: use one that it lists, or ask the"
                            + " operator to add a clause";
            case RPC_RESPONSE_FRAME -> "send calls only, not responses";
            case MCP_TOOL_NOT_LISTED ->
                    "the policy does not list this tool: use one that it lists, or ask the"
                            + " operator to add it";
            case MCP_TOOL_NAME -> "call tools by names of letters, digits, `_`, `.` and `-` only";
            case MCP_TOOL_CHANGED ->
                    "the server describes this tool otherwise than when it was pinned: tell the"
                            + " operator";
            case MCP_VERSION -> "speak a version of the protocol that the policy lists";
            case SECRET_FOUND ->
                    "the request holds a secret that does not belong to "
                            + host
                            + ": take it out; if it was meant, ask the operator";
            case MIDDLEWARE_DENIED -> "an inspection of the operator's refused this request";
            case CREDENTIAL_UNAVAILABLE ->
                    "the credential for " + host + " is not at hand: tell the operator";
            case CREDENTIAL_REVOKED ->
                    "the credential for " + host + " was withdrawn: tell the operator";
            case CREDENTIAL_ENDPOINT_MISMATCH ->
                    "the credential in this request belongs to another host: take it out";
            case LIMIT_REQUESTS, LIMIT_BYTES, LIMIT_CONNECTIONS ->
                    "what the policy allows to " + place + " is used up for now: try again later";
            case MODEL_NOT_ALLOWED ->
                    "the policy routes no model of this name: use one that it lists";
            case NO_COMPATIBLE_ROUTE ->
                    "no provider of this model speaks the protocol of the request: use another";
            case ENDPOINT_NOT_SUPPORTED ->
                    "this method and path belong to no protocol for models that is served here";
            case BUDGET_EXCEEDED -> "the budget is used up: tell the operator, or go on without";
            case RATE_LIMITED -> "too much at once: try again later";
            case PRICE_UNKNOWN ->
                    "the price of this model is not known and a budget counts: use another, or"
                            + " tell the operator";
            case MIDDLEWARE_UNAVAILABLE ->
                    "what has to inspect traffic to "
                            + host
                            + " cannot run: tell the operator, see `network_middlewares`";
        };
    }

    private static String program(EgressRequest request) {
        return switch (request.program()) {
            case Program.Known known -> "`" + known.executable().path() + "`";
            case Program.Unknown _ -> "the program";
        };
    }
}
