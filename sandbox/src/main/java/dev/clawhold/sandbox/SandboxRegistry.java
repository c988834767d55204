package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which sandboxes run: one small file each, so that a sandbox whose supervisor is gone can be
/// found and ended.
public final class SandboxRegistry {
    private final Path directory;

    /// Keeps its files in a directory that is made when it is needed, for its owner alone.
    public SandboxRegistry(Path directory) {
        this.directory = directory;
    }

    /// Takes a name for a sandbox of this process.
    ///
    /// @throws SetupException if a living sandbox has it, or the file cannot be written
    public Claim claim(String name) {
        var file = directory.resolve(name);
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var supervisor = LivingProcess.of(ProcessHandle.current().pid()).orElseThrow();
            write(file, "supervisor " + supervisor + "\n");
            return new Claim(file, supervisor);
        } catch (IOException e) {
            throw new SetupException(
                    Layer.PROCESSES,
                    "the list of sandboxes in `"
                            + directory
                            + "` cannot be written: "
                            + e.getMessage(),
                    "make it writable, or set XDG_STATE_HOME to a directory that is");
        }
    }

    private void write(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            if (Entry.read(file).filter(Entry::lives).isPresent()) {
                throw new SetupException(
                        Layer.PROCESSES,
                        "a sandbox named `" + file.getFileName() + "` is running",
                        "give another name with --name, or end it: `clawhold reap` ends those whose"
                                + " supervisor is gone");
            }
            replace(file, text);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// A name that is taken until it is closed.
    public static final class Claim implements AutoCloseable {
        private final Path file;
        private final LivingProcess supervisor;

        private Claim(Path file, LivingProcess supervisor) {
            this.file = file;
            this.supervisor = supervisor;
        }

        /// Notes the process that holds the sandbox.
        ///
        /// @throws SetupException if the file cannot be written
        public void started(int keeper) {
            try {
                var holder = LivingProcess.of(keeper).map(LivingProcess::toString).orElse("0 0");
                replace(file, "supervisor " + supervisor + "\nkeeper " + holder + "\n");
            } catch (IOException e) {
                throw new SetupException(
                        Layer.PROCESSES, "`" + file + "` cannot be written: " + e.getMessage(), "");
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                return; // its processes are gone: the next reap removes it
            }
        }
    }

    /// Ends every sandbox whose supervisor is gone, and forgets those that have ended.
    ///
    /// @return what was done, a line each
    /// @throws IOException if the list cannot be read
    public List<String> reap() throws IOException {
        var done = new ArrayList<String>();
        if (!Files.isDirectory(directory)) {
            return done;
        }
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                reap(file).ifPresent(done::add);
            }
        }
        return done;
    }

    private static Optional<String> reap(Path file) throws IOException {
        var entry = Entry.read(file);
        if (entry.isPresent() && entry.get().supervisor().stream().anyMatch(LivingProcess::lives)) {
            return Optional.empty();
        }
        boolean ended = entry.flatMap(Entry::keeper).filter(LivingProcess::kill).isPresent();
        Files.deleteIfExists(file);
        var name = file.getFileName().toString();
        return Optional.of(
                name + (ended ? ": ended, its supervisor was gone" : ": had ended already"));
    }

    /// What a file says.
    private record Entry(Optional<LivingProcess> supervisor, Optional<LivingProcess> keeper) {
        static Optional<Entry> read(Path file) {
            try {
                var lines = Files.readAllLines(file);
                return Optional.of(new Entry(find(lines, "supervisor "), find(lines, "keeper ")));
            } catch (IOException _) {
                return Optional.empty();
            }
        }

        private static Optional<LivingProcess> find(List<String> lines, String key) {
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .flatMap(line -> LivingProcess.parse(line.substring(key.length())));
        }

        boolean lives() {
            return supervisor.stream().anyMatch(LivingProcess::lives)
                    || keeper.stream().anyMatch(LivingProcess::lives);
        }
    }
}
