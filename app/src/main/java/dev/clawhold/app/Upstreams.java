package dev.clawhold.app;

import dev.clawhold.cli.ResolveMapping;
import dev.clawhold.gateway.FixedUpstream;
import dev.clawhold.gateway.UpstreamMap;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.HashMap;
import java.util.List;

/// The operator's `--resolve` options as the gateway takes them.
final class Upstreams {
    private Upstreams() {}

    static UpstreamMap of(List<ResolveMapping> mappings) {
        var places = new HashMap<UpstreamMap.Target, FixedUpstream>();
        for (var mapping : mappings) {
            places.put(
                    new UpstreamMap.Target(Host.of(mapping.host()).orElseThrow(), mapping.port()),
                    new FixedUpstream(
                            IpAddress.parse(mapping.address()).orElseThrow(),
                            mapping.targetPort()));
        }
        return new UpstreamMap(places);
    }
}
