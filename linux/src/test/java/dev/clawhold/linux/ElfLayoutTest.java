package dev.clawhold.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The file's fields stand where `elf(5)` says.
class ElfLayoutTest {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final byte[] SEGMENT = new byte[ElfLayout.FAILURE_SIZE + 88 + 8];

    @ParameterizedTest
    @CsvSource({"X86_64, 62, 4096", "AARCH64, 183, 65536"})
    void theHeaderNamesTheMachineAndTheEntry(
            Architecture architecture, short machine, int segment) {
        var file = file(architecture);

        assertThat(file.getInt(0)).as("magic").isEqualTo(0x464C_457F);
        assertThat(file.getInt(4)).as("64 bits, little-endian, version 1").isEqualTo(0x1_0102);
        assertThat(file.getShort(16)).as("an executable at fixed addresses").isEqualTo((short) 2);
        assertThat(file.getShort(18)).isEqualTo(machine);
        assertThat(file.getLong(24)).as("entry").isEqualTo(0x40_0100);
        assertThat(file.getLong(32)).as("program headers").isEqualTo(HEADER);
        assertThat(file.getShort(54)).isEqualTo((short) PROGRAM_HEADER);
        assertThat(file.getShort(56)).as("their number").isEqualTo((short) 3);
        assertThat(file.capacity()).isEqualTo(segment + SEGMENT.length);
    }

    @ParameterizedTest
    @EnumSource
    void noSegmentIsWritableAndExecutable(Architecture architecture) {
        var file = file(architecture);

        assertThat(flags(file, 0)).as("headers and stub: R X").isEqualTo(5);
        assertThat(flags(file, 1)).as("table and data: R W").isEqualTo(6);
        assertThat(file.getInt(header(2))).as("the stack's header").isEqualTo(0x6474_E551);
        assertThat(flags(file, 2)).as("the stack: R W").isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void segmentsLieInMemoryAsInTheFile(Architecture architecture) {
        var file = file(architecture);

        for (int segment = 0; segment < 2; segment++) {
            long offset = file.getLong(header(segment) + 8);
            long address = file.getLong(header(segment) + 16);
            long alignment = file.getLong(header(segment) + 48);
            assertThat(address - 0x40_0000).isEqualTo(offset);
            assertThat(offset % alignment).isZero();
        }
    }

    @Test
    void pagesOfArmMayBe64KiB() {
        assertThat(file(Architecture.AARCH64).getLong(header(1) + 48)).isEqualTo(65_536);
    }

    @Test
    void theTableFollowsTheFailureSlotAndTheDataFollowTheTable() {
        var layout = new ElfLayout(Architecture.X86_64, 2 * ImageBuilder.RECORD_SIZE, 8);

        assertThat(layout.value(DataSegment.FAILURE_SLOT)).isEqualTo(0x40_1000);
        assertThat(layout.recordAddress(0)).isEqualTo(0x40_1010);
        assertThat(layout.recordAddress(1)).isEqualTo(0x40_1010 + 88);
        assertThat(layout.value(new Operand.Place(8, "x"))).isEqualTo(0x40_1010 + 2 * 88 + 8);
        assertThat(layout.segmentSize()).isEqualTo(16 + 2 * 88 + 8);
    }

    private static ByteBuffer file(Architecture architecture) {
        return ByteBuffer.wrap(new ElfLayout(architecture, 88, 8).file(SEGMENT))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int header(int index) {
        return HEADER + index * PROGRAM_HEADER;
    }

    private static int flags(ByteBuffer file, int index) {
        return file.getInt(header(index) + 4);
    }
}
