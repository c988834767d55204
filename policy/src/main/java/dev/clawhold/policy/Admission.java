package dev.clawhold.policy;

import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.SpecialHosts;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Judges the addresses of an allowed connection, so that no name leads to an address that its
/// endpoint does not mean. Every answer has to pass, not only the one that is dialled.
record Admission(
        EndpointIndex connections,
        EndpointIndex deniedAddresses,
        EgressRequest request,
        Instant now) {

    /// etcd, the Kubernetes API server, kubelet.
    static final Set<Integer> CONTROL_PLANE = Set.of(2379, 2380, 6443, 10250, 10255);

    Verdict admit(List<IpAddress> answers, Verdict allowed) {
        if (answers.isEmpty()) {
            return Denials.of(ReasonCode.DNS_FAILED);
        }
        if (SpecialHosts.kind(request.host()) == SpecialHosts.Kind.HOST_LOOPBACK) {
            return answers.stream().allMatch(Admission::isLoopback)
                    ? allowed
                    : Denials.ADDRESS_NEVER;
        }
        if (answers.stream().anyMatch(a -> AddressClass.of(a) == AddressClass.NEVER)) {
            return Denials.ADDRESS_NEVER;
        }
        return deniedAddresses.naming(request.host()).stream()
                .filter(c -> c.fits(request, now))
                .filter(c -> answers.stream().anyMatch(c.endpoint()::listsAddress))
                .findFirst()
                .map(Candidate::verdict)
                .orElseGet(() -> admitByRules(answers));
    }

    private static boolean isLoopback(IpAddress address) {
        var bytes = address.bytes();
        return address.isV4() ? bytes[0] == 127 : address.toString().equals("::1");
    }

    private Verdict admitByRules(List<IpAddress> answers) {
        var fitting = fitting(connections.naming(request.host()));
        if (fitting.isEmpty()) {
            fitting = fitting(connections.catchAlls(request.host()));
        }
        var kept = fitting.stream().filter(c -> c.permits(answers)).toList();
        if (kept.isEmpty()) {
            return new Verdict.Deny(
                    Reason.of(whyNone(fitting, answers), fitting.getFirst().rule().id()));
        }
        var open = kept;
        if (CONTROL_PLANE.contains(request.port())) {
            open = kept.stream().filter(c -> c.endpoint().controlPlane()).toList();
        }
        return open.stream()
                .min(Candidate.STRICTEST_FIRST)
                .map(Candidate::verdict)
                .orElseGet(() -> portNeedsPermission(kept));
    }

    private static Verdict portNeedsPermission(List<Candidate> kept) {
        return new Verdict.Deny(
                Reason.of(ReasonCode.PORT_CONTROL_PLANE, kept.getFirst().rule().id()));
    }

    private List<Candidate> fitting(List<Candidate> candidates) {
        return candidates.stream()
                .filter(c -> c.rank() != Candidate.Rank.DENY && c.fits(request, now))
                .toList();
    }

    private static ReasonCode whyNone(List<Candidate> fitting, List<IpAddress> answers) {
        if (fitting.stream().anyMatch(c -> !c.endpoint().allowedIps().isEmpty())) {
            return ReasonCode.ADDRESS_NOT_LISTED;
        }
        long open = answers.stream().filter(a -> AddressClass.of(a) == AddressClass.PUBLIC).count();
        return open > 0 && open < answers.size()
                ? ReasonCode.ADDRESS_MIXED
                : ReasonCode.ADDRESS_PRIVATE;
    }
}
