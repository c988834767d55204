package dev.clawhold.bench;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.program.Programs;
import dev.clawhold.policy.request.Body;
import dev.clawhold.policy.request.RequestHead;
import dev.clawhold.policy.request.RequestJudge;
import dev.clawhold.policy.request.RequestVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One REST decision on a connection that is inspected: six allowing clauses and three denying
/// ones, a request with six headers, in a policy of many rules.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestBench {
    private static final Circumstances NOW =
            Circumstances.at(Instant.parse("2026-11-20T12:00:00Z"));

    /// How many rules the policy has.
    @Param({"10", "1000", "100000"})
    public int rules;

    private EgressRequest connection = ManyRules.request("h1.example.com");
    private Policy policy = Policy.builtIn();
    private Optional<RequestJudge> judge = Optional.empty();
    private RequestHead listed = head("GET", "/");
    private RequestHead unlisted = head("GET", "/");
    private final Body body = new Body.Absent();

    public RequestBench() {}

    /// Makes a policy of so many rules, and the judge of one connection.
    @Setup
    public void compile() {
        var all = IntStream.range(0, rules).mapToObj(RequestBench::rule).toList();
        policy = new Policy(1, Confinement.BUILT_IN, Egress.of(all));
        connection = ManyRules.request("h" + rules / 2 + ".example.com");
        listed = head("GET", "/repos/acme/app/issues/7?state=open");
        unlisted = head("DELETE", "/repos/acme/app/issues/7");
        judge = Optional.of(connected());
        if (!(allow() instanceof RequestVerdict.Allow && deny() instanceof RequestVerdict.Deny)) {
            throw new IllegalStateException("what is measured is not what it is called");
        }
    }

    private RequestJudge connected() {
        return switch (policy.decide(connection, NOW)) {
            case Verdict.Inspect(_, var http) -> new RequestJudge(http, NOW);
            case Verdict.Allow _, Verdict.Ask _, Verdict.Deny _ ->
                    throw new IllegalStateException("not inspected");
        };
    }

    private static Rule rule(int number) {
        var host = (Host.Name) Host.of("h" + number + ".example.com").orElseThrow();
        var clauses =
                new Clauses<>(
                        List.of(
                                clause("GET", "/user"),
                                clause("GET", "/orgs/*/members"),
                                clause("POST", "/repos/acme/app/issues"),
                                clause("PATCH", "/repos/acme/app/issues/*"),
                                clause("GET", "/repos/**"),
                                clause("GET", "/search/*")),
                        List.of(),
                        List.of(
                                clause("*", "/repos/*/*/hooks"),
                                clause("*", "/repos/*/*/hooks/**"),
                                clause("*", "/admin/**")));
        var target = Endpoint.Target.of(new HostPattern.Exact(host), Ports.of(List.of(443)));
        return Rule.of(
                "r" + number,
                Rule.Effect.ALLOW,
                Programs.any(),
                new Endpoint.Inspected(target, Inspection.of(new Protocol.Rest(clauses))));
    }

    private static HttpClause clause(String method, String path) {
        var glob = ManyRules.glob(Glob.Kind.PATH, path);
        var name = method.equals("*") ? Optional.<String>empty() : Optional.of(method);
        return new HttpClause(name, glob, Map.of(), 0);
    }

    private RequestHead head(String method, String target) {
        return new RequestHead(
                true,
                method,
                target,
                List.of(
                        new RequestHead.Header("host", connection.host().text()),
                        new RequestHead.Header("user-agent", "curl/8.5.0"),
                        new RequestHead.Header("accept", "application/json"),
                        new RequestHead.Header("accept-encoding", "gzip"),
                        new RequestHead.Header("x-request-id", "5f1c"),
                        new RequestHead.Header("connection", "keep-alive")));
    }

    /// A clause allows it.
    @Benchmark
    public RequestVerdict allow() {
        return judge.orElseThrow().judge(listed, body);
    }

    /// No clause has it.
    @Benchmark
    public RequestVerdict deny() {
        return judge.orElseThrow().judge(unlisted, body);
    }

    /// The decision about the connection itself, with the rules that its requests are judged by.
    @Benchmark
    public Verdict connect() {
        return policy.decide(connection, NOW);
    }
}
