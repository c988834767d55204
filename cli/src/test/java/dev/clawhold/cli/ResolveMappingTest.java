package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveMappingTest {
    @Test
    void aNameIsMappedToAnAddressAndPort() {
        assertThat(ResolveMapping.parse("API.example.:443:127.0.0.1:8443"))
                .contains(new ResolveMapping("api.example", 443, "127.0.0.1", 8443));
    }

    @Test
    void addressesInBracketsMayStandOnBothSides() {
        assertThat(ResolveMapping.parse("a.example:443:[::1]:8443"))
                .contains(new ResolveMapping("a.example", 443, "::1", 8443));
        assertThat(ResolveMapping.parse("[2001:DB8::1]:80:[::1]:8080"))
                .contains(new ResolveMapping("2001:db8::1", 80, "::1", 8080));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example",
                "a.example:443",
                "a.example:443:127.0.0.1",
                "a.example:443:127.0.0.1:8443:1",
                "a.example:0:127.0.0.1:8443",
                "a.example:443:127.0.0.1:65536",
                "a.example:443x:127.0.0.1:1",
                "a.example:443:b.example:8443",
                "a.example:443:::1:8443",
                "a.example:443:[::1:8443",
                "a example:443:127.0.0.1:8443",
                ":443:127.0.0.1:8443",
                "a.example:99999999999:127.0.0.1:1"
            })
    void whatIsNoMappingIsNone(String text) {
        assertThat(ResolveMapping.parse(text)).isEmpty();
    }
}
