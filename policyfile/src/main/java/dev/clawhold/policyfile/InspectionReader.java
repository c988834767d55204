package dev.clawhold.policyfile;

import dev.clawhold.policy.Rule;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an endpoint says about the requests on its connections.
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

    private static final Map<String, ProtocolName> PROTOCOLS =
            Map.of(
                    "tcp", ProtocolName.TCP,
                    "rest", ProtocolName.REST,
                    "websocket", ProtocolName.WEBSOCKET,
                    "graphql", ProtocolName.GRAPHQL,
                    "json-rpc", ProtocolName.JSON_RPC,
                    "mcp", ProtocolName.MCP,
                    "sql", ProtocolName.SQL);
    private static final Map<String, Boolean> TLS_ENDS =
            Map.of("skip", false, "terminate", true, "passthrough", false);

    /// What becomes of an endpoint's traffic.
    ///
    /// @param inspection where it is inspected
    record Traffic(ProtocolName protocol, Optional<Inspection> inspection) {
        private static final Traffic UNREAD = new Traffic(ProtocolName.OPAQUE, Optional.empty());
    }

    private final Problems problems;
    private final PatternReader patterns;
    private final ProtocolReader protocols;
    private final CredentialsReader credentials;

    InspectionReader(Problems problems) {
        this.problems = problems;
        this.patterns = new PatternReader(problems);
        this.protocols = new ProtocolReader(problems, patterns);
        this.credentials = new CredentialsReader(problems);
    }

    Traffic read(Section endpoint, Rule.Effect effect) {
        var named = protocol(endpoint);
        if (effect == Rule.Effect.DENY) {
            refuseOnDenial(endpoint, named.orElse(ProtocolName.OPAQUE));
            endpoint.choice("tls", TLS_ENDS);
            return Traffic.UNREAD;
        }
        // checked in any case, so that a wrong value is told whatever the protocol is
        var access = endpoint.choice("access", AccessLevel.WORDS);
        var protocol = named.orElseGet(() -> implied(endpoint, access));
        checkKeys(endpoint, protocol, named.isPresent());
        boolean audit = audit(endpoint, protocol);
        checkTls(endpoint, protocol);
        if (protocol == ProtocolName.SQL) {
            problems.add(
                    endpoint.place("protocol"), Code.W14, "sql is not understood: taken as opaque");
        }
        var judged =
                protocol.isInspected()
                        ? Optional.of(inspected(endpoint, protocol, access))
                        : Optional.<Protocol>empty();
        var path =
                endpoint.scalar("path", "a path pattern")
                        .filter(_ -> protocol.isInspected())
                        .flatMap(p -> patterns.path(p, false));
        boolean slash = endpoint.bool("allow_encoded_slash", false);
        var credential = credentials.read(endpoint, protocol);
        return new Traffic(
                protocol,
                judged.map(p -> new Inspection(path, audit, slash, p, credential, false)));
    }

    /// The traffic of a short rule: its access makes it rest.
    Traffic readShort(Section rule, Rule.Effect effect) {
        if (!rule.has("access")) {
            return Traffic.UNREAD;
        }
        var access = rule.choice("access", AccessLevel.WORDS);
        if (effect == Rule.Effect.DENY) {
            problems.add(rule.place("access"), Code.E15, "a rule that denies cannot have `access`");
            return Traffic.UNREAD;
        }
        problems.unavailable(rule.place("access"), "inspection of rest");
        int line = rule.place("access").line();
        var rest =
                new Protocol.Rest(
                        access.map(level -> Clauses.allowing(level.rest(line)))
                                .orElse(Clauses.none()));
        return new Traffic(ProtocolName.REST, Optional.of(Inspection.of(rest)));
    }

    private Optional<ProtocolName> protocol(Section endpoint) {
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

    private void refuseOnDenial(Section endpoint, ProtocolName protocol) {
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
    private ProtocolName implied(Section endpoint, Optional<AccessLevel> level) {
        boolean access = endpoint.has("access");
        if (!access && !endpoint.has("rules")) {
            return ProtocolName.OPAQUE;
        }
        boolean restricted = !level.equals(Optional.of(AccessLevel.FULL));
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
        return open ? ProtocolName.OPAQUE : ProtocolName.REST;
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

    private void checkKeys(Section endpoint, ProtocolName protocol, boolean named) {
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

    private boolean audit(Section endpoint, ProtocolName protocol) {
        boolean audit =
                endpoint.choice("enforcement", Map.of("enforce", false, "audit", true))
                        .orElse(false);
        boolean restricts =
                List.of("access", "rules", "ask_rules", "deny_rules").stream()
                        .anyMatch(endpoint::has);
        if (protocol == ProtocolName.SQL && !audit && (restricts || endpoint.has("enforcement"))) {
            problems.add(
                    endpoint.place("protocol"),
                    Code.E15,
                    "protocol sql cannot enforce: commands are not understood",
                    "remove the restrictions, or write `enforcement: audit`");
        }
        if (protocol == ProtocolName.OPAQUE && endpoint.has("enforcement")) {
            problems.add(
                    endpoint.place("enforcement"),
                    Code.W04,
                    "enforcement has no meaning without protocol");
        }
        return audit;
    }

    private void checkTls(Section endpoint, ProtocolName protocol) {
        boolean ends = endpoint.choice("tls", TLS_ENDS).orElse(protocol.isInspected());
        if (protocol.isInspected() && !ends) {
            problems.add(
                    endpoint.place("tls"), Code.W18, "an inspected endpoint is always decrypted");
        } else if (!protocol.isInspected() && ends) {
            problems.add(endpoint.place("tls"), Code.W02, "an opaque endpoint is never decrypted");
        }
    }

    private Protocol inspected(Section endpoint, ProtocolName name, Optional<AccessLevel> access) {
        problems.unavailable(
                endpoint.place(endpoint.has("protocol") ? "protocol" : "host"),
                "inspection of " + name.text());
        return protocols.read(endpoint, name, access);
    }
}
