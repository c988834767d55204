package dev.clawhold.policy.host;

/// Names that mean something else than what a resolver would say.
public final class SpecialHosts {

    /// What a name is.
    public enum Kind {
        ORDINARY,
        /// The loopback of the machine that holds the sandbox, under any of its names.
        HOST_LOOPBACK,
        INFERENCE,
        /// Never reached: the sandbox's own loopback, cloud metadata.
        NEVER
    }

    private SpecialHosts() {}

    /// What a name is.
    ///
    /// @param name in canonical form
    public static Kind kind(String name) {
        return switch (name) {
            case "host.clawhold.internal",
                    "host.openshell.internal",
                    "host.docker.internal",
                    "host.containers.internal" ->
                    Kind.HOST_LOOPBACK;
            case "inference.local" -> Kind.INFERENCE;
            case "localhost",
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "instance-data",
                    "instance-data.ec2.internal" ->
                    Kind.NEVER;
            default -> Kind.ORDINARY;
        };
    }

    /// What a host is; a literal address is never a name of this machine.
    public static Kind kind(Host host) {
        return switch (host) {
            case Host.Name(var name) -> kind(name);
            case Host.Address(var address) ->
                    AddressClass.of(address) == AddressClass.NEVER ? Kind.NEVER : Kind.ORDINARY;
        };
    }
}
