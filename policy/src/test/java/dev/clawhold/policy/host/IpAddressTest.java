package dev.clawhold.policy.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {

    /// RFC 5952 § 4.
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::A, 2001:db8::a",
        "::1.2.3.4, ::102:304",
        "0:0:0:0:0:0:0:0, ::",
        "1::, 1::",
        "::ffff:1.2.3.4, 1.2.3.4"
    })
    void textIsCanonical(String text, String canonical) {
        assertThat(IpAddress.parse(text).orElseThrow()).hasToString(canonical);
    }

    @Test
    void textComesBackAsTheSameAddress() {
        long seed = 5952;
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            for (int zeros = random.nextInt(12); zeros > 0; zeros--) {
                bytes[random.nextInt(16)] = 0;
            }
            var address = IpAddress.of(bytes);
            assertThat(IpAddress.parse(address.toString())).as("seed %d", seed).contains(address);
        }
    }

    @Test
    void agreesWithThePlatformOnBytes() throws UnknownHostException {
        for (var text : new String[] {"fe80::1:2", "10.0.0.255", "64:ff9b::10.1.1.1"}) {
            assertThat(IpAddress.parse(text).orElseThrow().bytes())
                    .isEqualTo(InetAddress.ofLiteral(text).getAddress());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1.2.3, NEVER",
        "127.0.0.1, NEVER",
        "169.254.169.254, NEVER",
        "224.0.0.1, NEVER",
        "255.255.255.255, NEVER",
        "100.100.100.200, NEVER",
        "168.63.129.16, NEVER",
        "192.0.0.192, NEVER",
        "::, NEVER",
        "::1, NEVER",
        "::10.0.0.1, NEVER",
        "fe80::1, NEVER",
        "fec0::1, NEVER",
        "ff02::1, NEVER",
        "64:ff9b:1::1, NEVER",
        "2001::1, NEVER",
        "fd00:ec2::254, NEVER",
        "fd00:ec2::23, NEVER",
        "fd20:ce::254, NEVER",
        "fd00:42::42, NEVER",
        "64:ff9b::a9fe:a9fe, NEVER",
        "2002:7f00:1::, NEVER",
        "10.1.1.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.0.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "192.0.0.1, PRIVATE",
        "192.0.2.1, PRIVATE",
        "198.19.0.1, PRIVATE",
        "198.51.100.1, PRIVATE",
        "203.0.113.1, PRIVATE",
        "fd00::7, PRIVATE",
        "2001:db8::1, PRIVATE",
        "64:ff9b::a01:101, PRIVATE",
        "2002:a00:1::, PRIVATE",
        "93.184.216.34, PUBLIC",
        "172.32.0.1, PUBLIC",
        "2606:4700::1, PUBLIC",
        "64:ff9b::808:808, PUBLIC",
        "2002:808:808::, PUBLIC"
    })
    void hasAClass(String text, AddressClass expected) {
        assertThat(AddressClass.of(IpAddress.parse(text).orElseThrow())).isEqualTo(expected);
    }

    @Test
    void hasFourOrSixteenBytes() {
        assertThatThrownBy(() -> IpAddress.of(new byte[5]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(IpAddress.of((byte) 1, (byte) 2, (byte) 3, (byte) 4).isV4()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3/32, 10.1.2.3",
        "10.1.2.3, 10.1.2.3",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.255.1.1/9, 10.128.0.0/9",
        "2001:db8::1/32, 2001:db8::/32",
        "::1, ::1"
    })
    void rangesHaveOneForm(String text, String canonical) {
        assertThat(Cidr.parse(text).orElseThrow()).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0/8",
        "::/129",
        "a/8",
        "::ffff:1.2.3.4/96",
        "::/1111",
        "::/-1"
    })
    void malformedRangesAreRefused(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void rangesKnowWhatTheyHold() {
        assertThat(range("10.0.0.0/9").contains(address("10.127.0.1"))).isTrue();
        assertThat(range("10.0.0.0/9").contains(address("10.128.0.1"))).isFalse();
        assertThat(range("10.0.0.0/8").contains(address("64:ff9b::a00:1"))).isTrue();
        assertThat(range("64:ff9b::/96").contains(address("64:ff9b::a00:1"))).isTrue();
        assertThat(range("10.0.0.0/8").contains(address("::a00:1"))).isFalse();
        assertThat(range("10.0.0.0/8").touches(range("10.2.0.0/16"))).isTrue();
        assertThat(range("10.2.0.0/16").touches(range("10.0.0.0/8"))).isTrue();
        assertThat(range("10.2.0.0/16").touches(range("10.3.0.0/16"))).isFalse();
        assertThatThrownBy(() -> new Cidr(address("1.2.3.4"), 33))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Cidr range(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
