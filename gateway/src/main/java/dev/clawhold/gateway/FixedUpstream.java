package dev.clawhold.gateway;

import dev.clawhold.policy.host.IpAddress;

/// The real address and port that the operator gives for a host and port. It is the operator's
/// word: no test of addresses applies to it.
///
/// @param port 1 to 65535
public record FixedUpstream(IpAddress address, int port) {
    public FixedUpstream {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not within 1..65535");
        }
    }
}
