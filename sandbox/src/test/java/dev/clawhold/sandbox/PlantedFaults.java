package dev.clawhold.sandbox;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.MemoryFile;
import dev.clawhold.linux.Spawn;
import dev.clawhold.linux.StatusPipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Lets each operation that must succeed fail, one image after the other, and looks whether the
/// command runs all the same.
final class PlantedFaults {
    private static final int TABLE = 4096 + 16;
    private static final int RECORD = 88;
    private static final int MODE = 8 * 8;
    private static final int MUST = 1;
    private static final int NO_SUCH_CALL = 4000; // ENOSYS on every kernel

    // Tried where the kernel refuses the flag of the first attempt only.
    private static final String ONLY_BEFORE_5_19 = "seccomp(1, 8, ";

    private PlantedFaults() {}

    /// The operations whose failure did not stop the start, after the number of those that were
    /// tried. The workload makes a file `canary` in its working directory.
    static String undetected(Workload workload) throws IOException {
        var image =
                ImageCompiler.compile(
                        Surveyor.survey(workload, ControlGroups.none()), Architecture.current());
        var canary = workload.workdir().resolve("canary");
        var wrong = new ArrayList<String>();
        var records = records(image.file());
        for (int at : records) {
            var file = image.file();
            bytes(file).putLong(at, NO_SUCH_CALL);
            var run = run(file);
            long address = 0x40_1000L + at - 4096;
            var report = run.messages().stream().filter(m -> m.kind() < 0).findFirst();
            boolean named = report.isPresent() && report.get().value() == address;
            boolean spare = image.operationAt(address).startsWith(ONLY_BEFORE_5_19);
            if (spare) {
                Files.deleteIfExists(canary);
                continue;
            }
            if (run.status() != 125 || !named || Files.exists(canary)) {
                wrong.add(image.operationAt(address) + " -> " + run.status());
            }
            Files.deleteIfExists(canary);
        }
        return records.size() + " " + wrong;
    }

    private static List<Integer> records(byte[] file) {
        var records = new ArrayList<Integer>();
        for (int at = TABLE; at + RECORD <= file.length; at += RECORD) {
            long number = bytes(file).getLong(at);
            if (number < -1 || number > 500 || bytes(file).getLong(at + MODE) > 6) {
                break; // the data behind the table
            }
            if (number >= 0 && bytes(file).getLong(at + MODE) == MUST) {
                records.add(at);
            }
        }
        return records;
    }

    private record Run(int status, List<StatusPipe.Message> messages) {}

    private static Run run(byte[] file) {
        try (var status = new StatusPipe();
                var image = MemoryFile.executable("planted", file)) {
            var keeper = new Spawn().start(image, status.writingEnd());
            status.handedOver();
            var messages = new ArrayList<StatusPipe.Message>();
            for (var m = status.next(); m.isPresent(); m = status.next()) {
                m.get().descriptors().forEach(Descriptors::close);
                messages.add(m.get());
            }
            return new Run(keeper.await(), messages);
        }
    }

    private static ByteBuffer bytes(byte... file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }
}
