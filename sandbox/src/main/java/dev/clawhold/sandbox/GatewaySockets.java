package dev.clawhold.sandbox;

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
}
