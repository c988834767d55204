package dev.clawhold.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked of Landlock is what its ABI has: more would be refused, less would be a hole.
class LandlockTest {

    @ParameterizedTest(name = "ABI {0}")
    @CsvSource({
        "1, 0x1FFF, 8, false, false, false",
        "2, 0x3FFF, 8, false, false, false",
        "3, 0x7FFF, 8, false, false, false",
        "4, 0x7FFF, 16, true, false, false",
        "5, 0xFFFF, 16, true, false, false",
        "6, 0xFFFF, 24, true, true, false",
        "7, 0xFFFF, 24, true, true, true",
    })
    void everyRightOfTheAbiIsHandled(
            int abi, String rights, int size, boolean network, boolean scopes, boolean logs) {
        var landlock = new Landlock(abi);
        var attribute = ByteBuffer.wrap(landlock.rulesetAttribute()).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(attribute.capacity()).isEqualTo(size);
        assertThat(attribute.getLong(0)).isEqualTo(Long.decode(rights));
        assertThat(landlock.coversNetwork()).isEqualTo(network);
        assertThat(landlock.hasScopes()).isEqualTo(scopes);
        assertThat(landlock.logs()).isEqualTo(logs);
        if (network) {
            assertThat(attribute.getLong(8)).as("TCP connect").isEqualTo(2);
        }
        if (scopes) {
            assertThat(attribute.getLong(16)).as("abstract sockets, signals").isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "ABI {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aRuleGivesNothingThatIsNotHandled(int abi) {
        var landlock = new Landlock(abi);
        long[] sets = {
            Landlock.READ_ONLY, Landlock.READ_WRITE, Landlock.PROC, Landlock.DEV, Landlock.LIST
        };

        for (long set : sets) {
            var rule = ByteBuffer.wrap(landlock.pathRule(set)).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(rule.getLong(0) & ~landlock.fileRights()).isZero();
            assertThat(rule.getLong(0)).isEqualTo(set & landlock.fileRights());
        }
    }

    @Test
    void aPathRuleHasRoomForTheStoreOfItsDescriptor() {
        assertThat(new Landlock(1).pathRule(Landlock.READ_ONLY)).hasSize(16);
    }

    @Test
    void readingGivesNoWriteAndWritingMakesNoDevice() {
        long write = 1 << 1 | 0x1FF0 | 1 << 13 | 1 << 14;
        long makeDevices = 1 << 6 | 1 << 11;

        assertThat(Landlock.READ_ONLY & write).isZero();
        assertThat(Landlock.PROC & write).isZero();
        assertThat(Landlock.READ_WRITE & makeDevices).isZero();
    }

    @Test
    void aNewerAbiIsUsedAsTheNewestKnown() {
        assertThat(new Landlock(12)).isEqualTo(new Landlock(7));
    }

    @Test
    void noAbiIsNoLandlock() {
        assertThatThrownBy(() -> new Landlock(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thisKernelOffersLandlock() {
        assertThat(Landlock.offered()).as("Landlock's ABI; 0: not enabled").isPositive();
    }
}
