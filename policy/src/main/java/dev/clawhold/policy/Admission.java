package dev.clawhold.policy;

import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.SpecialHosts;
import java.util.List;
import java.util.Set;

/// Judges the addresses of an allowed connection, so that no name leads to an address that its
/// endpoint does not mean. Every answer has to pass, not only the one that is dialled.
record Admission(
        Egress egress,
        EndpointIndex connections,
        EndpointIndex deniedAddresses,
        EgressRequest request,
        Circumstances circumstances) {

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
                .filter(c -> c.fits(request, circumstances.now()))
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
        var fitting = connections.allowing(request, circumstances.now());
        if (fitting.isEmpty()) {
            return admitApproved(answers);
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
        return open.isEmpty()
                ? portNeedsPermission(kept)
                : new Fitting(egress, open, request, circumstances).verdict();
    }

    /// An approval that no rule stands behind opens public addresses only.
    private Verdict admitApproved(List<IpAddress> answers) {
        if (answers.stream().anyMatch(a -> AddressClass.of(a) != AddressClass.PUBLIC)) {
            return Denials.of(whyNone(List.of(), answers));
        }
        return CONTROL_PLANE.contains(request.port())
                ? Denials.of(ReasonCode.PORT_CONTROL_PLANE)
                : Denials.approved(request);
    }

    private static Verdict portNeedsPermission(List<Candidate> kept) {
        return new Verdict.Deny(
                Reason.of(ReasonCode.PORT_CONTROL_PLANE, kept.getFirst().rule().id()));
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
