package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.host.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "0.0.0.0",
                "198.18.0.1",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:0.0.0.0"
            })
    void whatStaysInTheSandboxIsCovered(String address) {
        assertThat(Loopback.covers(IpAddress.parse(address).orElseThrow())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "126.255.255.255",
                "128.0.0.0",
                "0.0.0.1",
                "198.18.0.2",
                "::2",
                "::1:0:0:1",
                "::127.0.0.1",
                "fd00:c1a4::c612:1",
                "1.1.1.1"
            })
    void whatLeavesItIsNot(String address) {
        assertThat(Loopback.covers(IpAddress.parse(address).orElseThrow())).isFalse();
    }
}
