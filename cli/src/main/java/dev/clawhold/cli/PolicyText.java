package dev.clawhold.cli;

import dev.clawhold.policyfile.Content;
import dev.clawhold.policyfile.FileSources;
import dev.clawhold.policyfile.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Policy files as commands read and write them.
final class PolicyText {
    private PolicyText() {}

    static Content read(Path file) {
        return read(file, Optional.empty());
    }

    /// @param hint what to do where there is no such file
    static Content read(Path file, Optional<String> hint) {
        return switch (FileSources.read(file)) {
            case Sources.Found.Text(_, var text) -> text;
            case Sources.Found.Absent _ ->
                    throw new CommandException(cannotRead(file) + "no such file", hint.orElse(""));
            case Sources.Found.Unreadable(var cause) ->
                    throw new CommandException(cannotRead(file) + cause);
        };
    }

    private static String cannotRead(Path file) {
        return "cannot read policy `" + file + "`: ";
    }

    static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new CommandException("`" + word + "` is not a path: " + e.getReason(), "", e);
        }
    }

    /// Puts a text in the place of a file, whole or not at all, with the file's permissions. A link
    /// stays one: what it leads to is replaced.
    static void write(Path file, Content text) {
        try {
            var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            var aside = Files.createTempFile(target.getParent(), ".clawhold-", ".yaml");
            try {
                Files.setPosixFilePermissions(aside, permissions(target));
                fill(aside, text);
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
                sync(Objects.requireNonNull(target.getParent()));
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new CommandException("cannot write `" + file + "`: " + cause(e), "", e);
        }
    }

    private static void fill(Path file, Content text) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// The name too has to survive a loss of power.
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        return Files.exists(file)
                ? Files.getPosixFilePermissions(file)
                : PosixFilePermissions.fromString("rw-r--r--");
    }

    private static String cause(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such directory";
            case FileSystemException f -> Objects.requireNonNullElse(f.getReason(), "input error");
            default -> Objects.requireNonNullElse(e.getMessage(), "input error");
        };
    }
}
