package dev.clawhold.policy.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Approvals;
import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.content.OperationType;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.limit.Period;
import dev.clawhold.policy.limit.Rate;
import dev.clawhold.policy.limit.Room;
import dev.clawhold.policy.limit.RuleLimits;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.Programs;
import dev.clawhold.policy.request.RequestExplanation.Fit;
import dev.clawhold.policy.request.RequestHead.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the corpus of requests does not show: the verdict's grounds, and what goes with it.
class RequestJudgeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final EgressRequest CONNECTION =
            new EgressRequest(new Host.Name("api.test"), 443, new Program.Unknown("a test", 1));
    private static final String TOKEN = "ghp_" + "a1B2".repeat(9);

    @Nested
    class Grounds {
        @Test
        void anAllowanceNamesItsClauseAndWhatIsForwarded() {
            var allowed = allowed(judge(rest(allow("GET", "/a/*", 7))), head("get", "/a/./b?q=1"));
            assertThat(allowed.basis()).isEqualTo(new Basis(new RuleId("r"), 3, 7));
            assertThat(allowed.basis().line()).isEqualTo(7);
            assertThat(allowed.method()).isEqualTo("GET");
            assertThat(allowed.target().text()).isEqualTo("/a/b?q=1");
            assertThat(allowed.grant().code()).isEqualTo("rule");
        }

        @Test
        void aDenialForWantOfAClauseNamesTheEndpoint() {
            var denied = denied(judge(rest(allow("GET", "/a", 7))), head("GET", "/b"));
            assertThat(denied.code()).isEqualTo(ReasonCode.REQUEST_NOT_LISTED);
            assertThat(denied.basis()).contains(new Basis(new RuleId("r"), 3, 0));
            assertThat(denied.basis().orElseThrow().line()).isEqualTo(3);
        }

        @Test
        void anAuditedRequestKeepsTheCodeItReplaces() {
            var endpoint = inspection(restOf(allow("GET", "/a", 7)), true, CredentialUse.NONE);
            var allowed = allowed(judge(part("r", 3, endpoint)), head("PUT", "/a"));
            assertThat(allowed.grant().replaced()).contains(ReasonCode.REQUEST_NOT_LISTED);
            assertThat(allowed.grant().code()).isEqualTo("audit");
        }

        @Test
        void anAuditedQuestionIsNotAsked() {
            var asking =
                    new Protocol.Rest(
                            new Clauses<>(List.of(), List.of(allow("GET", "/a", 9)), List.of()));
            var endpoint = inspection(asking, true, CredentialUse.NONE);
            var allowed = allowed(judge(part("r", 3, endpoint)), head("GET", "/a"));
            assertThat(allowed.grant().replaced()).contains(ReasonCode.ASK_RULE);
            assertThat(allowed.basis().clauseLine()).isEqualTo(9);
        }
    }

    @Nested
    class Explained {
        @Test
        void everyEndpointSaysWhatItTookPartIn() {
            var parts =
                    List.of(
                            part("other", 1, path("/x/**", restOf(allow("GET", "/x/y", 2)))),
                            part(
                                    "denies",
                                    3,
                                    Inspection.of(
                                            new Protocol.Rest(
                                                    new Clauses<>(
                                                            List.of(),
                                                            List.of(),
                                                            List.of(allow("POST", "/a", 4)))))),
                            part(
                                    "asks",
                                    5,
                                    Inspection.of(
                                            new Protocol.Rest(
                                                    new Clauses<>(
                                                            List.of(),
                                                            List.of(allow("POST", "/a", 6)),
                                                            List.of())))),
                            part("allows", 7, Inspection.of(restOf(allow("POST", "/a", 8)))),
                            part("nothing", 9, Inspection.of(restOf(allow("GET", "/a", 10)))),
                            part("socket", 11, Inspection.of(socket())));
            var explained = judge(parts).explain(head("POST", "/a"), new Body.Absent());
            assertThat(explained.candidates())
                    .extracting(c -> c.rule().key() + " " + c.fit() + " " + c.line())
                    .containsExactly(
                            "other OTHER_PATH 1",
                            "denies DENIES 4",
                            "asks ASKS 6",
                            "allows ALLOWS 8",
                            "nothing NO_CLAUSE 9",
                            "socket OTHER_PROTOCOL 11");
            assertThat(explained.verdict()).isInstanceOf(RequestVerdict.Deny.class);
        }

        @Test
        void aBodyThatCannotBeReadIsSaidToBe() {
            var judge = judge(part("r", 3, Inspection.of(rpc())));
            var explained = judge.explain(json("POST", "/"), body("{"));
            assertThat(explained.candidates())
                    .singleElement()
                    .matches(c -> c.fit() == Fit.UNREADABLE);
            assertThat(explained.candidates().getFirst().protocol()).isEqualTo("json-rpc");
        }

        @Test
        void aMalformedHeadHasNoCandidates() {
            var judge = judge(rest(allow("GET", "/a", 7)));
            assertThat(judge.explain(head("GET", "/%zz"), new Body.Absent()).candidates())
                    .isEmpty();
            assertThat(judge.nearest(head("GET", "/%zz"))).isEmpty();
        }

        @Test
        void whatIsNearIsTold() {
            var judge =
                    judge(
                            part(
                                    "r",
                                    3,
                                    Inspection.of(
                                            restOf(
                                                    allow("GET", "/a", 7),
                                                    allow("PUT", "/a", 8),
                                                    new HttpClause(
                                                            Optional.empty(),
                                                            path("/b"),
                                                            Map.of(),
                                                            9)))));
            assertThat(judge.nearest(head("POST", "/a")))
                    .isEqualTo("on this path the policy allows `GET`, `PUT`");
            assertThat(judge.nearest(head("POST", "/b")))
                    .isEqualTo("on this path the policy allows `*`");
            assertThat(judge.nearest(head("POST", "/c")))
                    .isEqualTo("the policy allows the paths `/a`, `/b`");
            assertThat(judge(part("s", 1, Inspection.of(socket()))).nearest(head("GET", "/c")))
                    .isEqualTo("the policy allows the paths `/ws`");
            assertThat(judge(part("g", 1, Inspection.of(rpc()))).nearest(head("GET", "/c")))
                    .isEmpty();
        }

        @Test
        void aLongListOfPathsIsCut() {
            var clauses =
                    List.of("/1", "/2", "/3", "/4", "/5").stream()
                            .map(p -> allow("GET", p, 1))
                            .toArray(HttpClause[]::new);
            assertThat(judge(rest(clauses)).nearest(head("GET", "/c"))).endsWith("`/4`, …");
        }
    }

    @Nested
    class Duties {
        @Test
        void whatDisagreesOnItsCredentialIsAConflict() {
            var one = part("one", 1, with("a"));
            var two = part("two", 2, with("b"));
            assertThat(denied(judge(one, two), head("GET", "/a")).code())
                    .isEqualTo(ReasonCode.POLICY_CONFLICT);
            var duties = allowed(judge(one), head("GET", "/a")).duties();
            assertThat(duties.credential().provider()).contains("a");
            assertThat(duties.metered()).isFalse();
        }

        @Test
        void twoProtocolsThatClaimOneRequestAreAConflict() {
            var judge =
                    judge(
                            part("one", 1, Inspection.of(rpc())),
                            part("two", 2, Inspection.of(socket())));
            assertThat(denied(judge, head("GET", "/a")).code())
                    .isEqualTo(ReasonCode.POLICY_CONFLICT);
        }

        @Test
        void whatCannotSeeTheTrafficKeepsItClosed() {
            var blind = middleware(new Egress.Middleware.Action.Unknown("x"), false);
            var open = middleware(new Egress.Middleware.Action.Unknown("x"), true);
            var redacts = middleware(new Egress.Middleware.Action.Redact(), false);
            assertThat(denied(guarded(blind), head("GET", "/a")).code())
                    .isEqualTo(ReasonCode.MIDDLEWARE_UNAVAILABLE);
            assertThat(allowed(guarded(open), head("GET", "/a")).duties().middlewares())
                    .containsExactly(open);
            assertThat(allowed(guarded(redacts), head("GET", "/a")).duties().middlewares())
                    .containsExactly(redacts);
        }

        @Test
        void aRuleThatIsUsedUpDoesNotAllowButAnotherMay() {
            var limited =
                    part("limited", 1, Inspection.of(restOf(allow("GET", "/a", 2))), limited());
            var free = part("free", 3, Inspection.of(restOf(allow("GET", "/a", 4))));
            for (var left : Room.Left.values()) {
                var circumstances = new Circumstances(NOW, Approvals.NONE, (_, _, _) -> left);
                var alone = judged(judge(circumstances, limited), head("GET", "/a"));
                var code =
                        switch (left) {
                            case ROOM -> Optional.<ReasonCode>empty();
                            case NO_REQUESTS -> Optional.of(ReasonCode.LIMIT_REQUESTS);
                            case NO_BYTES -> Optional.of(ReasonCode.LIMIT_BYTES);
                            case NO_CONNECTIONS -> Optional.of(ReasonCode.LIMIT_CONNECTIONS);
                        };
                assertThat(
                                alone instanceof RequestVerdict.Deny(var why, _, _)
                                        ? Optional.of(why)
                                        : Optional.empty())
                        .isEqualTo(code);
                assertThat(
                                allowed(judge(circumstances, limited, free), head("GET", "/a"))
                                        .basis()
                                        .rule()
                                        .key())
                        .isEqualTo(code.isEmpty() ? "limited" : "free");
            }
        }

        @Test
        void anAuditedRequestCountsToo() {
            var endpoint = inspection(restOf(allow("GET", "/a", 7)), true, CredentialUse.NONE);
            var used = new Circumstances(NOW, Approvals.NONE, (_, _, _) -> Room.Left.NO_REQUESTS);
            var judge = judge(used, part("r", 3, endpoint, limited()));
            assertThat(denied(judge, head("PUT", "/a")).code())
                    .isEqualTo(ReasonCode.LIMIT_REQUESTS);
        }
    }

    @Nested
    class Secrets {
        @Test
        void aSecretIsDeniedAskedAboutOrPassed() {
            var head = head("GET", "/a?k=" + TOKEN);
            var denied = denied(judge(secrets(Conditions.Secrets.DENY)), head);
            assertThat(denied.code()).isEqualTo(ReasonCode.SECRET_FOUND);
            assertThat(denied.detector()).isPresent();
            assertThat(judged(judge(secrets(Conditions.Secrets.ASK)), head))
                    .isInstanceOfSatisfying(
                            RequestVerdict.Ask.class,
                            ask -> {
                                assertThat(ask.code()).isEqualTo(ReasonCode.SECRET_FOUND);
                                assertThat(ask.detector()).isPresent();
                            });
            allowed(judge(secrets(Conditions.Secrets.OFF)), head);
            allowed(judge(secrets(Conditions.Secrets.ASK)), head("GET", "/a"));
        }

        @Test
        void theStrictestRuleThatGovernsHolds() {
            var judge = judge(secrets(Conditions.Secrets.OFF), secrets(Conditions.Secrets.DENY));
            assertThat(denied(judge, head("GET", "/a?k=" + TOKEN)).code())
                    .isEqualTo(ReasonCode.SECRET_FOUND);
        }

        @Test
        void headersAndBodiesAreLookedAt() {
            var judge = judge(secrets(Conditions.Secrets.DENY));
            var inHeader = head("GET", "/a", new Header("X-Note", TOKEN));
            assertThat(denied(judge, inHeader).code()).isEqualTo(ReasonCode.SECRET_FOUND);
            assertThat(judge.judge(head("GET", "/a"), body("k=" + TOKEN)))
                    .isInstanceOf(RequestVerdict.Deny.class);
            assertThat(judge.judge(head("GET", "/a"), new Body.Unread()))
                    .isInstanceOf(RequestVerdict.Allow.class);
        }
    }

    @Nested
    class Bodies {
        @Test
        void aBodyThatDecidesHasToBeRead() {
            var judge = judge(part("r", 3, Inspection.of(rpc())));
            assertThat(judge.judge(json("POST", "/"), new Body.Unread()))
                    .isEqualTo(new RequestVerdict.NeedBody(100));
            assertThat(judge.judge(json("POST", "/"), new Body.TooLarge()))
                    .matches(v -> code(v) == ReasonCode.BODY_TOO_LARGE);
            assertThat(judge.judge(json("POST", "/"), body(" ".repeat(101))))
                    .matches(v -> code(v) == ReasonCode.BODY_TOO_LARGE);
            assertThat(judge.judge(head("POST", "/"), body("{}")))
                    .matches(v -> code(v) == ReasonCode.BODY_ENCODING);
            var twice = json("POST", "/", new Header("Content-Type", "application/json"));
            assertThat(judge.judge(twice, body("{}")))
                    .matches(v -> code(v) == ReasonCode.BODY_ENCODING);
        }

        @Test
        void aTextCallsOnlyWhatItsClausesTake() {
            var judge = judge(part("r", 3, Inspection.of(rpc())));
            var listed = "{\"jsonrpc\":\"2.0\",\"method\":\"list\"}";
            assertThat(judge.judge(json("POST", "/"), body(listed)))
                    .isInstanceOf(RequestVerdict.Allow.class);
            assertThat(judge.judge(json("POST", "/"), body(listed.replace("list", "drop"))))
                    .matches(v -> code(v) == ReasonCode.RPC_NOT_LISTED);
            var overridden = json("POST", "/", new Header("X-HTTP-Method", "GET"));
            assertThat(judge.judge(overridden, body(listed)))
                    .matches(v -> code(v) == ReasonCode.REQUEST_NOT_LISTED);
        }

        @Test
        void aToolIsCalledByNameAndArguments() {
            var tools =
                    new McpClause(
                            Optional.of(value("tools/call")),
                            Optional.of(new ValueMatcher(List.of(value("get_*")))),
                            Map.of("n", new ValueMatcher(List.of(value("1"), value("true")))),
                            5);
            var judge =
                    judge(
                            part(
                                    "m",
                                    3,
                                    Inspection.of(
                                            new Protocol.Mcp(
                                                    Clauses.allowing(List.of(tools)),
                                                    McpSettings.DEFAULT))));
            assertThat(codeOf(judge, "\"name\":\"get_x\",\"arguments\":{\"n\":1}")).isEmpty();
            assertThat(codeOf(judge, "\"name\":\"get_x\",\"arguments\":{\"n\":true}")).isEmpty();
            for (var bad : List.of("{\"n\":2}", "{\"n\":null}", "{\"n\":[1]}", "{}")) {
                assertThat(codeOf(judge, "\"name\":\"get_x\",\"arguments\":" + bad))
                        .contains(ReasonCode.MCP_TOOL_NOT_LISTED);
            }
            assertThat(codeOf(judge, "\"name\":\"get x\"")).contains(ReasonCode.MCP_TOOL_NAME);
            assertThat(codeOf(judge, "\"name\":\"\"")).contains(ReasonCode.MCP_TOOL_NAME);
            assertThat(codeOf(judge, "\"name\":\"" + "a".repeat(129) + "\""))
                    .contains(ReasonCode.MCP_TOOL_NAME);
            assertThat(codeOf(judge, "\"nam\":\"get_x\"")).contains(ReasonCode.BODY_MALFORMED);
        }

        private static Optional<ReasonCode> codeOf(RequestJudge judge, String params) {
            var call =
                    "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{" + params + "}}";
            var verdict = judge.judge(json("POST", "/"), body(call));
            return verdict instanceof RequestVerdict.Allow
                    ? Optional.empty()
                    : Optional.of(code(verdict));
        }

        @Test
        void anOperationIsAllowedByTypeNameAndFields() {
            var clause =
                    new GraphQlClause(
                            Optional.of(OperationType.QUERY),
                            Optional.of(value("Get*")),
                            List.of(value("me")),
                            5);
            var settings = new GraphQlSettings(1000, Map.of());
            var judge =
                    judge(
                            part(
                                    "g",
                                    3,
                                    Inspection.of(
                                            new Protocol.GraphQl(
                                                    Clauses.allowing(List.of(clause)), settings))));
            var good = "{\"query\":\"query GetMe{me{id}}\"}";
            assertThat(judge.judge(json("POST", "/"), body(good)))
                    .isInstanceOf(RequestVerdict.Allow.class);
            for (var bad :
                    List.of(
                            "query{me}",
                            "query SetMe{me}",
                            "query GetMe{me you}",
                            "mutation GetMe{me}")) {
                assertThat(judge.judge(json("POST", "/"), body("{\"query\":\"" + bad + "\"}")))
                        .matches(v -> code(v) == ReasonCode.GRAPHQL_NOT_LISTED);
            }
            assertThat(judge.judge(head("GET", "/"), body("x")))
                    .matches(v -> code(v) == ReasonCode.BODY_MALFORMED);
            assertThat(judge.judge(json("POST", "/?q=%z"), body(good)))
                    .matches(v -> code(v) == ReasonCode.REQUEST_MALFORMED);
        }
    }

    @Nested
    class Messages {
        private final RequestJudge judge = judge(part("s", 3, Inspection.of(socket())));
        private final AllowedRequest upgrade = allowed(judge, upgrade());

        @Test
        void aMessageIsJudgedOnTheUpgradesPath() {
            assertThat(judge.judge(upgrade, new Message.Text("hello")))
                    .isInstanceOf(RequestVerdict.Allow.class);
            assertThat(judge.judge(upgrade, new Message.Binary(new byte[] {1})))
                    .isInstanceOf(RequestVerdict.Allow.class);
            assertThat(judge.judge(upgrade, new Message.Text(TOKEN)))
                    .matches(v -> code(v) == ReasonCode.SECRET_FOUND);
        }

        @Test
        void aMessageOnWhatIsNoSocketAnyMoreIsRefused() {
            var changed = judge(rest(allow("GET", "/ws", 1)));
            assertThat(changed.judge(upgrade, new Message.Text("hello")))
                    .matches(v -> code(v) == ReasonCode.WS_NOT_LISTED);
        }

        @Test
        void whatIsRewrittenIsText() {
            var rewriting = new CredentialUse(Optional.of("a"), false, true, Optional.empty());
            var rewrites = judge(part("s", 3, inspection(socket(), false, rewriting)));
            assertThat(rewrites.judge(upgrade, new Message.Binary(new byte[] {1})))
                    .matches(v -> code(v) == ReasonCode.WS_NOT_LISTED);
            assertThat(rewrites.judge(upgrade, new Message.Text("x")))
                    .isInstanceOf(RequestVerdict.Allow.class);
        }

        @Test
        void aMessageThatIsLongerThanOperationsMayBeIsRefused() {
            var operations =
                    new Protocol.WebSocket(
                            Clauses.allowing(List.of(allow("GET", "/ws", 1))),
                            Clauses.allowing(
                                    List.of(
                                            new GraphQlClause(
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    List.of(),
                                                    2))),
                            new GraphQlSettings(40, Map.of()));
            var short40 = judge(part("s", 3, Inspection.of(operations)));
            assertThat(short40.judge(upgrade, new Message.Text("{\"type\":\"ping\"}")))
                    .isInstanceOf(RequestVerdict.Allow.class);
            assertThat(
                            short40.judge(
                                    upgrade,
                                    new Message.Text("{\"type\":\"ping\"}" + " ".repeat(40))))
                    .matches(v -> code(v) == ReasonCode.BODY_TOO_LARGE);
        }

        @Test
        void aHandshakeIsWholeOrRefused() {
            for (var name : List.of("Connection", "Sec-WebSocket-Version", "Sec-WebSocket-Key")) {
                var without =
                        upgrade().headers().stream().filter(h -> !h.name().equals(name)).toList();
                assertThat(denied(judge, new RequestHead(true, "GET", "/ws", without)).code())
                        .as(name)
                        .isEqualTo(ReasonCode.WS_PROTOCOL);
            }
            var key = new ArrayList<>(upgrade().headers());
            key.removeLast();
            key.add(new Header("Sec-WebSocket-Key", "????????????????????????"));
            assertThat(denied(judge, new RequestHead(true, "GET", "/ws", key)).code())
                    .isEqualTo(ReasonCode.WS_PROTOCOL);
        }

        private static RequestHead upgrade() {
            return head(
                    "GET",
                    "/ws",
                    new Header("Upgrade", "WebSocket"),
                    new Header("Connection", "Upgrade"),
                    new Header("Sec-WebSocket-Version", "13"),
                    new Header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));
        }
    }

    @Test
    void aRequestNeedsOneHost() {
        var judge = judge(rest(allow("GET", "/a", 7)));
        var none = new RequestHead(true, "GET", "/a", List.of());
        var two = head("GET", "/a", new Header("host", "api.test"));
        assertThat(denied(judge, none).code()).isEqualTo(ReasonCode.REQUEST_MALFORMED);
        assertThat(denied(judge, two).code()).isEqualTo(ReasonCode.REQUEST_MALFORMED);
        assertThat(denied(judge, head("GET", "http://")).code())
                .isEqualTo(ReasonCode.REQUEST_MALFORMED);
    }

    private static Inspection with(String provider) {
        return inspection(
                restOf(allow("GET", "/a", 1)),
                false,
                new CredentialUse(Optional.of(provider), false, false, Optional.empty()));
    }

    private static RequestJudge guarded(Egress.Middleware middleware) {
        var rules =
                new HttpRules(
                        CONNECTION,
                        List.of(rest(allow("GET", "/a", 7))),
                        List.of(middleware),
                        false);
        return new RequestJudge(rules, Circumstances.at(NOW));
    }

    private static Egress.Middleware middleware(
            Egress.Middleware.Action action, boolean passWithout) {
        var glob = Glob.literally(Glob.Kind.HOST, "api.test");
        return new Egress.Middleware("m", 0, List.of(glob), List.of(), action, passWithout);
    }

    private static HttpRules.Part secrets(Conditions.Secrets mode) {
        return part(
                "r",
                3,
                Inspection.of(restOf(allow("GET", "/a", 1))),
                new Conditions(
                        Optional.empty(), RuleLimits.NONE, Conditions.DEFAULT_ASK_TIMEOUT, mode));
    }

    private static Conditions limited() {
        var limits =
                new RuleLimits(
                        Optional.of(new Rate(1, Period.DAY)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty());
        return new Conditions(
                Optional.empty(), limits, Conditions.DEFAULT_ASK_TIMEOUT, Conditions.Secrets.DENY);
    }

    private static Protocol rpc() {
        return new Protocol.JsonRpc(
                Clauses.allowing(List.of(new RpcClause(Optional.of("list"), 4))), 100);
    }

    private static Protocol socket() {
        return new Protocol.WebSocket(
                Clauses.allowing(
                        List.of(
                                allow("GET", "/ws", 1),
                                allow(HttpClause.WEBSOCKET_TEXT, "/ws", 2))),
                Clauses.none(),
                GraphQlSettings.DEFAULT);
    }

    private static HttpRules.Part rest(HttpClause... allow) {
        return part("r", 3, Inspection.of(restOf(allow)));
    }

    private static Protocol restOf(HttpClause... allow) {
        return new Protocol.Rest(Clauses.allowing(List.of(allow)));
    }

    private static Inspection path(String path, Protocol protocol) {
        return new Inspection(
                Optional.of(path(path)), false, false, protocol, CredentialUse.NONE, false);
    }

    private static Inspection inspection(
            Protocol protocol, boolean audit, CredentialUse credential) {
        return new Inspection(Optional.empty(), audit, false, protocol, credential, false);
    }

    private static HttpClause allow(String method, String path, int line) {
        return new HttpClause(Optional.of(method), path(path), Map.of(), line);
    }

    private static Glob path(String text) {
        return glob(Glob.Kind.PATH, text);
    }

    private static Glob value(String text) {
        return glob(Glob.Kind.VALUE, text);
    }

    private static Glob glob(Glob.Kind kind, String text) {
        return switch (Glob.read(kind, text)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new AssertionError(message);
        };
    }

    private static HttpRules.Part part(String key, int line, Inspection inspection) {
        return part(key, line, inspection, Conditions.NONE);
    }

    private static HttpRules.Part part(
            String key, int line, Inspection inspection, Conditions conditions) {
        var target =
                Endpoint.Target.of(
                        new HostPattern.Exact(new Host.Name("api.test")), Ports.of(List.of(443)));
        var rule =
                new Rule(
                        new RuleId(key),
                        Rule.Effect.ALLOW,
                        List.of(new Endpoint.Inspected(target, inspection)),
                        Programs.any(),
                        conditions,
                        "",
                        line);
        return new HttpRules.Part(rule, inspection, line);
    }

    private static RequestJudge judge(HttpRules.Part... parts) {
        return judge(Circumstances.at(NOW), parts);
    }

    private static RequestJudge judge(List<HttpRules.Part> parts) {
        return judge(parts.toArray(HttpRules.Part[]::new));
    }

    private static RequestJudge judge(Circumstances circumstances, HttpRules.Part... parts) {
        return new RequestJudge(
                new HttpRules(CONNECTION, List.of(parts), List.of(), false), circumstances);
    }

    private static RequestVerdict judged(RequestJudge judge, RequestHead head) {
        return judge.judge(head, new Body.Absent());
    }

    private static AllowedRequest allowed(RequestJudge judge, RequestHead head) {
        return switch (judged(judge, head)) {
            case RequestVerdict.Allow(var allowed) -> allowed;
            case RequestVerdict.Ask _, RequestVerdict.Deny _, RequestVerdict.NeedBody _ ->
                    throw new AssertionError(judged(judge, head));
        };
    }

    private static RequestVerdict.Deny denied(RequestJudge judge, RequestHead head) {
        return switch (judged(judge, head)) {
            case RequestVerdict.Deny deny -> deny;
            case RequestVerdict.Ask _, RequestVerdict.Allow _, RequestVerdict.NeedBody _ ->
                    throw new AssertionError(judged(judge, head));
        };
    }

    private static ReasonCode code(RequestVerdict verdict) {
        return switch (verdict) {
            case RequestVerdict.Deny(var code, _, _) -> code;
            case RequestVerdict.Ask _, RequestVerdict.Allow _, RequestVerdict.NeedBody _ ->
                    throw new AssertionError(verdict);
        };
    }

    private static Body body(String text) {
        return new Body.Whole(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestHead json(String method, String target, Header... more) {
        var all = new ArrayList<>(List.of(more));
        all.add(new Header("Content-Type", "application/json"));
        return head(method, target, all.toArray(Header[]::new));
    }

    private static RequestHead head(String method, String target, Header... more) {
        var all = new ArrayList<Header>();
        all.add(new Header("Host", "api.test"));
        all.addAll(List.of(more));
        return new RequestHead(true, method, target, all);
    }
}
