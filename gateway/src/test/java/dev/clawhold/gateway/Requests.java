package dev.clawhold.gateway;

import dev.clawhold.policy.Decision;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.Programs;
import java.util.Arrays;
import java.util.List;

/// Requests, policies and decisions that several tests speak about.
final class Requests {
    static final RuleId RULE = new RuleId("api");

    private Requests() {}

    static EgressRequest to(String host, int port) {
        var executable = new Executable("/usr/bin/curl", "0".repeat(64), false);
        return new EgressRequest(
                Host.of(host).orElseThrow(), port, new Program.Known(executable, List.of(), 7));
    }

    static Decision allowed(EgressRequest request) {
        return new Decision(request, new Verdict.Allow(RULE), 1);
    }

    /// A policy that allows these hosts, at any port, to every program.
    static Policy allowing(long revision, String... hosts) {
        var endpoints =
                Arrays.stream(hosts)
                        .map(host -> Endpoint.opaque(pattern(host), Ports.any()))
                        .toArray(Endpoint[]::new);
        return allowing(revision, endpoints);
    }

    static Policy allowing(long revision, Endpoint... endpoints) {
        var rule = Rule.of(RULE.key(), Rule.Effect.ALLOW, Programs.any(), endpoints);
        return new Policy(revision, Confinement.BUILT_IN, Egress.of(List.of(rule)));
    }

    static HostPattern pattern(String host) {
        return switch (Host.of(host).orElseThrow()) {
            case Host.Name name -> new HostPattern.Exact(name);
            case Host.Address(var address) -> new HostPattern.Range(Cidr.only(address));
        };
    }
}
