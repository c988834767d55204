package dev.clawhold.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

/// Which optional entries this kernel's `/proc` has.
final class ProcEntries {
    private ProcEntries() {}

    static boolean exists(String name) {
        return Files.exists(Path.of("/proc", name));
    }
}
