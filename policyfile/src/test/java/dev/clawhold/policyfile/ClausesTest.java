package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.CredentialUse.Signing;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.GraphQlSettings.Persisted;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.content.OperationType;
import dev.clawhold.policy.glob.Glob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of an endpoint's keys about requests, as whole values: a key that is read and
/// dropped makes two values differ.
class ClausesTest {
    private static final Glob EVERYWHERE = path("**");

    @Test
    void everyKeyOfRestIsKept() {
        var inspection =
                inspection(
                        """
                        {host: a.test, port: 443, protocol: rest, path: "/v1/**",
                         enforcement: audit, allow_encoded_slash: true,
                         credential_binding: {provider: github},
                         websocket_credential_rewrite: true,
                         credential_signing: "sigv4:body",
                         signing_service: s3, signing_region: eu-central-1,
                         rules: [{allow: {method: get, path: "/a b/*"}},
                          {allow: {method: "*", path: /q, query: {a: x, b: {any: [y, "z*"]}, c: {glob: "?"}}}}],
                         ask_rules: [{method: POST, path: /p}],
                         deny_rules: [{method: DELETE, path: /d}]}
                        """);
        var allow =
                List.of(
                        http("GET", "/a b/*", 9),
                        new HttpClause(
                                Optional.empty(),
                                path("/q"),
                                Map.of(
                                        "a", matcher("x"),
                                        "b", matcher("y", "z*"),
                                        "c", matcher("?")),
                                10));
        assertThat(inspection)
                .isEqualTo(
                        new Inspection(
                                Optional.of(path("/v1/**")),
                                true,
                                true,
                                new Protocol.Rest(
                                        new Clauses<>(
                                                allow,
                                                List.of(http("POST", "/p", 11)),
                                                List.of(http("DELETE", "/d", 12)))),
                                new CredentialUse(
                                        Optional.of("github"),
                                        false,
                                        true,
                                        Optional.of(
                                                new Signing(
                                                        Signing.Mode.SIGV4_BODY,
                                                        "s3",
                                                        Optional.of("eu-central-1")))),
                                false));
    }

    @Test
    void aPathPatternIsTakenInItsCanonicalForm() {
        var rest =
                (Protocol.Rest)
                        protocol(
                                "protocol: rest, rules: [{allow: {method: GET, path: \"/a b/\\\\*\"}}]");
        var glob = rest.http().allow().getFirst().path();
        assertThat(glob.matches("/a%20b/*")).isTrue();
        assertThat(glob.matches("/a%20b/c")).isFalse();
    }

    @Test
    void rewritesAreKeptWithoutSigning() {
        assertThat(
                        inspection(
                                        "{host: a.test, port: 443, protocol: rest, access: full, request_body_credential_rewrite: true}")
                                .credential())
                .isEqualTo(new CredentialUse(Optional.empty(), true, false, Optional.empty()));
    }

    @Test
    void theRegionOfAnAwsHostIsLeftToTheHost() {
        assertThat(
                        inspection(
                                        "{host: b.s3.eu-central-1.amazonaws.com, port: 443, protocol: rest, access: full, credential_signing: sigv4, signing_service: s3}")
                                .credential()
                                .signing())
                .contains(new Signing(Signing.Mode.SIGV4, "s3", Optional.empty()));
    }

    @Test
    void accessStandsForClausesAtItsKey() {
        assertThat(protocol("protocol: rest,\n access: read-only"))
                .isEqualTo(rest(2, "GET", "HEAD", "OPTIONS"));
        assertThat(protocol("protocol: rest,\n access: read-write"))
                .isEqualTo(rest(2, "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH"));
        assertThat(protocol("protocol: rest, access: full")).isEqualTo(rest(1, "*"));
        assertThat(protocol("protocol: websocket, access: read-only")).isEqualTo(socket("GET"));
        assertThat(protocol("protocol: websocket, access: read-write"))
                .isEqualTo(socket("GET", "WEBSOCKET_TEXT"));
        assertThat(protocol("protocol: websocket, access: full")).isEqualTo(socket("*"));
        assertThat(protocol("protocol: graphql, access: read-only"))
                .isEqualTo(graphQl(OperationType.QUERY));
        assertThat(protocol("protocol: graphql, access: read-write"))
                .isEqualTo(graphQl(OperationType.QUERY, OperationType.MUTATION));
        assertThat(protocol("protocol: graphql, access: full"))
                .isEqualTo(
                        new Protocol.GraphQl(
                                Clauses.allowing(
                                        List.of(
                                                new GraphQlClause(
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        List.of(),
                                                        1))),
                                GraphQlSettings.DEFAULT));
    }

    @Test
    void restrictionsWithoutAProtocolAreRest() {
        assertThat(protocol("access: read-only")).isEqualTo(rest(1, "GET", "HEAD", "OPTIONS"));
        assertThat(endpoint("{host: a.test, port: 443, access: full}"))
                .isInstanceOf(Endpoint.Opaque.class);
    }

    @Test
    void denialsBesideAccessAreKept() {
        var rest =
                (Protocol.Rest) protocol("access: full, deny_rules: [{method: \"*\", path: /x}]");
        assertThat(rest.http())
                .isEqualTo(
                        new Clauses<>(
                                List.of(http("*", "**", 1)),
                                List.of(),
                                List.of(http("*", "/x", 1))));
    }

    @Test
    void aShortRuleWithAccessIsRest() {
        var rules =
                Corpus.valid("egress: {rules: [{host: a.test, port: 443, access: read-only}]}")
                        .policy()
                        .egress()
                        .rules();
        assertThat(inspection(rules.getFirst().endpoints().getFirst()))
                .isEqualTo(Inspection.of(rest(1, "GET", "HEAD", "OPTIONS")));
    }

    @Test
    void everyKeyOfAWebSocketIsKept() {
        assertThat(
                        protocol(
                                """
                                protocol: websocket, graphql_max_body_bytes: 7,
                                rules: [{allow: {method: GET, path: /ws}},
                                 {allow: {operation_type: QUERY, operation_name: "A*", fields: [a, "b*"]}}],
                                ask_rules: [{operation_type: "*"}],
                                deny_rules: [{operation_type: subscription}]
                                """))
                .isEqualTo(
                        new Protocol.WebSocket(
                                Clauses.allowing(List.of(http("GET", "/ws", 2))),
                                new Clauses<>(
                                        List.of(
                                                new GraphQlClause(
                                                        Optional.of(OperationType.QUERY),
                                                        Optional.of(value("A*")),
                                                        List.of(value("a"), value("b*")),
                                                        3)),
                                        List.of(operations(Optional.empty(), 4)),
                                        List.of(
                                                operations(
                                                        Optional.of(OperationType.SUBSCRIPTION),
                                                        5))),
                                new GraphQlSettings(7, Map.of())));
    }

    @Test
    void persistedQueriesAreKeptWhereTheyAreAllowed() {
        var queries =
                ", graphql_persisted_queries: {h: {operation_type: MUTATION, operation_name: n,"
                        + " fields: [a, b]}}";
        var registered =
                Map.of(
                        "h",
                        new Persisted(OperationType.MUTATION, Optional.of("n"), Set.of("a", "b")));
        var open = "protocol: graphql, access: read-only, persisted_queries: ";
        assertThat(protocol(open + "allow_registered" + queries))
                .isEqualTo(
                        new Protocol.GraphQl(
                                graphQl(OperationType.QUERY).operations(),
                                new GraphQlSettings(65_536, registered)));
        assertThat(protocol(open + "deny" + queries)).isEqualTo(graphQl(OperationType.QUERY));
    }

    @Test
    void everyKeyOfJsonRpcIsKept() {
        assertThat(
                        protocol(
                                "protocol: json-rpc, json_rpc: {max_body_bytes: 9}, rules: [{allow:"
                                        + " {method: book.list}}], deny_rules: [{method: \"*\"}]"))
                .isEqualTo(
                        new Protocol.JsonRpc(
                                new Clauses<>(
                                        List.of(new RpcClause(Optional.of("book.list"), 1)),
                                        List.of(),
                                        List.of(new RpcClause(Optional.empty(), 1))),
                                9));
    }

    @Test
    void everyKeyOfMcpIsKept() {
        assertThat(
                        protocol(
                                """
                                protocol: mcp, mcp: {max_body_bytes: 11, strict_tool_names: true,
                                  allow_all_known_mcp_methods: true, versions: ["2025-06-18"],
                                  tool_pins: {t: %s}},
                                rules: [{allow: {method: initialize}},
                                 {allow: {tool: {any: [search, "read_*"]}}}, {allow: {}}],
                                ask_rules: [{method: tools/call, params: {name: pay}, arguments: {to: "*"}}],
                                deny_rules: [{method: "tools/*"}]
                                """
                                        .formatted("AB".repeat(32))))
                .isEqualTo(
                        new Protocol.Mcp(
                                new Clauses<>(
                                        List.of(
                                                mcp("initialize", 4),
                                                new McpClause(
                                                        Optional.empty(),
                                                        Optional.of(matcher("search", "read_*")),
                                                        Map.of(),
                                                        5),
                                                new McpClause(
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        Map.of(),
                                                        5)),
                                        List.of(
                                                new McpClause(
                                                        Optional.of(value("tools/call")),
                                                        Optional.of(matcher("pay")),
                                                        Map.of("to", matcher("*")),
                                                        6)),
                                        List.of(mcp("tools/*", 7))),
                                new McpSettings(
                                        11,
                                        true,
                                        true,
                                        List.of("2025-06-18"),
                                        Map.of("t", "ab".repeat(32)))));
    }

    @Test
    void whereModelsAreRoutedTheirMakersAreMetered() {
        var head = "inference: {providers: {l: {kind: ollama}}}\n";
        assertThat(endpoint(head, "{host: api.openai.com, port: 443}"))
                .isInstanceOfSatisfying(
                        Endpoint.Inspected.class,
                        e ->
                                assertThat(e.inspection())
                                        .isEqualTo(Inspection.of(rest(4, "*")).asMetered()));
        assertThat(
                        inspection(
                                endpoint(
                                        head,
                                        "{host: api.openai.com, port: 443, access: read-only}")))
                .isEqualTo(Inspection.of(rest(4, "GET", "HEAD", "OPTIONS")).asMetered());
        assertThat(endpoint(head, "{host: api.openai.com, port: 443, unmetered: true}"))
                .isInstanceOf(Endpoint.Opaque.class);
        assertThat(endpoint(head, "{host: a.test, port: 443}")).isInstanceOf(Endpoint.Opaque.class);
        assertThat(endpoint("{host: api.openai.com, port: 443}"))
                .isInstanceOf(Endpoint.Opaque.class);
    }

    @Test
    void theOrderOfClausesGivesTheSameSet() {
        var clauses = new ArrayList<String>();
        for (var method : List.of("GET", "POST", "PUT", "\"*\"")) {
            for (var path : List.of("/a", "\"/b/*\"", "\"/c/**\"", "\"**\"")) {
                clauses.add("{allow: {method: " + method + ", path: " + path + "}}");
            }
        }
        var expected = clausesOf(clauses);
        var random = new Random(20260601);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(clauses, random);
            assertThat(clausesOf(clauses)).isEqualTo(expected);
        }
        assertThat(expected).hasSize(16);
    }

    private static Set<HttpClause> clausesOf(List<String> clauses) {
        var rest = (Protocol.Rest) protocol("protocol: rest, rules: " + clauses);
        return new HashSet<>(rest.http().allow());
    }

    private static Endpoint endpoint(String text) {
        return endpoint("", text);
    }

    private static Endpoint endpoint(String head, String text) {
        var policy =
                Corpus.valid(
                                "version: 1\n"
                                        + head
                                        + "network_policies:\n  r: {binaries: any, endpoints: ["
                                        + text.strip().replace("\n", "\n   ")
                                        + "]}\n")
                        .policy();
        return policy.egress().rules().getFirst().endpoints().getFirst();
    }

    private static Inspection inspection(String text) {
        return inspection(endpoint(text));
    }

    private static Inspection inspection(Endpoint endpoint) {
        assertThat(endpoint).isInstanceOf(Endpoint.Inspected.class);
        return ((Endpoint.Inspected) endpoint).inspection();
    }

    /// Lines count from the endpoint's own first.
    private static Protocol protocol(String keys) {
        var text = "{host: a.test, port: 443, " + keys + "}";
        var policy =
                Corpus.valid(
                        "network_policies: {r: {binaries: any, endpoints: ["
                                + text.strip().replace("\n", "\n   ")
                                + "]}, }\nversion: 1\n");
        return inspection(policy.policy().egress().rules().getFirst().endpoints().getFirst())
                .protocol();
    }

    private static Protocol.Rest rest(int line, String... methods) {
        return new Protocol.Rest(Clauses.allowing(methods(line, methods)));
    }

    private static Protocol socket(String... methods) {
        return new Protocol.WebSocket(
                Clauses.allowing(methods(1, methods)), Clauses.none(), GraphQlSettings.DEFAULT);
    }

    private static Protocol.GraphQl graphQl(OperationType... types) {
        var clauses =
                List.of(types).stream().map(type -> operations(Optional.of(type), 1)).toList();
        return new Protocol.GraphQl(Clauses.allowing(clauses), GraphQlSettings.DEFAULT);
    }

    private static GraphQlClause operations(Optional<OperationType> type, int line) {
        return new GraphQlClause(type, Optional.empty(), List.of(), line);
    }

    private static List<HttpClause> methods(int line, String... methods) {
        return List.of(methods).stream().map(method -> http(method, "**", line)).toList();
    }

    private static HttpClause http(String method, String path, int line) {
        return new HttpClause(
                Optional.of(method).filter(m -> !m.equals("*")),
                path.equals("**") ? EVERYWHERE : path(path),
                Map.of(),
                line);
    }

    private static McpClause mcp(String method, int line) {
        return new McpClause(Optional.of(value(method)), Optional.empty(), Map.of(), line);
    }

    private static ValueMatcher matcher(String... globs) {
        return new ValueMatcher(List.of(globs).stream().map(ClausesTest::value).toList());
    }

    private static Glob path(String text) {
        return glob(Glob.Kind.PATH, text);
    }

    private static Glob value(String text) {
        return glob(Glob.Kind.VALUE, text);
    }

    private static Glob glob(Glob.Kind kind, String text) {
        return ((Glob.Read.Good) Glob.read(kind, text)).glob();
    }
}
