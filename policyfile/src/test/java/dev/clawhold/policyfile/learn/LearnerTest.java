package dev.clawhold.policyfile.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {
    private static final String CURL = "/usr/bin/curl";
    private static final LearnOptions IDS =
            new LearnOptions(true, false, Optional.empty(), Instant.EPOCH);
    private static final LearnOptions PINNED =
            new LearnOptions(false, true, Optional.empty(), Instant.EPOCH);

    @Test
    void aDeniedConnectionBecomesARuleForItsProgramAndHost() {
        var learned =
                Sights.learn(
                        LearnOptions.PLAIN,
                        Sights.unlisted(CURL, "api.example", 443),
                        Sights.unlisted(CURL, "api.example", 80),
                        Sights.denied(CURL, "169.254.169.254", 80, "address_never"));

        assertThat(learned.text())
                .isEqualTo(
                        """
                        # Learned from an audit log: 2 records stand behind the rules.
                        # Read it before you use it: a program may have tried what you do not want.
                        version: 1
                        network_policies:
                          # 2 times, 2026-11-20T12:00:00Z: denied as host_not_listed
                          learned_curl_api_example:
                            endpoints:
                              - host: api.example
                                ports: [80, 443]
                            binaries:
                              - path: /usr/bin/curl
                                descendants: false
                        # Not learned:
                        # - /usr/bin/curl to 169.254.169.254:80
                        #   it was not for want of a rule; once, 2026-11-20T12:00:00Z: denied as \
                        address_never
                        """);
        assertThat(learned)
                .extracting(Learned::rules, Learned::learned, Learned::settled, Learned::refused)
                .containsExactly(1, 2L, 0L, 1L);
        Sights.policy(learned.text());
    }

    @Test
    void theFirstAndTheLastTimeAreTold() {
        var first = Sights.unlisted(CURL, "a.example", 443);
        var last =
                new Observation(
                        Sights.NOON.plusSeconds(90),
                        first.program(),
                        first.host(),
                        443,
                        Optional.empty(),
                        Observation.Outcome.ALLOWED,
                        "rule");

        assertThat(Sights.learn(LearnOptions.PLAIN, last, first).text())
                .contains(
                        "# 2 times, 2026-11-20T12:00:00Z to 2026-11-20T12:01:30Z: allowed, denied"
                                + " as host_not_listed\n");
    }

    @Test
    void anEmptyLogOpensNothing() {
        var learned = Sights.learn(LearnOptions.PLAIN);

        assertThat(learned.text()).contains("\nnetwork_policies: {}\n");
        assertThat(Sights.policy(learned.text()).egress().rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "denied_by_rule",
                "rule_expired",
                "address_never",
                "address_private",
                "secret_found",
                "host_malformed",
                "binary_changed",
                "binary_hash_mismatch",
                "binary_unknown",
                "sni_mismatch",
                "ask_denied",
                "limit_requests",
                "mcp_tool_not_listed",
                "feature_unavailable",
                "a_code_of_another_year"
            })
    void whatWasNotDeniedForWantOfARuleIsNotLearned(String reason) {
        var learned =
                Sights.learn(LearnOptions.PLAIN, Sights.denied(CURL, "a.example", 443, reason));

        assertThat(learned.rules()).isZero();
        assertThat(learned.text())
                .contains("# Not learned:\n# - /usr/bin/curl to a.example:443\n", reason);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,80,no rule reaches",
        "inference.local,443,`inference` opens",
        "0x7f.1,80,host is malformed",
        "a.example,6443,controls machines",
        "a.example,0,port is none",
        "a.example,65536,port is none"
    })
    void whatNoRuleCouldOpenIsNotLearned(String host, int port, String why) {
        var learned = Sights.learn(LearnOptions.PLAIN, Sights.unlisted(CURL, host, port));

        assertThat(learned.rules()).isZero();
        assertThat(learned.text()).contains(why);
    }

    @Nested
    class Programs {
        private final Observation seen = Sights.unlisted(CURL, "a.example", 443);

        @Test
        void anUnknownOneIsNeverTakenForAny() {
            var learned =
                    Sights.learn(
                            LearnOptions.PLAIN,
                            Sights.by(new Program.Unknown("it\nis gone", 7), seen));

            assertThat(learned.rules()).isZero();
            assertThat(learned.text())
                    .contains("# - unknown program (it\\u{a}is gone) to a.example:443\n");
        }

        @Test
        void oneWhoseFileChangedIsNotLearned() {
            assertThat(Sights.learn(LearnOptions.PLAIN, by(CURL, Sights.HASH, true)).rules())
                    .isZero();
            assertThat(Sights.learn(PINNED, by(CURL, Sights.HASH, true)).rules()).isZero();
        }

        @Test
        void onlyAPinnedOneIsHeldToItsContents() {
            var other = by(CURL, "d".repeat(64), false);

            assertThat(Sights.learn(PINNED, other, seen).text())
                    .contains("sha256:\n          - '" + Sights.HASH + "'\n          - 'dddd");
            assertThat(Sights.learn(LearnOptions.PLAIN, seen).text()).doesNotContain("sha256");
            assertThat(Sights.learn(PINNED, by(CURL, "", false)).rules()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "curl", "/a\uFFFDb", "/a\uD800"})
        void onesThatCannotBeNamedAreNotLearned(String path) {
            var learned = Sights.learn(LearnOptions.PLAIN, by(path, Sights.HASH, false));

            assertThat(learned.rules()).isZero();
            assertThat(learned.text()).contains("path cannot be written");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/a b/'c'",
                    "/a/*/b?",
                    "/x[1]{a,b}",
                    "/back\\slash",
                    "/${HOME}/x",
                    "/t\u00e4st\n: # \u202e",
                    "/\ud83d\ude00",
                    "/null",
                    "/-",
                    "/a: b"
                })
        void anyPathIsNamedExactly(String path) {
            var policy =
                    Sights.policy(
                            Sights.learn(LearnOptions.PLAIN, by(path, Sights.HASH, false)).text());

            assertThat(Sights.allows(policy, by(path, Sights.HASH, false))).isTrue();
            assertThat(Sights.allows(policy, by(path + "x", Sights.HASH, false))).isFalse();
            assertThat(Sights.allows(policy, by("/axb", Sights.HASH, false))).isFalse();
        }

        private Observation by(String path, String hash, boolean changed) {
            return Sights.by(
                    new Program.Known(new Executable(path, hash, changed), List.of(), 7), seen);
        }
    }

    @Nested
    class Requests {
        @Test
        void theyBecomeClausesOfAnInspectedEndpoint() {
            var text =
                    Sights.learn(
                                    LearnOptions.PLAIN,
                                    Sights.unlisted(CURL, "a.example", 443),
                                    Sights.request(CURL, "a.example", "post", "/v1//./x*"),
                                    Sights.request(CURL, "a.example", "GET", "/v1/a%20b"))
                            .text();

            assertThat(text)
                    .contains(
                            """
                                    protocol: rest
                                    rules:
                                      - allow:
                                          method: GET
                                          path: '/v1/a%20b'
                                      - allow:
                                          method: POST
                                          path: '/v1/x\\*'
                            """)
                    .contains("# A log holds no queries: ");
            Sights.policy(text);
        }

        @Test
        void getTakesHeadIn() {
            var text =
                    Sights.learn(
                                    LearnOptions.PLAIN,
                                    Sights.request(CURL, "a.example", "HEAD", "/x"),
                                    Sights.request(CURL, "a.example", "GET", "/x"),
                                    Sights.request(CURL, "a.example", "HEAD", "/y"))
                            .text();

            assertThat(text).containsOnlyOnce("GET").containsOnlyOnce("HEAD");
        }

        @ParameterizedTest
        @CsvSource({"*,/x", "GETT,/x", "WEBSOCKET_TEXT,/x", "G T,/x", "GET,x", "GET,/a%2Fb"})
        void thoseThatNoClauseCouldNameAloneAreNotLearned(String method, String path) {
            var learned =
                    Sights.learn(
                            LearnOptions.PLAIN, Sights.request(CURL, "a.example", method, path));

            assertThat(learned.rules()).isZero();
            assertThat(learned.refused()).isOne();
        }

        @Test
        void anInspectedConnectionWithoutOneIsNotOpened() {
            var connection =
                    Sights.with(
                            Sights.unlisted(CURL, "a.example", 443),
                            Observation.Outcome.INSPECTED,
                            "rule");
            var request = Sights.request(CURL, "a.example", "GET", "/x");

            assertThat(Sights.learn(LearnOptions.PLAIN, connection).text())
                    .contains("network_policies: {}", "no request was seen");
            assertThat(Sights.learn(LearnOptions.PLAIN, connection, request))
                    .extracting(Learned::learned, Learned::settled, Learned::refused)
                    .containsExactly(1L, 1L, 0L);
        }
    }

    @Nested
    class PlacesOfIds {
        @Test
        void areWildcardsWhereTwoWereSeen() {
            assertThat(paths("/u/17/posts/9", "/u/18/posts/9", "/u/me/posts/9"))
                    .containsExactly("/u/*/posts/9", "/u/me/posts/9");
        }

        @Test
        void stayWhereOneWasSeen() {
            assertThat(paths("/u/17", "/v/18", "/w/abc1234/x"))
                    .containsExactly("/u/17", "/v/18", "/w/abc1234/x");
        }

        @Test
        void atTheEndHoldSomething() {
            assertThat(paths("/u/17", "/u/18")).containsExactly("/u/?*");
        }

        @Test
        void areNotSharedByMethods() {
            var text =
                    Sights.learn(
                                    IDS,
                                    Sights.request(CURL, "a.example", "GET", "/u/17"),
                                    Sights.request(CURL, "a.example", "POST", "/u/18"))
                            .text();

            assertThat(text).contains("'/u/17'", "'/u/18'").doesNotContain("?*");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0",
                    "1234567890123",
                    "123e4567-e89b-12d3-a456-426614174000",
                    "deadbe1",
                    "dGhpcyBpcyBhIHRva2VuMQ-_"
                })
        void holdNumbersUuidsHashesAndTokens(String id) {
            assertThat(paths("/u/" + id, "/u/7")).containsExactly("/u/?*");
        }

        @ParameterizedTest
        @ValueSource(strings = {"v1", "abc123", "deadbeef", "my-very-long-repository-name-2", ""})
        void doNotHoldNames(String name) {
            assertThat(paths("/u/" + name, "/u/7")).hasSize(2);
        }

        private static List<String> paths(String... paths) {
            var learner = new Learner(IDS);
            for (var path : paths) {
                learner.add(Sights.request(CURL, "a.example", "GET", path));
            }
            return learner.learned()
                    .text()
                    .lines()
                    .filter(line -> line.contains("path: '"))
                    .map(line -> line.substring(line.indexOf('\'') + 1, line.length() - 1))
                    .toList();
        }
    }

    @Nested
    class WithABase {
        private static final String BASE =
                """
                version: 1
                network_policies:
                  api:
                    endpoints:
                      - host: api.example
                        port: 443
                        protocol: rest
                        rules:
                          - allow: {method: GET, path: /v1/**}
                        deny_rules:
                          - {method: '*', path: /v1/secret}
                    binaries: [/usr/bin/curl]
                  open:
                    endpoints: [{host: open.example, port: 443}]
                    binaries: [/usr/bin/curl]
                  closed:
                    verdict: deny
                    endpoints: [{host: closed.example, port: 443}]
                    binaries: any
                  asked:
                    verdict: ask
                    endpoints: [{host: asked.example, port: 443}]
                    binaries: any
                  calls:
                    endpoints:
                      - {host: rpc.example, port: 443, protocol: json-rpc,
                         rules: [{allow: {method: ping}}]}
                    binaries: any
                """;
        private final LearnOptions beside = Sights.beside(Sights.policy(BASE));

        @Test
        void onlyWhatItDeniesIsLearned() {
            var learned =
                    Sights.learn(
                            beside,
                            Sights.unlisted(CURL, "open.example", 443),
                            Sights.unlisted(CURL, "open.example", 80),
                            Sights.unlisted(CURL, "api.example", 443),
                            Sights.request(CURL, "api.example", "GET", "/v1/x"));

            assertThat(learned)
                    .extracting(Learned::rules, Learned::learned, Learned::settled)
                    .containsExactly(1, 1L, 3L);
            assertThat(learned.text()).contains("port: 80\n", "# 3 records needed no rule.\n");
        }

        @Test
        void whatItGrantsToDescendantsIsNotLearned() {
            var child =
                    new Program.Known(
                            new Executable("/bin/child", Sights.HASH, false),
                            List.of(new Executable(CURL, Sights.HASH, false)),
                            7);
            var seen = Sights.by(child, Sights.unlisted(CURL, "open.example", 443));

            assertThat(Sights.learn(beside, seen).settled()).isOne();
        }

        @Test
        void whatWasAllowedIsNotLearned() {
            var seen =
                    Sights.with(
                            Sights.unlisted(CURL, "new.example", 443),
                            Observation.Outcome.ALLOWED,
                            "rule");

            assertThat(Sights.learn(beside, seen).settled()).isOne();
        }

        @Test
        void whatItDecidesOtherwiseIsNotLearned() {
            var learned =
                    Sights.learn(
                            beside,
                            Sights.unlisted(CURL, "closed.example", 443),
                            Sights.unlisted(CURL, "asked.example", 443),
                            Sights.request(CURL, "api.example", "GET", "/v1/secret"),
                            Sights.request(CURL, "rpc.example", "POST", "/"),
                            Sights.request(CURL, "rpc.example", "PUT", "/"));

            assertThat(learned.refused()).isEqualTo(5);
            assertThat(learned.text())
                    .contains(
                            "the base denies it as denied_by_rule",
                            "the base asks the operator",
                            "by another protocol than rest");
        }

        @Test
        void aRequestBesideItsEndpointsGetsOneForItsPathAlone() {
            var seen = Sights.request(CURL, "api.example", "POST", "/v1/x");
            var text = Sights.learn(beside, seen).text();

            assertThat(text).contains("        path: '/v1/x'\n        rules:\n");
            var both = Sights.policy(BASE + text.substring(text.indexOf("  learned")));
            assertThat(Sights.allows(both, seen)).isTrue();
            assertThat(Sights.allows(both, Sights.request(CURL, "api.example", "POST", "/v1/y")))
                    .isFalse();
            assertThat(Sights.allows(both, Sights.request(CURL, "api.example", "GET", "/v1/x")))
                    .isTrue();
        }

        @Test
        void whatGoesByItsRoutesIsNotLearned() {
            var routed = Sights.policy("version: 1\ninference: {}\n");
            var learned =
                    Sights.learn(
                            Sights.beside(routed), Sights.unlisted(CURL, "api.openai.com", 443));

            assertThat(learned.text()).contains("routes models by `inference.local`");
        }
    }
}
