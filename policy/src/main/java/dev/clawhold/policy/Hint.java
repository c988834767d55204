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
        var line = rule.line() == 0 ? "" : " (line " + rule.line() + ")";
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
