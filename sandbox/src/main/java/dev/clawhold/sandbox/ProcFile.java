package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The kernel's own files, such as those of `/proc`.
final class ProcFile {
    private static final int ENOUGH = 1 << 20;

    private ProcFile() {}

    /// A file that every kernel has.
    ///
    /// @throws SetupException if it cannot be read
    static String read(String path) {
        return find(path)
                .orElseThrow(() ->
                        new SetupException(
                                Layer.PROCESSES, "cannot read `" + path + "`", "mount /proc"));
    }

    /// A file that is not there on every kernel.
    static Optional<String> find(String path) {
        // One read takes it all: the kernel gives the rest of such a file to no second read, and
        // Files.readString begins with a read of a single byte.
        try (var in = Files.newInputStream(Path.of(path))) {
            return Optional.of(new String(in.readNBytes(ENOUGH), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
