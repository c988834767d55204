package dev.clawhold.policy.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @CsvSource({
        "API.Example.COM, api.example.com",
        "api.example.com., api.example.com",
        "a_b.c-d, a_b.c-d",
        "1.2.3.4, 1.2.3.4",
        "1.2.3.4a, 1.2.3.4a",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "XN--ls8h.la, xn--ls8h.la",
        "xn--maana-pta.com, xn--maana-pta.com",
        "[2001:DB8::1], 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "[::ffff:169.254.169.254], 169.254.169.254",
        "[::], ::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
    })
    void isBroughtToOneForm(String text, String canonical) {
        assertThat(Host.of(text).orElseThrow().text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                "a.b..",
                ".a",
                "a b",
                "a%20b",
                "a/b",
                "a\\b",
                "a?b",
                "a#b",
                "a@b",
                "<a>",
                "a^b",
                "a|b",
                "a\tb",
                "bücher.example",
                "a:80",
                "[1.2.3.4]",
                "[::1",
                "::1]",
                "[]",
                "fe80::1%eth0",
                "[fe80::1%25eth0]",
                "::ffff:1.2.3",
                "1::2::3",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "::12345",
                "1:2:3:4:5:6:7::8:9",
                "::g",
                "1.2::3",
                ":1",
                "1:",
                "0x7f.1",
                "2130706433",
                "127.1",
                "0177.0.0.1",
                "127.0.0.01",
                "256.0.0.1",
                "1.2.3.4.",
                "1.2.3.4.5",
                "a.0X1",
                "a.123",
                "xn--.example",
                "xn--a-.example",
                "xn--99999999.example",
                "xn--aü.example",
                "::1.2.3.4.5"
            })
    void isRefusedWhenMalformed(String text) {
        assertThat(Host.of(text)).isEmpty();
    }

    @Test
    void hasBoundedLengths() {
        assertThat(Host.of("a".repeat(63) + ".b")).isPresent();
        assertThat(Host.of("a".repeat(64) + ".b")).isEmpty();
        assertThat(Host.of("a.".repeat(126) + "a")).isPresent();
        assertThat(Host.of("a.".repeat(127) + "a")).isEmpty();
    }

    @Test
    void twoSpellingsAreEqual() {
        assertThat(Host.of("[::ffff:1.2.3.4]")).isEqualTo(Host.of("1.2.3.4"));
        assertThat(Host.of("A.b.")).isEqualTo(Host.of("a.B"));
    }
}
