package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Files of `/proc`, read in one go: the kernel gives the rest of such a file to no second read,
/// and `Files.readString` begins with a read of a single byte.
final class SysctlFile {
    private static final int ENOUGH = 4096;

    private SysctlFile() {}

    static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(ENOUGH), StandardCharsets.US_ASCII);
        }
    }

    /// The number in a file; empty where there is no such file.
    static Optional<Long> number(String path) {
        try {
            return Optional.of(Long.parseLong(read(Path.of(path)).strip()));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }
}
