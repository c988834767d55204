package dev.clawhold.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// An executable on disk that only its owner can open, gone as soon as it is closed: for machines
/// whose kernel executes no memory files (`vm.memfd_noexec=2`, or a security module).
final class DiskFile implements AutoCloseable {
    private final Path file;

    private DiskFile(Path file) {
        this.file = file;
    }

    static DiskFile executable(byte[] content) throws IOException {
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var file = new DiskFile(Files.createTempFile("clawhold", ".image", owner));
        try {
            Files.write(file.file, content);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    String path() {
        return file.toString();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
