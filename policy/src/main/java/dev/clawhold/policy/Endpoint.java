package dev.clawhold.policy;

import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;

/// Where a rule's programs may connect to, and how far their traffic is looked into.
public sealed interface Endpoint {

    /// Which connections are meant.
    ///
    /// @param allowedIps where not empty, every address that the host resolves to lies in one of
    ///   these
    /// @param controlPlane whether the ports that orchestrators listen on are meant
    /// @param line where its text begins, from 1; 0 without a file
    record Target(
            HostPattern host, Ports ports, List<Cidr> allowedIps, boolean controlPlane, int line) {
        public Target {
            allowedIps = List.copyOf(allowedIps);
        }

        /// One that no file describes.
        public static Target of(HostPattern host, Ports ports) {
            return new Target(host, ports, List.of(), false, 0);
        }
    }

    /// The bytes go out as they are.
    ///
    /// @param testsName whether the first bytes must name the host, in TLS or plain HTTP, if they
    ///   name one
    record Opaque(Target target, boolean testsName) implements Endpoint {}

    /// Every request is judged, not only the connection.
    record Inspected(Target target, Inspection inspection) implements Endpoint {}

    Target target();

    /// An opaque endpoint that no file describes.
    static Endpoint opaque(HostPattern host, Ports ports) {
        return new Opaque(Target.of(host, ports), true);
    }

    default HostPattern host() {
        return target().host();
    }

    default Ports ports() {
        return target().ports();
    }

    default List<Cidr> allowedIps() {
        return target().allowedIps();
    }

    default boolean controlPlane() {
        return target().controlPlane();
    }

    default int line() {
        return target().line();
    }

    /// Whether the endpoint's own list of addresses holds this one.
    default boolean listsAddress(IpAddress address) {
        for (var range : allowedIps()) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
