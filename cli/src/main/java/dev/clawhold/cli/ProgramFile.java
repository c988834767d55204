package dev.clawhold.cli;

import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A program named on the command line, as the kernel would name it when it runs.
final class ProgramFile {
    private static final String UNKNOWN_HASH = "0".repeat(64);

    private ProgramFile() {}

    /// The program with its links followed and its content's hash. Where the file is not on this
    /// machine, its path stands as it was given, and no rule that pins a hash fits.
    static Program of(String path) {
        if (!path.startsWith("/")) {
            throw new CommandException(
                    "cannot explain program `" + path + "`: its path is not absolute",
                    "name the program's file, such as `/usr/bin/git`");
        }
        var resolved = resolved(path);
        return new Program.Known(new Executable(resolved, sha256(resolved), false), List.of(), 0);
    }

    /// The file that a path leads to; the path itself where there is none.
    static String resolved(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException _) {
            return path;
        }
    }

    private static String sha256(String path) {
        try {
            var file = Path.of(path);
            return Files.isRegularFile(file) ? sha256(file) : UNKNOWN_HASH;
        } catch (IOException | InvalidPathException _) {
            return UNKNOWN_HASH;
        }
    }

    private static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
