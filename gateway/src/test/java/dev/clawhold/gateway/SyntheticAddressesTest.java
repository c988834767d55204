package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SyntheticAddressesTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final SyntheticAddresses addresses = new SyntheticAddresses(clock::get);

    @Test
    void theFirstNameGetsTheAddressAfterLoopbacksOwn() {
        assertThat(addresses.addressOf(name("a.example"))).hasToString("Optional[198.18.0.2]");
        assertThat(addresses.addressOf(name("b.example"))).hasToString("Optional[198.18.0.3]");
    }

    @Test
    void aNameKeepsItsAddress() {
        var first = addresses.addressOf(name("a.example"));
        addresses.addressOf(name("b.example"));

        assertThat(addresses.addressOf(name("a.example"))).isEqualTo(first);
    }

    @Test
    void bothFormsOfAnAddressStandForItsName() {
        var v4 = addresses.addressOf(name("a.example")).orElseThrow();
        var v6 = SyntheticAddresses.v6(v4);

        assertThat(v6.bytes()).startsWith(0xFD, 0, 0xC1, 0xA4).endsWith(198, 18, 0, 2);
        assertThat(addresses.nameOf(v4)).contains(name("a.example"));
        assertThat(addresses.nameOf(v6)).contains(name("a.example"));
    }

    @Test
    void anAddressNeverGivenOutIsCoveredButStandsForNothing() {
        addresses.addressOf(name("a.example"));

        for (var address :
                new IpAddress[] {ip(198, 18, 0, 1), ip(198, 18, 0, 3), ip(198, 19, 255, 255)}) {
            assertThat(addresses.covers(address)).isTrue();
            assertThat(addresses.covers(SyntheticAddresses.v6(address))).isTrue();
            assertThat(addresses.nameOf(address)).isEmpty();
            assertThat(addresses.nameOf(SyntheticAddresses.v6(address))).isEmpty();
        }
    }

    @Test
    void otherAddressesAreNotCovered() {
        assertThat(addresses.covers(ip(198, 17, 255, 255))).isFalse();
        assertThat(addresses.covers(ip(198, 20, 0, 0))).isFalse();
        assertThat(addresses.covers(ip(127, 0, 0, 1))).isFalse();
        assertThat(addresses.covers(SyntheticAddresses.v6(ip(10, 0, 0, 1)))).isFalse();
        var other = SyntheticAddresses.v6(ip(198, 18, 0, 2)).bytes();
        other[3]++;
        assertThat(addresses.covers(IpAddress.of(other))).isFalse();
    }

    @Test
    void namesBeyondTheRateAreRefusedUntilTimePasses() {
        for (int i = 0; i < SyntheticAddresses.NEW_NAMES_PER_MINUTE; i++) {
            assertThat(addresses.addressOf(name("n" + i + ".example"))).isPresent();
        }
        assertThat(addresses.addressOf(name("late.example"))).isEmpty();
        assertThat(addresses.addressOf(name("n7.example"))).isPresent();
        assertThat(addresses.refused()).isOne();

        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(60));
        assertThat(addresses.addressOf(name("late.example"))).isPresent();
        assertThat(addresses.addressOf(name("later.example"))).isEmpty();
    }

    @Test
    void thePoolIsNeverReused() {
        var given = new HashSet<IpAddress>();
        for (int i = 0; i < SyntheticAddresses.POOL; i++) {
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(60));
            assertThat(given.add(addresses.addressOf(name("n" + i + ".example")).orElseThrow()))
                    .isTrue();
        }
        clock.addAndGet(TimeUnit.DAYS.toNanos(1));

        assertThat(given).hasSize(131_069);
        assertThat(addresses.addressOf(name("one.more.example"))).isEmpty();
        assertThat(addresses.nameOf(ip(198, 18, 0, 2))).contains(name("n0.example"));
        assertThat(addresses.nameOf(ip(198, 19, 255, 254))).contains(name("n131068.example"));
    }

    @Test
    void longNamesCannotFillTheMemory() {
        int kept = 0;
        for (int i = 0; i < 50_000; i++) {
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(60));
            var name = name("%06d.".formatted(i) + "a".repeat(246));
            kept += addresses.addressOf(name).isPresent() ? 1 : 0;
        }

        assertThat(kept).isEqualTo(SyntheticAddresses.MAX_TEXT / 253);
    }

    private static Host.Name name(String text) {
        return new Host.Name(text);
    }

    private static IpAddress ip(int... bytes) {
        return IpAddress.of((byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]);
    }
}
