package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Finds the real addresses of a name that the policy has allowed, outside the sandbox: in the
/// machine's `hosts(5)`, else by DNS. Safe for use by many threads.
///
/// A name is asked for as absolute, so that no search list of `resolv.conf(5)` can put another name
/// in its place. The JVM remembers answers unless `networkaddress.cache.ttl` is 0: its caller's
/// choice.
final class UpstreamResolver {
    private final HostsFile hosts;
    private final Lookup dns;

    /// @param dns `InetAddress::getAllByName`, but in tests
    UpstreamResolver(HostsFile hosts, Lookup dns) {
        this.hosts = hosts;
        this.dns = dns;
    }

    /// Asks the system's resolver.
    @FunctionalInterface
    interface Lookup {
        /// All addresses of the name.
        ///
        /// @throws UnknownHostException if there is none, or no answer
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    /// What became of a question.
    sealed interface Resolution {}

    /// All addresses of both families, at least one, in the resolver's order.
    record Resolved(List<IpAddress> addresses) implements Resolution {
        Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /// No address.
    ///
    /// @param cause in words, for the record
    record Failed(String cause) implements Resolution {}

    /// Blocks until the answer is there or the system's resolver gives up, by default after 10 to
    /// 30 seconds.
    Resolution resolve(Host.Name name) {
        var own = hosts.addressesOf(name);
        if (!own.isEmpty()) {
            return new Resolved(own);
        }
        try {
            var addresses = dns.addressesOf(name.text() + ".");
            return new Resolved(
                    Arrays.stream(addresses).map(a -> IpAddress.of(a.getAddress())).toList());
        } catch (UnknownHostException e) {
            return new Failed("cannot resolve `" + name.text() + "`: " + cause(e));
        }
    }

    /// The message is the name, a colon and what gai_strerror(3) says.
    private static String cause(UnknownHostException e) {
        var message = String.valueOf(e.getMessage());
        return message.substring(message.lastIndexOf(": ") < 0 ? 0 : message.lastIndexOf(": ") + 2);
    }
}
