package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import java.util.Map;
import java.util.Optional;

/// Where the operator wants some hosts and ports to be found instead of by DNS, as `--resolve`
/// says. Immutable.
public final class UpstreamMap {
    /// A host and port that is looked for.
    ///
    /// @param port 1 to 65535
    public record Target(Host host, int port) {}

    private final Map<Target, FixedUpstream> upstreams;

    public UpstreamMap(Map<Target, FixedUpstream> upstreams) {
        this.upstreams = Map.copyOf(upstreams);
    }

    /// A map without entries: every name is resolved.
    public static UpstreamMap empty() {
        return new UpstreamMap(Map.of());
    }

    /// What the operator gave for exactly this host and port.
    public Optional<FixedUpstream> find(Host host, int port) {
        return Optional.ofNullable(upstreams.get(new Target(host, port)));
    }
}
