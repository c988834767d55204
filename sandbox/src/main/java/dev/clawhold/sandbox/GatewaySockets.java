package dev.clawhold.sandbox;

import dev.clawhold.sandbox.RunningSandbox.GatewayDescriptors;
import java.util.List;
import java.util.OptionalInt;

/// The descriptors that the keeper holds for the gateway, by their fixed numbers in its table.
/// Every one belongs to the sandbox's network namespace, or is its filter's listener.
final class GatewaySockets {
    static final int LISTENER = 100;
    static final int TCP4 = 101;
    static final int TCP6 = 102;
    static final int DNS_UDP = 103;
    static final int DNS_TCP = 104;
    static final int DIAGNOSIS = 105;

    private GatewaySockets() {}

    /// Their numbers, in the order in which they are handed over.
    static List<Integer> kept(boolean ipv6) {
        return ipv6
                ? List.of(LISTENER, TCP4, DNS_UDP, DNS_TCP, DIAGNOSIS, TCP6)
                : List.of(LISTENER, TCP4, DNS_UDP, DNS_TCP, DIAGNOSIS);
    }

    /// What was handed over.
    static GatewayDescriptors received(List<Integer> descriptors) {
        return new GatewayDescriptors(
                descriptors.get(0),
                descriptors.get(1),
                descriptors.size() > 5 ? OptionalInt.of(descriptors.get(5)) : OptionalInt.empty(),
                descriptors.get(2),
                descriptors.get(3),
                descriptors.get(4));
    }
}
