package dev.clawhold.linux;

import java.io.IOException;
import java.util.List;

/// Starts launch images: from a sealed memory file, or where the kernel refuses those, from a file
/// on disk that is removed at once.
public final class Launcher {
    private static final List<String> ARGUMENTS = List.of("clawhold-keeper");

    private final Spawn spawn = new Spawn();

    public Launcher() {}

    /// Starts an image.
    ///
    /// @param status a descriptor that the image finds as [LaunchImage#STATUS_DESCRIPTOR]
    /// @throws SyscallException if the kernel refuses both ways; the later refusal is told
    public ChildProcess start(LaunchImage image, int status) {
        try (var file = MemoryFile.executable("clawhold", image.file())) {
            return spawn.start(file.path(), ARGUMENTS, status);
        } catch (SyscallException refused) {
            return startFromDisk(image, status, refused);
        }
    }

    /// Starts an image from disk.
    ChildProcess startFromDisk(LaunchImage image, int status, SyscallException refused) {
        try (var file = DiskFile.executable(image.file())) {
            return spawn.start(file.path(), ARGUMENTS, status);
        } catch (IOException e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }
}
