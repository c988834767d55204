package dev.clawhold.policy;

import java.util.List;

/// Where a rule's programs may connect to.
///
/// @param allowedIps where not empty, every address that the host resolves to lies in one of these
/// @param inspected whether each request on the connection is judged, not only the connection
/// @param controlPlane whether the ports that orchestrators listen on are meant
/// @param line where its text begins, from 1; 0 without a file
public record Endpoint(
        HostPattern host,
        Ports ports,
        List<Cidr> allowedIps,
        boolean inspected,
        boolean controlPlane,
        int line) {
    public Endpoint {
        allowedIps = List.copyOf(allowedIps);
    }

    /// An opaque endpoint that no file describes.
    public static Endpoint opaque(HostPattern host, Ports ports) {
        return new Endpoint(host, ports, List.of(), false, false, 0);
    }

    boolean listsAddress(IpAddress address) {
        for (var range : allowedIps) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
