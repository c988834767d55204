package dev.clawhold.linux;

import dev.clawhold.linux.Operand.Constant;
import dev.clawhold.linux.Operand.Content;
import dev.clawhold.linux.Operand.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Where everything of a launch image lies, in the file and in memory. Two segments: headers and
/// stub, readable and executable; failure slot, table and data, readable and writable. Field values
/// from `elf(5)`.
final class ElfLayout {
    static final int FAILURE_SIZE = 16;
    private static final long BASE = 0x400000;
    private static final int STUB_OFFSET = 0x100;
    private static final int EXECUTABLE = 2;
    private static final int LOAD = 1;
    private static final int GNU_STACK = 0x6474_E551;
    private static final int R = 4;
    private static final int W = 2;
    private static final int X = 1;

    private final Architecture architecture;
    private final int tableSize;
    private final int dataSize;

    ElfLayout(Architecture architecture, int tableSize, int dataSize) {
        this.architecture = architecture;
        this.tableSize = tableSize;
        this.dataSize = dataSize;
    }

    int segmentSize() {
        return FAILURE_SIZE + tableSize + dataSize;
    }

    private long segmentAddress() {
        return BASE + architecture.segmentAlignment();
    }

    long tableAddress() {
        return segmentAddress() + FAILURE_SIZE;
    }

    long recordAddress(int index) {
        if (index < 0) {
            throw new IllegalStateException("a label was never placed");
        }
        return tableAddress() + (long) index * ImageBuilder.RECORD_SIZE;
    }

    long address(ImageBuilder.Label label) {
        return recordAddress(label.index());
    }

    long value(Operand operand) {
        return switch (operand) {
            case Constant(var value) -> value;
            case Content _ -> 0; // a load fills it in
            case Place place when place.equals(DataSegment.FAILURE_SLOT) -> segmentAddress();
            case Place(var offset, _) -> tableAddress() + tableSize + offset;
        };
    }

    /// The whole file around the second segment's content.
    byte[] file(byte[] segment) {
        int alignment = architecture.segmentAlignment();
        var stub = architecture.stub();
        var file = ByteBuffer.allocate(alignment + segment.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        file.putShort((short) EXECUTABLE).putShort((short) architecture.machine()).putInt(1);
        file.putLong(BASE + STUB_OFFSET).putLong(64).putLong(0).putInt(0);
        file.putShort((short) 64).putShort((short) 56).putShort((short) 3);
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        header(file, LOAD, R | X, 0, STUB_OFFSET + stub.length);
        header(file, LOAD, R | W, alignment, segment.length);
        header(file, GNU_STACK, R | W, 0, 0);
        file.put(STUB_OFFSET, stub).put(alignment, segment);
        return file.array();
    }

    private void header(ByteBuffer file, int type, int flags, int offset, int size) {
        long address = type == LOAD ? BASE + offset : 0;
        file.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
        file.putLong(size).putLong(size).putLong(architecture.segmentAlignment());
    }
}
