package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.UpstreamResolver.Failed;
import dev.clawhold.gateway.UpstreamResolver.Resolved;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamResolverTest {
    @TempDir private Path directory;

    private final List<String> asked = new ArrayList<>();

    @Test
    void aNameIsAskedForAsAbsoluteAndAllItsAddressesCount() {
        assertThat(resolve("", "api.example.com"))
                .isEqualTo(new Resolved(List.of(ip("192.0.2.1"), ip("2001:db8::1"))));
        assertThat(asked).containsExactly("api.example.com.");
    }

    @Test
    void aNameWithoutAddressFailsInWords() {
        assertThat(resolve("", "nosuch.example"))
                .isEqualTo(
                        new Failed("cannot resolve `nosuch.example`: Name or service not known"));
    }

    @Test
    void theMachinesOwnTableComesFirst() {
        var hosts =
                """
                127.0.0.1 localhost
                # 10.0.0.9 api.example.com
                10.0.0.1\tother API.example.com alias # api.example.com
                not-an-address api.example.com
                fd00::1 api.example.com

                """;

        assertThat(resolve(hosts, "api.example.com"))
                .isEqualTo(new Resolved(List.of(ip("10.0.0.1"), ip("fd00::1"))));
        assertThat(asked).isEmpty();
    }

    @Test
    void aMachineWithoutATableAsksDns() {
        var resolver = new UpstreamResolver(new HostsFile(directory.resolve("none")), this::dns);

        assertThat(resolver.resolve(new Host.Name("api.example.com"))).isInstanceOf(Resolved.class);
    }

    @Test
    void theJdksResolverFits() {
        var resolver =
                new UpstreamResolver(hosts("127.0.0.1 a.example"), InetAddress::getAllByName);

        assertThat(resolver.resolve(new Host.Name("a.example")))
                .isEqualTo(new Resolved(List.of(ip("127.0.0.1"))));
    }

    private UpstreamResolver.Resolution resolve(String hosts, String name) {
        return new UpstreamResolver(hosts(hosts), this::dns).resolve(new Host.Name(name));
    }

    private HostsFile hosts(String text) {
        try {
            return new HostsFile(Files.writeString(directory.resolve("hosts"), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private InetAddress[] dns(String name) throws UnknownHostException {
        asked.add(name);
        if (name.startsWith("nosuch")) {
            throw new UnknownHostException(name + ": Name or service not known");
        }
        return new InetAddress[] {
            InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")
        };
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
