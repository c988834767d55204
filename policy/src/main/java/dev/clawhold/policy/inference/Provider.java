package dev.clawhold.policy.inference;

import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who answers calls to models.
///
/// @param name by which routes and budgets mean it
/// @param credential the name of what opens it
/// @param baseUrl `http` or `https`; empty: the one of its kind
/// @param region of a provider whose address depends on it
/// @param protocols that it speaks
/// @param includeUsage whether it is asked to tell the usage of a stream, where its kind can
/// @param capture whether its own API host answers as `inference.local` does
public record Provider(
        String name,
        ProviderKind kind,
        Optional<String> credential,
        Optional<String> baseUrl,
        Optional<String> region,
        Set<ApiProtocol> protocols,
        boolean includeUsage,
        boolean capture) {
    private static final List<Cidr> LOOPBACK =
            Stream.of("127.0.0.0/8", "::1").flatMap(text -> Cidr.parse(text).stream()).toList();

    public Provider {
        protocols = Set.copyOf(protocols);
    }

    /// One of which only its kind is said.
    public static Provider of(String name, ProviderKind kind) {
        return new Provider(
                name,
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kind.protocols(),
                true,
                false);
    }

    /// Whether what is sent there stays on the machine that holds the sandbox.
    public boolean isLocal() {
        return baseUrl.map(Provider::isLoopback).orElse(kind.isLocal());
    }

    private static boolean isLoopback(String url) {
        var rest = url.substring(url.indexOf("//") + 2);
        int slash = rest.indexOf('/');
        var authority = slash < 0 ? rest : rest.substring(0, slash);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        return Host.of(hasPort ? authority.substring(0, colon) : authority)
                .filter(host ->
                        switch (host) {
                            case Host.Name(var name) -> name.equals("localhost");
                            case Host.Address(var address) -> isLoopback(address);
                        })
                .isPresent();
    }

    /// Whether local servers may be at the address.
    public static boolean isLoopback(IpAddress address) {
        return LOOPBACK.stream().anyMatch(range -> range.contains(address));
    }
}
