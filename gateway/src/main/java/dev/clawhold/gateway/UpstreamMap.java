package dev.clawhold.gateway;

import dev.clawhold.policy.Host;
import dev.clawhold.policy.IpAddress;
import java.util.Map;
import java.util.Optional;

/// Real addresses that the operator has given for names and ports: they are dialled as they are,
/// loopback too.
public final class UpstreamMap {
    /// What a connection asks for.
    public record Place(Host host, int port) {}

    /// Where it is.
    public record FixedUpstream(IpAddress address, int port) {}

    private final Map<Place, FixedUpstream> places;

    /// A map of these places; it may be empty.
    public UpstreamMap(Map<Place, FixedUpstream> places) {
        this.places = Map.copyOf(places);
    }

    Optional<FixedUpstream> find(Host host, int port) {
        return Optional.ofNullable(places.get(new Place(host, port)));
    }
}
