package dev.clawhold.policy;

import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;

/// Where a rule's programs may connect to.
///
/// @param allowedIps where not empty, every address that the host resolves to lies in one of these
/// @param inspection how far its traffic is looked into
/// @param controlPlane whether the ports that orchestrators listen on are meant
/// @param line where its text begins, from 1; 0 without a file
public record Endpoint(
        HostPattern host,
        Ports ports,
        List<Cidr> allowedIps,
        Inspection inspection,
        boolean controlPlane,
        int line) {
    /// How far the gateway looks into a connection.
    public enum Inspection {
        /// Not at all: the bytes go out as they are.
        NONE,
        /// The first bytes must name the host, in TLS or plain HTTP, if they name one.
        NAME,
        /// Every request is judged, not only the connection.
        REQUESTS
    }

    public Endpoint {
        allowedIps = List.copyOf(allowedIps);
    }

    /// An opaque endpoint that no file describes.
    public static Endpoint opaque(HostPattern host, Ports ports) {
        return new Endpoint(host, ports, List.of(), Inspection.NAME, false, 0);
    }

    boolean inspected() {
        return inspection == Inspection.REQUESTS;
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
