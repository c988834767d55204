package dev.clawhold.policyfile;

import dev.clawhold.policy.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an endpoint says about the requests on its connections. All of it is checked; this build
/// keeps only whether there is something to inspect.
final class InspectionReader {
    /// The keys of an endpoint that are about requests.
    static final List<String> KEYS =
            List.of(
                    "path",
                    "enforcement",
                    "access",
                    "rules",
                    "ask_rules",
                    "deny_rules",
                    "allow_encoded_slash",
                    "json_rpc",
                    "mcp",
                    "graphql_max_body_bytes",
                    "persisted_queries",
                    "graphql_persisted_queries",
                    "credential_binding",
                    "request_body_credential_rewrite",
                    "websocket_credential_rewrite",
                    "credential_signing",
                    "signing_service",
                    "signing_region",
                    "allow_uninspected_credentials");

    private static final Map<String, Protocol> PROTOCOLS =
            Map.of(
                    "tcp", Protocol.TCP,
                    "rest", Protocol.REST,
                    "websocket", Protocol.WEBSOCKET,
                    "graphql", Protocol.GRAPHQL,
                    "json-rpc", Protocol.JSON_RPC,
                    "mcp", Protocol.MCP,
                    "sql", Protocol.SQL);
    private static final Map<String, Boolean> ACCESS =
            Map.of("read-only", true, "read-write", true, "full", false);
    private static final int LARGEST_BODY = 16_777_216;

    private final Problems problems;
    private final CredentialsReader credentials;

    InspectionReader(Problems problems) {
        this.problems = problems;
        this.credentials = new CredentialsReader(problems);
    }

    Protocol read(Section endpoint, Rule.Effect effect) {
        var named = protocol(endpoint);
        if (effect == Rule.Effect.DENY) {
            refuseOnDenial(endpoint, named.orElse(Protocol.OPAQUE));
            return Protocol.OPAQUE;
        }
        // checked in any case, so that a wrong value is told whatever the protocol is
        boolean restricted = endpoint.choice("access", ACCESS).orElse(true);
        var protocol = named.orElseGet(() -> implied(endpoint, restricted));
        checkKeys(endpoint, protocol, named.isPresent());
        checkEnforcement(endpoint, protocol);
        checkTls(endpoint, protocol);
        if (protocol == Protocol.SQL) {
            problems.add(
                    endpoint.place("protocol"), Code.W14, "sql is not understood: taken as opaque");
        }
        if (protocol.isInspected()) {
            checkInspected(endpoint, protocol);
        }
        credentials.check(endpoint, protocol);
        return protocol;
    }

    /// The protocol of a short rule: its access makes it rest.
    Protocol readShort(Section rule, Rule.Effect effect) {
        if (!rule.has("access")) {
            return Protocol.OPAQUE;
        }
        rule.choice("access", ACCESS);
        if (effect == Rule.Effect.DENY) {
            problems.add(rule.place("access"), Code.E15, "a rule that denies cannot have `access`");
        }
        problems.unavailable(rule.place("access"), "inspection of rest");
        return Protocol.REST;
    }

    private Optional<Protocol> protocol(Section endpoint) {
        var scalar = endpoint.scalar("protocol", "the name of a protocol");
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        var text = scalar.get().text();
        var lower = text.toLowerCase(Locale.ROOT);
        boolean capitals =
                text.equals(text.toUpperCase(Locale.ROOT)) && PROTOCOLS.containsKey(lower);
        if (capitals) {
            problems.add(
                    scalar.get().place(),
                    Code.W19,
                    Quote.of(text) + " is taken as " + Quote.of(lower));
            return Optional.ofNullable(PROTOCOLS.get(lower));
        }
        return endpoint.choice("protocol", PROTOCOLS);
    }

    private void refuseOnDenial(Section endpoint, Protocol protocol) {
        if (protocol.isInspected()) {
            problems.add(
                    endpoint.place("protocol"),
                    Code.E15,
                    "a rule that denies cannot have `protocol: " + protocol.text() + "`");
        }
        for (var key : KEYS) {
            if (endpoint.has(key)) {
                problems.add(
                        endpoint.place(key),
                        Code.E15,
                        "a rule that denies cannot have `" + key + "`");
            }
        }
    }

    /// What restrictions without a protocol mean.
    private Protocol implied(Section endpoint, boolean restricted) {
        boolean access = endpoint.has("access");
        if (!access && !endpoint.has("rules")) {
            return Protocol.OPAQUE;
        }
        boolean more = endpoint.has("ask_rules") || endpoint.has("deny_rules");
        boolean open =
                !more && (access ? !restricted && !endpoint.has("rules") : isCatchAll(endpoint));
        var place = endpoint.place(access ? "access" : "rules");
        problems.add(
                place,
                Code.W03,
                open
                        ? "this restricts nothing: without protocol the endpoint is opaque"
                        : "restrictions without protocol: the endpoint is taken as rest",
                open ? "remove the key, or write `protocol: rest`" : "write `protocol: rest`");
        return open ? Protocol.OPAQUE : Protocol.REST;
    }

    private static boolean isCatchAll(Section endpoint) {
        return endpoint.get("rules")
                .filter(rules ->
                        rules instanceof Node.Items list
                                && list.items().size() == 1
                                && isCatchAll(list.items().getFirst()))
                .isPresent();
    }

    private static boolean isCatchAll(Node rule) {
        return rule instanceof Node.Fields(var outer, _, _)
                && outer.size() == 1
                && outer.getFirst().key().text().equals("allow")
                && outer.getFirst().value() instanceof Node.Fields(var clause, _, _)
                && clause.size() == 2
                && clause.stream().allMatch(InspectionReader::matchesAll);
    }

    private static boolean matchesAll(Node.Field field) {
        return field.value() instanceof Node.Scalar value
                && switch (field.key().text()) {
                    case "method" -> value.text().equals("*");
                    case "path" -> value.text().equals("/**") || value.text().equals("**");
                    default -> false;
                };
    }

    private void checkKeys(Section endpoint, Protocol protocol, boolean named) {
        for (var key : KEYS) {
            boolean explained = !named && (key.equals("access") || key.equals("rules"));
            if (endpoint.has(key) && !protocol.has(key) && !explained) {
                problems.add(
                        endpoint.place(key),
                        Code.E15,
                        (named ? "protocol " + protocol.text() : "an endpoint without protocol")
                                + " cannot have `"
                                + key
                                + "`");
            }
        }
    }

    private void checkEnforcement(Section endpoint, Protocol protocol) {
        boolean audit =
                endpoint.choice("enforcement", Map.of("enforce", false, "audit", true))
                        .orElse(false);
        boolean restricts =
                List.of("access", "rules", "ask_rules", "deny_rules").stream()
                        .anyMatch(endpoint::has);
        if (protocol == Protocol.SQL && !audit && (restricts || endpoint.has("enforcement"))) {
            problems.add(
                    endpoint.place("protocol"),
                    Code.E15,
                    "protocol sql cannot enforce: commands are not understood",
                    "remove the restrictions, or write `enforcement: audit`");
        }
        if (protocol == Protocol.OPAQUE && endpoint.has("enforcement")) {
            problems.add(
                    endpoint.place("enforcement"),
                    Code.W04,
                    "enforcement has no meaning without protocol");
        }
    }

    private void checkTls(Section endpoint, Protocol protocol) {
        boolean ends =
                endpoint.choice(
                                "tls",
                                Map.of("skip", false, "terminate", true, "passthrough", false))
                        .orElse(protocol.isInspected());
        if (protocol.isInspected() && !ends) {
            problems.add(
                    endpoint.place("tls"), Code.W18, "an inspected endpoint is always decrypted");
        } else if (!protocol.isInspected() && ends) {
            problems.add(endpoint.place("tls"), Code.W02, "an opaque endpoint is never decrypted");
        }
    }

    private void checkInspected(Section endpoint, Protocol protocol) {
        problems.unavailable(
                endpoint.place(endpoint.has("protocol") ? "protocol" : "host"),
                "inspection of " + protocol.text());
        var patterns = new PatternReader(problems);
        endpoint.scalar("path", "a path pattern").ifPresent(p -> patterns.path(p, false));
        endpoint.bool("allow_encoded_slash");
        endpoint.count("graphql_max_body_bytes", 1, LARGEST_BODY);
        endpoint.section("json_rpc", "`json_rpc`", List.of("max_body_bytes"))
                .ifPresent(map -> map.count("max_body_bytes", 1, LARGEST_BODY));
        var mcp = new McpReader(problems).read(endpoint);
        new PersistedQueriesReader(problems).check(endpoint);
        boolean hasAccess = protocol.has("access");
        if (!endpoint.has("rules") && !(hasAccess && endpoint.has("access")) && !mcp.profile()) {
            problems.add(
                    endpoint.place("protocol"),
                    Code.E06,
                    hasAccess ? "rules or access is missing" : "rules are missing",
                    "nothing could be allowed without");
        }
        endpoint.exclude("access", "rules");
        new ClausesReader(problems, patterns, protocol, mcp).check(endpoint);
    }
}
