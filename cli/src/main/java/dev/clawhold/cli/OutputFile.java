package dev.clawhold.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A file that a command writes for its user: whoever reads it finds what was there before, or all
/// of what was written.
final class OutputFile {
    private OutputFile() {}

    /// Writes aside, waits for the disk, and puts the file in its place.
    static void write(Path file, String text) {
        var target = file.toAbsolutePath();
        try {
            var folder = Objects.requireNonNullElse(target.getParent(), target);
            if (Files.isDirectory(target)) {
                throw failed(file, "it is a directory");
            }
            if (!Files.isDirectory(folder)) {
                throw failed(file, "its directory does not exist");
            }
            var aside = Files.createTempFile(folder, ".clawhold", ".new");
            try {
                write(aside, text.getBytes(StandardCharsets.UTF_8));
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
                try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                    directory.force(true);
                }
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw failed(file, Objects.requireNonNullElse(e.getMessage(), "output error"));
        }
    }

    private static void write(Path aside, byte[] bytes) throws IOException {
        try (var out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }

    private static CommandException failed(Path file, String cause) {
        return new CommandException("cannot write `" + file + "`: " + cause);
    }
}
