package dev.clawhold.linux;

import dev.clawhold.linux.Operand.Constant;
import dev.clawhold.linux.Operand.Content;
import dev.clawhold.linux.Operand.Place;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The data behind a launch image's table: texts, structures, slots. Offsets are relative to its
/// start; the layout turns them into addresses once the table's size is known.
final class DataSegment {
    /// The 16 bytes before the table that hold −errno and the failed record's address.
    static final Place FAILURE_SLOT = new Place(-1, "the failure slot");

    private record Patch(int offset, Operand operand) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Patch> patches = new ArrayList<>();

    Place add(byte[] content, String words) {
        bytes.writeBytes(new byte[-bytes.size() & 7]);
        var place = new Place(bytes.size(), words);
        bytes.writeBytes(content);
        return place;
    }

    void patch(int offset, Operand operand) {
        patches.add(new Patch(offset, operand));
    }

    int size() {
        return bytes.size();
    }

    void write(ElfLayout layout, ByteBuffer out) {
        int start = out.position();
        out.put(bytes.toByteArray());
        for (var patch : patches) {
            out.putLong(start + patch.offset(), layout.value(patch.operand()));
        }
    }

    /// The call as one would write it.
    static String words(SystemCall call, Operand... arguments) {
        return Arrays.stream(arguments)
                .map(DataSegment::words)
                .collect(Collectors.joining(", ", call + "(", ")"));
    }

    private static String words(Operand operand) {
        return switch (operand) {
            case Constant(var value) when Math.abs(value) > 4096 -> "0x" + Long.toHexString(value);
            case Constant(var value) -> Long.toString(value);
            case Place place -> place.words();
            case Content(var place) -> place.words();
        };
    }
}
