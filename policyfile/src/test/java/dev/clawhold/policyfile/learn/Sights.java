package dev.clawhold.policyfile.learn;

import static org.assertj.core.api.Assertions.fail;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.request.Body;
import dev.clawhold.policy.request.RequestHead;
import dev.clawhold.policy.request.RequestJudge;
import dev.clawhold.policy.request.RequestVerdict;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Observations for tests, and what policies say about them.
final class Sights {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final String HASH = "c".repeat(64);

    private Sights() {}

    static Program program(String path) {
        return new Program.Known(new Executable(path, HASH, false), List.of(), 7);
    }

    static Observation denied(String path, String host, int port, String reason) {
        return new Observation(
                NOON,
                program(path),
                host,
                port,
                Optional.empty(),
                Observation.Outcome.DENIED,
                reason);
    }

    static Observation unlisted(String path, String host, int port) {
        return denied(path, host, port, "host_not_listed");
    }

    static Observation request(String program, String host, String method, String path) {
        return new Observation(
                NOON,
                program(program),
                host,
                443,
                Optional.of(new Observation.Request(method, path)),
                Observation.Outcome.DENIED,
                "request_not_listed");
    }

    static Observation with(Observation o, Observation.Outcome outcome, String reason) {
        return new Observation(
                o.time(), o.program(), o.host(), o.port(), o.request(), outcome, reason);
    }

    static Observation by(Program program, Observation o) {
        return new Observation(
                o.time(), program, o.host(), o.port(), o.request(), o.outcome(), o.reason());
    }

    static Learned learn(LearnOptions options, Observation... observations) {
        var learner = new Learner(options);
        List.of(observations).forEach(learner::add);
        return learner.learned();
    }

    static LearnOptions beside(Policy base) {
        return new LearnOptions(false, false, Optional.of(base), NOON);
    }

    static Policy policy(String text) {
        return switch (PolicyFile.parse("p", text.getBytes(StandardCharsets.UTF_8), 1)) {
            case Parsed.Valid(var policy, _) -> policy;
            case Parsed.Invalid(var problems) -> fail("%s in%n%s", problems, text);
        };
    }

    /// Whether a policy lets it out: the connection, and the request where there is one.
    static boolean allows(Policy policy, Observation o) {
        var connection = new EgressRequest(Host.of(o.host()).orElseThrow(), o.port(), o.program());
        return switch (policy.decide(connection, NOON)) {
            case Verdict.Allow _ -> true;
            case Verdict.Ask _, Verdict.Deny _ -> false;
            case Verdict.Inspect(_, var rules) ->
                    o.request().isEmpty()
                            || new RequestJudge(rules, Circumstances.at(NOON))
                                            .judge(head(o), new Body.Absent())
                                    instanceof RequestVerdict.Allow;
        };
    }

    private static RequestHead head(Observation o) {
        var request = o.request().orElseThrow();
        var authority = (o.host().contains(":") ? "[" + o.host() + "]" : o.host()) + ":" + o.port();
        return new RequestHead(
                true,
                request.method(),
                request.path(),
                List.of(new RequestHead.Header("Host", authority)));
    }
}
