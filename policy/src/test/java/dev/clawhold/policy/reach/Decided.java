package dev.clawhold.policy.reach;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.reach.Probe.Content;
import dev.clawhold.policy.reach.Probe.Transport;
import dev.clawhold.policy.request.AllowedRequest;
import dev.clawhold.policy.request.Body;
import dev.clawhold.policy.request.Message;
import dev.clawhold.policy.request.RequestHead;
import dev.clawhold.policy.request.RequestHead.Header;
import dev.clawhold.policy.request.RequestJudge;
import dev.clawhold.policy.request.RequestVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks the decision point about a probe, written out as the bytes of a request.
record Decided(HttpRules rules) {
    private static final Circumstances NOW =
            Circumstances.at(Instant.parse("2026-06-01T12:00:00Z"));

    /// `ALLOW`, `ASK` or `NOT_LISTED`.
    String told(Probe probe) {
        var judge = new RequestJudge(rules, NOW);
        return told(
                probe.transport() == Transport.TEXT
                        ? judge.judge(opened(probe), new Message.Text(message(probe.content())))
                        : judge.judge(head(probe), body(probe)));
    }

    private static String told(RequestVerdict verdict) {
        return switch (verdict) {
            case RequestVerdict.Allow _ -> "ALLOW";
            case RequestVerdict.Ask _ -> "ASK";
            case RequestVerdict.Deny _ -> "NOT_LISTED";
            case RequestVerdict.NeedBody _ -> throw new AssertionError("the body is there");
        };
    }

    /// An upgrade as it was allowed by an earlier policy, which let everything pass.
    private AllowedRequest opened(Probe probe) {
        var all = new HttpClause(Optional.empty(), glob("/**"), Map.of(), 0);
        var clauses = Clauses.allowing(List.of(all));
        var first = rules.parts().getFirst();
        var inspection =
                new Inspection(
                        Optional.empty(),
                        false,
                        true,
                        new Protocol.WebSocket(clauses, Clauses.none(), GraphQlSettings.DEFAULT),
                        first.inspection().credential(),
                        false);
        var open =
                new HttpRules(
                        rules.connection(),
                        List.of(new Part(first.rule(), inspection, 0)),
                        List.of(),
                        false);
        var upgrade = new Probe(Transport.UPGRADE, "GET", probe.path(), probe.query(), Probe.PLAIN);
        return switch (new RequestJudge(open, NOW).judge(head(upgrade), new Body.Absent())) {
            case RequestVerdict.Allow(var request) -> request;
            case RequestVerdict.Ask _, RequestVerdict.Deny _, RequestVerdict.NeedBody _ ->
                    throw new AssertionError("everything passes");
        };
    }

    private RequestHead head(Probe probe) {
        var headers = new ArrayList<Header>();
        headers.add(
                new Header(
                        "Host",
                        rules.connection().host().text() + ":" + rules.connection().port()));
        headers.add(new Header("Accept", "application/json, text/event-stream"));
        if (probe.transport() == Transport.UPGRADE) {
            headers.add(new Header("Upgrade", "websocket"));
            headers.add(new Header("Connection", "Upgrade"));
            headers.add(new Header("Sec-WebSocket-Version", "13"));
            headers.add(new Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        }
        if (!(probe.content() instanceof Content.Plain)) {
            headers.add(new Header("Content-Type", "application/json"));
        }
        var query =
                probe.query().entrySet().stream()
                        .flatMap(e -> e.getValue().stream().map(v -> e.getKey() + "=" + v))
                        .collect(Collectors.joining("&"));
        if (probe.content() instanceof Content.Operation operation
                && probe.method().equals("GET")) {
            query += (query.isEmpty() ? "" : "&") + "query=" + encoded(text(operation));
        }
        return new RequestHead(
                true, probe.method(), probe.path() + (query.isEmpty() ? "" : "?" + query), headers);
    }

    private static Body body(Probe probe) {
        return switch (probe.content()) {
            case Content.Plain _ -> new Body.Absent();
            case Content.Operation operation ->
                    probe.method().equals("GET") ? new Body.Absent() : whole(query(operation));
            case Content.Call call -> whole(call(call));
        };
    }

    private static Body whole(String text) {
        return new Body.Whole(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(Content content) {
        return switch (content) {
            case Content.Plain _ -> "hello";
            case Content.Operation operation ->
                    "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":" + query(operation) + "}";
            case Content.Call call -> call(call);
        };
    }

    private static String encoded(String text) {
        return text.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D");
    }

    private static String query(Content.Operation operation) {
        return "{\"query\":\"" + text(operation) + "\"}";
    }

    private static String text(Content.Operation operation) {
        var fields =
                operation.fields().isEmpty() ? "__typename" : String.join(" ", operation.fields());
        return operation.type().name().toLowerCase(Locale.ROOT)
                + " "
                + operation.name().orElse("")
                + "{"
                + fields
                + "}";
    }

    private static String call(Content.Call call) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                + call.method()
                + "\""
                + call.tool()
                        .map(tool ->
                                ",\"params\":{\"name\":\""
                                        + tool.name()
                                        + "\",\"arguments\":{"
                                        + tool.arguments().entrySet().stream()
                                                .map(e ->
                                                        "\""
                                                                + e.getKey()
                                                                + "\":"
                                                                + e.getValue()
                                                                        .map(v -> "\"" + v + "\"")
                                                                        .orElse("{}"))
                                                .collect(Collectors.joining(","))
                                        + "}}")
                        .orElse("")
                + "}";
    }

    private static Glob glob(String pattern) {
        return switch (Glob.read(Glob.Kind.PATH, pattern)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new AssertionError(message);
        };
    }
}
