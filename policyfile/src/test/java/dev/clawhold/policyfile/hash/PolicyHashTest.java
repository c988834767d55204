package dev.clawhold.policyfile.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyHashTest {
    private static final String POLICY =
            """
            version: 1
            on_invalid: deny_all
            filesystem_policy: {include_workdir: true, read_only: [/opt/a, /opt/b], deny: [/opt/a/c]}
            landlock: {compatibility: best_effort}
            process: {run_as_user: 1200, run_as_group: 1300, limits: {memory: 1GiB, cpu: 1.5, pids: 10, files: 20, time: 5m}}
            inspect: {secrets: ask}
            network_policies:
              first:
                note: a note
                binaries: [{path: /usr/bin/curl, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}, /usr/bin/git]
                until: 2030-01-01T00:00:00Z
                limits: {requests: 60/min, bytes: 1MiB/day, upload: 2MiB/day, download: 3MiB/day, connections: 4}
                endpoints:
                  - {host: a.test, port: 443, protocol: rest, path: /v1/**, enforcement: audit, allow_encoded_slash: true, rules: [{allow: {method: GET, path: /v1/x, query: {q: "a*"}}}], deny_rules: [{method: POST, path: /v1/y}], ask_rules: [{method: PUT, path: /v1/z}]}
                  - {host: "*.w.test", ports: [80, 81], allowed_ips: [10.1.0.0/16]}
                  - {host: 10.9.0.0/16, port: 6443, allow_control_plane: true, tls: skip}
                  - {host: s.test, port: 443, protocol: rest, access: read-only, credential_binding: {provider: p1}, credential_signing: "sigv4:body", signing_service: s3, signing_region: eu-1}
              second:
                verdict: ask
                ask: {timeout: 30s}
                binaries: any
                endpoints:
                  - {host: g.test, port: 443, protocol: graphql, rules: [{allow: {operation_type: query, operation_name: "Get*", fields: [viewer]}}], persisted_queries: allow_registered, graphql_persisted_queries: {abc: {operation_type: query, operation_name: One, fields: [me]}}, graphql_max_body_bytes: 1000}
                  - {host: w.test, port: 443, protocol: websocket, rules: [{allow: {method: WEBSOCKET_TEXT, path: /ws}}], websocket_credential_rewrite: true}
                  - {host: r.test, port: 443, protocol: json-rpc, rules: [{allow: {method: list}}], json_rpc: {max_body_bytes: 2000}}
                  - {host: m.test, port: 443, protocol: mcp, rules: [{allow: {method: tools/call, tool: search, arguments: {kind: open}}}], mcp: {max_body_bytes: 3000, allow_all_known_mcp_methods: false, versions: [2025-06-18], tool_pins: {search: 1f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}}}
            network_middlewares:
              red: {middleware: clawhold/redact, order: 1, config: {mode: redact}, on_error: fail_open, endpoints: {include: [m.test], exclude: [x.test]}}
            inference:
              providers: {claude: {kind: anthropic, credential: main}, local: {kind: ollama}}
              aliases: {best: claude-x}
              routes: [{model: "claude-*", to: [{provider: claude}]}, {model: "qwen*", to: [{provider: local, model: qwen3}]}]
              budgets: [{scope: sandbox, limit: 5 USD/day, then: stop, warn: [80]}]
              timeouts: {connect: 11s, first_byte: 12m, idle: 6m, total: 61m}
              unknown_price: deny
              env: false
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "deny_all | keep",
                "include_workdir: true | include_workdir: false",
                "/opt/b | /opt/d",
                "deny: [/opt/a/c] | deny: [/opt/a/d]",
                "best_effort | hard_requirement",
                "run_as_user: 1200 | run_as_user: 1201",
                "run_as_group: 1300 | run_as_group: 1301",
                "memory: 1GiB | memory: 2GiB",
                "cpu: 1.5 | cpu: 2",
                "pids: 10 | pids: 11",
                "files: 20 | files: 21",
                "time: 5m | time: 6m",
                "secrets: ask | secrets: off",
                "first: | other:",
                "/usr/bin/curl | /usr/bin/curly",
                "9f86 | 0f86",
                "/usr/bin/git] | '{path: /usr/bin/git, descendants: false}]'",
                "2030-01-01 | 2030-01-02",
                "60/min | 61/min",
                "bytes: 1MiB | bytes: 4MiB",
                "upload: 2MiB | upload: 4MiB",
                "download: 3MiB | download: 4MiB",
                "connections: 4 | connections: 5",
                "host: a.test | host: b.test",
                "path: /v1/** | path: /v1/*",
                "audit | enforce",
                "allow_encoded_slash: true | allow_encoded_slash: false",
                "method: GET | method: HEAD",
                "path: /v1/x | path: /v1/xx",
                "'q: \"a*\"' | 'q: \"b*\"'",
                "method: POST | method: PATCH",
                "path: /v1/z | path: /v1/zz",
                "*.w.test | *.v.test",
                "[80, 81] | [80]",
                "10.1.0.0/16 | 10.2.0.0/16",
                "10.9.0.0/16 | 10.8.0.0/16",
                "allow_control_plane: true | allow_control_plane: false",
                "'tls: skip' | 'tls: passthrough'",
                "access: read-only | access: read-write",
                "provider: p1 | provider: p2",
                "sigv4:body | sigv4:no_body",
                "signing_service: s3 | signing_service: s4",
                "eu-1 | eu-2",
                "verdict: ask | verdict: allow",
                "timeout: 30s | timeout: 31s",
                "Get* | Set*",
                "[viewer] | [viewers]",
                "operation_name: One | operation_name: Two",
                "[me] | [you]",
                "{abc: | {abd:",
                "graphql_max_body_bytes: 1000 | graphql_max_body_bytes: 1001",
                "WEBSOCKET_TEXT | GET",
                "websocket_credential_rewrite: true | websocket_credential_rewrite: false",
                "method: list | method: lists",
                "max_body_bytes: 2000 | max_body_bytes: 2001",
                "tool: search | tool: find",
                "kind: open | kind: opened",
                "max_body_bytes: 3000 | max_body_bytes: 3001",
                "allow_all_known_mcp_methods: false | allow_all_known_mcp_methods: true",
                "2025-06-18 | 2025-03-26",
                "1f86 | 2f86",
                "order: 1 | order: 2",
                "fail_open | fail_closed",
                "include: [m.test] | include: [r.test]",
                "exclude: [x.test] | exclude: [y.test]",
                "clawhold/redact | my/own",
                "credential: main | credential: other",
                "best: claude-x | best: claude-y",
                "model: qwen3 | model: qwen4",
                "5 USD/day | 6 USD/day",
                "5 USD/day | 5 USD/month",
                "then: stop | then: ask",
                "warn: [80] | warn: [90]",
                "scope: sandbox | scope: agent",
                "connect: 11s | connect: 12s",
                "first_byte: 12m | first_byte: 13m",
                "idle: 6m | idle: 7m",
                "total: 61m | total: 62m",
                "unknown_price: deny | unknown_price: allow",
                "env: false | env: true"
            })
    void whatMeansSomethingElseHasAnotherHash(String text, String other) {
        assertThat(POLICY).contains(text);
        assertThat(hash(POLICY.replace(text, other))).isNotEqualTo(hash(POLICY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "version: 1 | '# a comment moves every line\n\nversion: 1'",
                "note: a note | note: another",
                "'    note: a note\n' | '    name: A name\n'",
                "host: a.test | host: A.test",
                "path: /opt/a | path: /opt/a",
                "[80, 81] | [81, 80]",
                "[/opt/a, /opt/b] | [/opt/b, /opt/a]",
                "memory: 1GiB | memory: 1024MiB",
                "timeout: 30s | 'timeout: \"30s\"'",
                "2030-01-01T00:00:00Z | 2030-01-01T01:00:00+01:00"
            })
    void anotherSpellingHasTheSameHash(String text, String other) {
        assertThat(hash(POLICY.replace(text, other))).isEqualTo(hash(POLICY));
    }

    @Test
    void shortFormsAreExpandedAndDefaultsFilledIn() {
        var brief = "egress: {rules: [{host: a.test, port: 443, access: read-only}]}\n";
        var full =
                """
                version: 1
                on_invalid: keep
                network_policies:
                  allow_a_test_443:
                    verdict: allow
                    binaries: any
                    endpoints: [{host: a.test, ports: [443], protocol: rest, enforcement: enforce, access: read-only}]
                """;
        assertThat(hash(brief)).isEqualTo(hash(full)).matches(h -> h.hex().length() == 64);
    }

    private static PolicyHash hash(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (PolicyFile.parse("p.yaml", bytes, 1)) {
            case Parsed.Valid(var policy, _) -> PolicyHash.of(policy);
            case Parsed.Invalid(var problems) -> throw new AssertionError(problems + "\n" + text);
        };
    }
}
