package dev.clawhold.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/// The stubs are machine code that nobody can read in passing: their fixed points are checked
/// against what the layout and the table's format say.
class StubsTest {
    private static final int STUB_ADDRESS = 0x40_0100;

    @Test
    void theStubsHaveTheLengthOfTheirDisassembly() {
        assertThat(Architecture.X86_64.stub()).hasSize(172);
        assertThat(Architecture.AARCH64.stub()).hasSize(47 * 4);
    }

    @Test
    void onX86TheFirstInstructionFindsTheTable() {
        var code = code(Architecture.X86_64);

        assertThat(code.getShort(0)).as("lea …(%%rip),%%rbx").isEqualTo((short) 0x8d48);
        assertThat(STUB_ADDRESS + 7L + code.getInt(3)).isEqualTo(table(Architecture.X86_64));
    }

    @Test
    void onX86AFailureIsStoredInTheSlotBeforeTheTable() {
        var code = code(Architecture.X86_64);

        assertThat(STUB_ADDRESS + 0x68L + code.getInt(0x64))
                .as("lea fail,%%rcx at 0x61")
                .isEqualTo(table(Architecture.X86_64) - ElfLayout.FAILURE_SIZE);
    }

    @Test
    void onX86TheNextRecordIsOneRecordFurther() {
        var code = code(Architecture.X86_64);

        assertThat(code.getInt(0x56) & 0xFF_FFFF).as("add imm8,%%rbx").isEqualTo(0xC3_8348);
        assertThat(code.get(0x59)).isEqualTo((byte) ImageBuilder.RECORD_SIZE);
    }

    @Test
    void onX86TheCallIsMadeAtTwoPlaces() {
        var code = code(Architecture.X86_64);

        assertThat(code.getShort(0x2d)).isEqualTo((short) 0x050f);
        assertThat(code.getInt(0xa6)).as("exit_group").isEqualTo(231);
        assertThat(code.getShort(0xaa)).isEqualTo((short) 0x050f);
    }

    @Test
    void onArmTheFirstInstructionFindsTheFailureSlot() {
        int adr = word(0);
        int offset = (((adr >> 5) & 0x7_FFFF) << 2) | ((adr >> 29) & 3);

        assertThat(adr & 0x9F00_001F).as("adr x20, …").isEqualTo(0x1000_0014);
        assertThat(STUB_ADDRESS + (long) offset)
                .isEqualTo(table(Architecture.AARCH64) - ElfLayout.FAILURE_SIZE);
    }

    @Test
    void onArmTheTableFollowsTheFailureSlot() {
        assertThat(word(1)).as("add x19, x20, #16").isEqualTo(0x9100_4293);
    }

    @Test
    void onArmTheNextRecordIsOneRecordFurther() {
        assertThat(word(24)).as("add x19, x19, #88").isEqualTo(0x9101_6273);
        assertThat((word(24) >> 10) & 0xFFF).isEqualTo(ImageBuilder.RECORD_SIZE);
    }

    @Test
    void onArmTheCallIsMadeAtTwoPlaces() {
        assertThat(word(10)).as("svc #0").isEqualTo(0xD400_0001);
        assertThat(word(45)).as("mov x8, #94: exit_group").isEqualTo(0xD280_0BC8);
        assertThat(word(46)).as("svc #0").isEqualTo(0xD400_0001);
    }

    private static int word(int index) {
        return code(Architecture.AARCH64).getInt(4 * index);
    }

    private static ByteBuffer code(Architecture architecture) {
        return ByteBuffer.wrap(architecture.stub()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long table(Architecture architecture) {
        return new ElfLayout(architecture, 0, 0).tableAddress();
    }
}
