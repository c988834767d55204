package dev.clawhold.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that runs until it is closed, and has begun when it is handed out.
final class Child implements AutoCloseable {
    static final Path PROGRAM = real("/bin/cat");

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /// One that hands its input on, directly or as the last command's child.
    static Child of(String... command) throws IOException {
        var process = new ProcessBuilder(command).start();
        process.getOutputStream().write('x');
        process.getOutputStream().flush();
        if (process.getInputStream().read() != 'x') {
            throw new AssertionError("the child has not begun");
        }
        return new Child(process);
    }

    /// A copy of a small program, run from there.
    static Child ofCopy(Path place) throws IOException {
        Files.copy(PROGRAM, place);
        return of(place.toString());
    }

    int pid() {
        return (int) process.pid();
    }

    /// The one process that it has started itself.
    int onlyChild() {
        return (int) process.toHandle().children().findFirst().orElseThrow().pid();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private static Path real(String path) {
        try {
            return Path.of(path).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
