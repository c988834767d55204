package dev.clawhold.policy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.limit.Room.Left;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final long MIB = 1 << 20;

    private final Usage usage = new Usage();

    @Test
    void aThirdRequestAtOnceFindsNoRoomAndOneHalfAMinuteLaterDoes() {
        var limits = requests(2, Period.MINUTE);
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
        usage.request("r", limits, NOON);
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
        usage.request("r", limits, NOON);
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.NO_REQUESTS);
        assertThat(usage.of("r", limits, NOON.plusSeconds(29))).isEqualTo(Left.NO_REQUESTS);
        assertThat(usage.of("r", limits, NOON.plusSeconds(30))).isEqualTo(Left.ROOM);
    }

    @Test
    void aBucketNeverHoldsMoreThanOnePeriod() {
        var limits = requests(2, Period.HOUR);
        var later = NOON.plusSeconds(86_400);
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
        usage.request("r", limits, later);
        usage.request("r", limits, later);
        assertThat(usage.of("r", limits, later)).isEqualTo(Left.NO_REQUESTS);
    }

    @Test
    void aRateOfNothingStopsARule() {
        assertThat(usage.of("r", requests(0, Period.SECOND), NOON)).isEqualTo(Left.NO_REQUESTS);
        assertThat(usage.of("r", requests(0, Period.SECOND), NOON.plusSeconds(99)))
                .isEqualTo(Left.NO_REQUESTS);
    }

    @Test
    void daysAndMonthsBeginInUtc() {
        var day = requests(1, Period.DAY);
        var month = requests(1, Period.MONTH);
        usage.request("r", day, NOON);
        usage.request("r", month, NOON);
        var lastOfDay = Instant.parse("2026-06-01T23:59:59.999Z");
        assertThat(usage.of("r", day, lastOfDay)).isEqualTo(Left.NO_REQUESTS);
        assertThat(usage.of("r", day, lastOfDay.plusMillis(1))).isEqualTo(Left.ROOM);
        assertThat(usage.of("r", month, Instant.parse("2026-06-30T23:59:59Z")))
                .isEqualTo(Left.NO_REQUESTS);
        assertThat(usage.of("r", month, Instant.parse("2026-07-01T00:00:00Z")))
                .isEqualTo(Left.ROOM);
    }

    @Test
    void aStreamThatPassesItsUploadFindsNoRoom() {
        var limits =
                new RuleLimits(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Rate(MIB, Period.DAY)),
                        Optional.empty(),
                        OptionalInt.empty());
        assertThat(usage.bytes("r", limits, MIB - 1, 9 * MIB, NOON)).isTrue();
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
        assertThat(usage.bytes("r", limits, 2, 0, NOON)).isFalse();
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.NO_BYTES);
        assertThat(usage.of("other", limits, NOON)).isEqualTo(Left.ROOM);
    }

    @Test
    void bytesOfBothWaysCountTogether() {
        var limits = bytes(Optional.of(new Rate(10, Period.DAY)), Optional.empty());
        assertThat(usage.bytes("r", limits, 4, 5, NOON)).isTrue();
        assertThat(usage.bytes("r", limits, 0, 1, NOON)).isFalse();
    }

    @Test
    void downloadsCountAlone() {
        var limits = bytes(Optional.empty(), Optional.of(new Rate(10, Period.DAY)));
        assertThat(usage.bytes("r", limits, 99, 9, NOON)).isTrue();
        assertThat(usage.bytes("r", limits, 0, 1, NOON)).isFalse();
    }

    @Test
    void connectionsCountWhileTheyAreOpen() {
        var limits =
                new RuleLimits(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.of(2));
        usage.opened("r");
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
        usage.opened("r");
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.NO_CONNECTIONS);
        usage.closed("r");
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
        usage.closed("r");
        usage.closed("r");
        usage.opened("r");
        assertThat(usage.of("r", limits, NOON)).isEqualTo(Left.ROOM);
    }

    @Test
    void anotherLimitIsAnotherCount() {
        usage.request("r", requests(1, Period.DAY), NOON);
        assertThat(usage.of("r", requests(1, Period.DAY), NOON)).isEqualTo(Left.NO_REQUESTS);
        assertThat(usage.of("r", requests(2, Period.DAY), NOON)).isEqualTo(Left.ROOM);
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        var limits = requests(1, Period.DAY);
        usage.request("r", limits, NOON);
        assertThat(usage.of("r", limits, NOON.minusSeconds(200_000))).isEqualTo(Left.NO_REQUESTS);
    }

    @Test
    void aRateIsNeverNegative() {
        assertThatThrownBy(() -> new Rate(-1, Period.DAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RuleLimits requests(long amount, Period period) {
        return new RuleLimits(
                Optional.of(new Rate(amount, period)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static RuleLimits bytes(Optional<Rate> both, Optional<Rate> download) {
        return new RuleLimits(
                Optional.empty(), both, Optional.empty(), download, OptionalInt.empty());
    }
}
