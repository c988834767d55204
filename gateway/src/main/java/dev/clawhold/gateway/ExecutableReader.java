package dev.clawhold.gateway;

import dev.clawhold.linux.FileState;
import dev.clawhold.linux.TaskReader;
import dev.clawhold.policy.program.Executable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Reads path and content hash of the file that a process executes. A hash is computed once for
/// each state of a file; the first one seen at a path is remembered for the sandbox's life. Used by
/// one thread.
final class ExecutableReader {
    private static final int MOST_FILES = 4096;
    private static final int PORTION = 1 << 16;

    /// What came of reading.
    sealed interface Result {
        record Read(Executable executable) implements Result {}

        record Unreadable(String cause) implements Result {}
    }

    private final TaskReader tasks;
    private final Map<FileState, String> hashes = new HashMap<>();
    private final Map<String, String> firstSeen = new HashMap<>();

    ExecutableReader(TaskReader tasks) {
        this.tasks = tasks;
    }

    /// What the thread executes at this moment.
    Result read(int tid) {
        var state = tasks.executableState(tid);
        if (state.isEmpty()) {
            return new Result.Unreadable("its program cannot be looked at");
        }
        if (state.get().links() == 0) {
            return new Result.Unreadable("its program has no name in the file system");
        }
        var path = tasks.executablePath(tid);
        if (path.isEmpty() || !path.get().startsWith("/")) {
            return new Result.Unreadable("its program has no path");
        }
        try {
            return new Result.Read(identify(path.get(), hash(tid, state.get())));
        } catch (IOException e) {
            return new Result.Unreadable("its program cannot be read: " + e.getMessage());
        }
    }

    private Executable identify(String path, String hash) {
        if (firstSeen.size() >= MOST_FILES) {
            return new Executable(path, hash, !hash.equals(firstSeen.get(path)));
        }
        var first = firstSeen.putIfAbsent(path, hash);
        return new Executable(path, hash, first != null && !first.equals(hash));
    }

    private String hash(int tid, FileState state) throws IOException {
        var known = hashes.get(state);
        if (known != null) {
            return known;
        }
        var hash = digest(Path.of("/proc/" + tid + "/exe"));
        // A file that was written while it was read is not remembered.
        if (hashes.size() < MOST_FILES && tasks.executableState(tid).equals(Optional.of(state))) {
            hashes.put(state, hash);
        }
        return hash;
    }

    private static String digest(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var portion = new byte[PORTION];
            for (int read = in.read(portion); read >= 0; read = in.read(portion)) {
                digest.update(portion, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
