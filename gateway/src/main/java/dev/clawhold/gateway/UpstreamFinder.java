package dev.clawhold.gateway;

import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;

/// Finds what may be dialled for an allowed connection: exactly the addresses that the policy has
/// tested, or the one that the operator has given. Blocks while a name is resolved.
final class UpstreamFinder {
    private static final List<IpAddress> HOST_LOOPBACK =
            List.of(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1));

    /// What was found.
    sealed interface Found {
        /// What may be dialled, in this order.
        ///
        /// @param answers the admitted addresses; empty where the operator's word was taken
        record Candidates(List<Upstream> upstreams, List<IpAddress> answers) implements Found {}

        record Denied(Reason reason) implements Found {}
    }

    private final Gateway.Settings settings;
    private final UpstreamResolver resolver;

    UpstreamFinder(Gateway.Settings settings, UpstreamResolver resolver) {
        this.settings = settings;
        this.resolver = resolver;
    }

    /// What may be dialled for an allow that is on record.
    Found find(Recorded<Event.Egress> decision) {
        var request = decision.value().decision().request();
        var fixed = settings.fixed().find(request.host(), request.port());
        if (fixed.isPresent()) {
            var upstream = new Upstream(fixed.get().address(), fixed.get().port());
            return new Found.Candidates(List.of(upstream), List.of());
        }
        if (settings.policy().current().dialsHostLoopback(request)) {
            return candidates(request, HOST_LOOPBACK, List.of());
        }
        return switch (request.host()) {
            case Host.Address(var address) -> admit(request, List.of(address));
            case Host.Name name ->
                    switch (resolver.resolve(name)) {
                        case UpstreamResolver.Resolved(var answers) -> admit(request, answers);
                        case UpstreamResolver.Failed _ ->
                                new Found.Denied(Reason.of(ReasonCode.DNS_FAILED));
                    };
        };
    }

    private Found admit(EgressRequest request, List<IpAddress> answers) {
        var verdict =
                Enforceable.admit(
                        settings.policy().current(), request, answers, settings.clock().instant());
        return switch (verdict) {
            case Verdict.Allow _ -> candidates(request, answers, answers);
            case Verdict.Inspect(var rule, _) ->
                    new Found.Denied(Reason.of(ReasonCode.FEATURE_UNAVAILABLE, rule));
            case Verdict.Ask(var rule) ->
                    new Found.Denied(Reason.of(ReasonCode.FEATURE_UNAVAILABLE, rule));
            case Verdict.Deny(var reason) -> new Found.Denied(reason);
        };
    }

    private static Found candidates(
            EgressRequest request, List<IpAddress> addresses, List<IpAddress> answers) {
        return new Found.Candidates(
                addresses.stream().map(address -> new Upstream(address, request.port())).toList(),
                answers);
    }
}
