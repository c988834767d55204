package dev.clawhold.gateway;

import dev.clawhold.policy.Host;
import dev.clawhold.policy.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Resolves names outside the sandbox, with the host's own resolver. Only an allowed name comes
/// here.
final class UpstreamResolver {
    /// What came of it.
    sealed interface Resolution {}

    /// Every address of the name, of both families.
    record Resolved(List<IpAddress> addresses) implements Resolution {
        Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /// No address.
    record Failed(String cause) implements Resolution {}

    /// Asks the resolver; blocks until it answers.
    Resolution resolve(Host.Name name) {
        try {
            // The final dot keeps the host's search list out: the name is complete.
            var found = InetAddress.getAllByName(name.text() + ".");
            return new Resolved(
                    Arrays.stream(found)
                            .map(address -> IpAddress.of(address.getAddress()))
                            .toList());
        } catch (UnknownHostException e) {
            return new Failed("the name `" + name.text() + "` has no address");
        }
    }
}
