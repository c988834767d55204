package dev.clawhold.policyfile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/// What a policy file turns out to be.
public sealed interface PolicySource {
    /// A file that was read, and what its text means.
    record Read(Parsed parsed) implements PolicySource {}

    /// A file that could not be read.
    ///
    /// @param cause in words
    record Unreadable(String cause) implements PolicySource {}

    /// Reads the file, whatever it is, in bounded memory.
    ///
    /// @param revision of the policy that comes of it
    /// @param now for warnings about rules that have expired
    static PolicySource of(Path file, long revision, Instant now) {
        if (Files.isDirectory(file)) {
            return new Unreadable("it is a directory");
        }
        try (var in = Files.newInputStream(file)) {
            // Devices and pipes have no size: what counts is what comes.
            boolean large = Files.size(file) > PolicyFile.LONGEST;
            var text = large ? new byte[0] : in.readNBytes(PolicyFile.LONGEST + 1);
            return large || text.length > PolicyFile.LONGEST
                    ? new Unreadable("it is larger than 16 MiB")
                    : new Read(PolicyFile.parse(file.toString(), text, revision, now));
        } catch (NoSuchFileException _) {
            return new Unreadable("no such file");
        } catch (AccessDeniedException _) {
            return new Unreadable("permission denied");
        } catch (IOException e) {
            return new Unreadable(Objects.requireNonNullElse(e.getMessage(), "input error"));
        }
    }
}
