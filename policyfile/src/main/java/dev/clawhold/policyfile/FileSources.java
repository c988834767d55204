package dev.clawhold.policyfile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The files of this machine, and the presets. Remembers which files were asked for. Not for
/// several threads.
public final class FileSources implements Sources {
    private final Set<Path> asked = new LinkedHashSet<>();

    /// Sources that nobody has asked yet.
    public FileSources() {}

    @Override
    public Found file(String path, String from) {
        try {
            var file = Path.of(from).resolveSibling(path).normalize();
            asked.add(file);
            return read(file);
        } catch (InvalidPathException e) {
            return new Found.Unreadable(e.getReason());
        }
    }

    /// The files that were asked for, in that order, whether or not they are there.
    public List<Path> files() {
        return List.copyOf(asked);
    }

    /// Reads a file in bounded memory, whatever it is; its name is the path as it is given.
    public static Found read(Path file) {
        if (Files.isDirectory(file)) {
            return new Found.Unreadable("it is a directory");
        }
        try (var in = Files.newInputStream(file)) {
            // Devices and pipes have no size: what counts is what comes.
            boolean large = Files.size(file) > PolicyFile.LONGEST;
            var text = large ? new byte[0] : in.readNBytes(PolicyFile.LONGEST + 1);
            return large || text.length > PolicyFile.LONGEST
                    ? new Found.Unreadable("it is larger than 16 MiB")
                    : new Found.Text(file.toString(), Content.of(text));
        } catch (NoSuchFileException _) {
            return new Found.Absent();
        } catch (AccessDeniedException _) {
            return new Found.Unreadable("permission denied");
        } catch (IOException e) {
            return new Found.Unreadable(Objects.requireNonNullElse(e.getMessage(), "input error"));
        }
    }
}
