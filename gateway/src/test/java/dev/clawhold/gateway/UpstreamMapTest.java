package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamMapTest {
    private static final Host HOST = new Host.Name("api.example.com");
    private static final FixedUpstream UPSTREAM =
            new FixedUpstream(IpAddress.parse("127.0.0.1").orElseThrow(), 8443);

    @Test
    void anEntryIsForOneHostAndOnePort() {
        var map = new UpstreamMap(Map.of(new UpstreamMap.Target(HOST, 443), UPSTREAM));

        assertThat(map.find(HOST, 443)).contains(UPSTREAM);
        assertThat(map.find(HOST, 80)).isEmpty();
        assertThat(map.find(new Host.Name("example.com"), 443)).isEmpty();
        assertThat(UpstreamMap.empty().find(HOST, 443)).isEmpty();
    }

    @Test
    void anUpstreamHasAPort() {
        assertThatThrownBy(() -> new FixedUpstream(UPSTREAM.address(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FixedUpstream(UPSTREAM.address(), 65_536))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
