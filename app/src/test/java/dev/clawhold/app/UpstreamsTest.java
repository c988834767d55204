package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.ResolveMapping;
import dev.clawhold.gateway.FixedUpstream;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpstreamsTest {

    @Test
    void eachMappingIsFoundByItsHostAndPort() {
        var upstreams =
                Upstreams.of(
                        options(
                                "API.Example.com:443:127.0.0.1:8443",
                                "api.example.com:80:[::1]:8080",
                                "[2001:DB8::1]:22:192.0.2.1:2222"));

        assertThat(upstreams.find(host("api.example.com"), 443))
                .isEqualTo(upstream("127.0.0.1", 8443));
        assertThat(upstreams.find(host("api.example.com"), 80)).isEqualTo(upstream("::1", 8080));
        assertThat(upstreams.find(host("2001:db8::1"), 22)).isEqualTo(upstream("192.0.2.1", 2222));
        assertThat(upstreams.find(host("api.example.com"), 81)).isEmpty();
        assertThat(upstreams.find(host("b.example.com"), 443)).isEmpty();
    }

    @Test
    void theLastMappingOfAHostAndPortCounts() {
        var upstreams =
                Upstreams.of(options("a.example:80:192.0.2.1:80", "a.example:80:192.0.2.2:81"));

        assertThat(upstreams.find(host("a.example"), 80)).isEqualTo(upstream("192.0.2.2", 81));
    }

    private static List<ResolveMapping> options(String... options) {
        return Stream.of(options).map(text -> ResolveMapping.parse(text).orElseThrow()).toList();
    }

    private static Host host(String text) {
        return Host.of(text).orElseThrow();
    }

    private static Optional<FixedUpstream> upstream(String address, int port) {
        return Optional.of(new FixedUpstream(IpAddress.parse(address).orElseThrow(), port));
    }
}
