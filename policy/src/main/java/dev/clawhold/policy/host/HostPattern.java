package dev.clawhold.policy.host;

import dev.clawhold.policy.glob.Glob;

/// Which hosts an endpoint is about.
public sealed interface HostPattern {

    /// One name. A name of the host's loopback stands for all of them.
    record Exact(Host.Name name) implements HostPattern {}

    /// Names of one shape, never a literal address nor a special name.
    record Wildcard(Glob glob) implements HostPattern {}

    /// Literal addresses.
    record Range(Cidr range) implements HostPattern {}

    /// Every host whose addresses the endpoint's own list holds.
    record ByAddress() implements HostPattern {}

    /// Every host that no other rule fits.
    record CatchAll() implements HostPattern {}

    /// The pattern as a policy file spells it.
    default String text() {
        return switch (this) {
            case Exact(var name) -> name.text();
            case Wildcard(var glob) -> glob.toString();
            case Range(var range) -> range.toString();
            case ByAddress() -> "any host";
            case CatchAll() -> "**";
        };
    }
}
