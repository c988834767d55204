package dev.clawhold.policyfile;

import dev.clawhold.policy.Approvals;
import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.limit.Room;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.request.AllowedRequest;
import dev.clawhold.policy.request.Basis;
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
import java.util.Map;
import java.util.Optional;

/// One line of a corpus of requests: what is asked for, and what the policy says about it.
record RequestCase(Map<String, Object> line) {

    /// What was said, as corpora spell it.
    ///
    /// @param sent the target that would be forwarded, where the request may go out
    /// @param clauseLine where the clause stands that allowed it or asks; 0 where none did
    record Told(String verdict, Optional<String> sent, int clauseLine) {}

    Told told(Policy policy, Instant now) {
        var to = Corpus.text(line, "to");
        int colon = to.lastIndexOf(':');
        var host = Host.of(to.substring(0, colon));
        if (host.isEmpty()) {
            return told("host_malformed");
        }
        var request =
                new EgressRequest(host.get(), Integer.parseInt(to.substring(colon + 1)), program());
        var circumstances = new Circumstances(now, approvals(), Room.ENDLESS);
        return switch (policy.decide(request, circumstances)) {
            case Verdict.Allow(var rule, boolean approved) ->
                    told((approved ? "approved " : "allow ") + rule);
            case Verdict.Inspect(var rule, var http) ->
                    line.containsKey("method")
                            ? told(http, circumstances)
                            : told("inspect " + rule);
            case Verdict.Ask(var rule) -> told("ask " + rule);
            case Verdict.Deny(Reason(var code, var rule)) -> told(code.code() + named(rule));
        };
    }

    private Told told(HttpRules rules, Circumstances circumstances) {
        var judge = new RequestJudge(rules, circumstances);
        var verdict = judge.judge(head(rules.connection()), body());
        if (verdict instanceof RequestVerdict.Allow(var upgrade)) {
            var message = message();
            if (message.isPresent()) {
                return told(judge.judge(upgrade, message.get()));
            }
        }
        return told(verdict);
    }

    private static Told told(RequestVerdict verdict) {
        return switch (verdict) {
            case RequestVerdict.Allow(var allowed) ->
                    new Told(
                            word(allowed) + " " + allowed.basis().rule(),
                            Optional.of(allowed.target().text()),
                            allowed.basis().clauseLine());
            case RequestVerdict.Ask(_, var basis, _) ->
                    new Told("ask " + basis.rule(), Optional.empty(), basis.clauseLine());
            case RequestVerdict.Deny(var code, var basis, _) ->
                    told(code.code() + named(basis.map(Basis::rule)));
            case RequestVerdict.NeedBody _ -> told("the body is needed");
        };
    }

    private static String word(AllowedRequest allowed) {
        var code = allowed.grant().code();
        return code.equals("rule") ? "allow" : code;
    }

    private static Told told(String verdict) {
        return new Told(verdict, Optional.empty(), 0);
    }

    private static String named(Optional<RuleId> rule) {
        return rule.map(id -> " " + id).orElse("");
    }

    private Approvals approvals() {
        boolean connection = line.containsKey("connection approved");
        boolean request = line.containsKey("approved");
        return new Approvals() {
            @Override
            public boolean covers(EgressRequest asked) {
                return connection;
            }

            @Override
            public boolean covers(EgressRequest asked, String method, String path) {
                return request;
            }
        };
    }

    private Program program() {
        var path = String.valueOf(line.getOrDefault("binary", "/usr/bin/any"));
        var below =
                line.containsKey("below")
                        ? Corpus.texts(line, "below").toList()
                        : List.<String>of();
        return new Program.Known(
                executable(path), below.stream().map(RequestCase::executable).toList(), 7);
    }

    private static Executable executable(String path) {
        return new Executable(path, "0".repeat(64), false);
    }

    private RequestHead head(EgressRequest connection) {
        var headers = new ArrayList<Header>();
        var own =
                line.containsKey("headers")
                        ? Corpus.map(line, "headers")
                        : Map.<String, Object>of();
        own.forEach((name, value) -> headers.add(new Header(name, String.valueOf(value))));
        boolean tls = connection.port() != 80 && connection.port() != 8080;
        if (!own.containsKey("Host")) {
            boolean usual = connection.port() == (tls ? 443 : 80);
            headers.add(
                    new Header(
                            "Host",
                            connection.host().text() + (usual ? "" : ":" + connection.port())));
        }
        if (line.containsKey("body")) {
            headers.add(
                    new Header(
                            "Content-Type",
                            String.valueOf(line.getOrDefault("type", "application/json"))));
        }
        if (line.containsKey("upgrade")) {
            headers.add(new Header("Upgrade", "websocket"));
            headers.add(new Header("Connection", "keep-alive, Upgrade"));
            headers.add(new Header("Sec-WebSocket-Version", "13"));
            headers.add(new Header("Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw=="));
        }
        return new RequestHead(
                tls, Corpus.text(line, "method"), Corpus.text(line, "path"), headers);
    }

    private Body body() {
        return line.containsKey("body")
                ? new Body.Whole(Corpus.text(line, "body").getBytes(StandardCharsets.UTF_8))
                : new Body.Absent();
    }

    private Optional<Message> message() {
        if (line.containsKey("text")) {
            return Optional.of(new Message.Text(Corpus.text(line, "text")));
        }
        return line.containsKey("binary message")
                ? Optional.of(
                        new Message.Binary(
                                Corpus.text(line, "binary message")
                                        .getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}
