package dev.clawhold.policy;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Program;

/// What a workload asks to send out: a connection to a host and port, by a program.
///
/// @param port 1 to 65535
public record EgressRequest(Host host, int port, Program program) {
    public EgressRequest {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not within 1..65535");
        }
    }
}
