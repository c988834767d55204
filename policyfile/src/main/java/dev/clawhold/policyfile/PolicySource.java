package dev.clawhold.policyfile;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What a policy file turns out to be.
public sealed interface PolicySource {
    /// A file that was read, and what its text means.
    ///
    /// @param files that one and those that it extends, as far as they could be found, whatever
    ///   became of them; presets are none
    record Read(Parsed parsed, List<Path> files) implements PolicySource {
        public Read {
            files = List.copyOf(files);
        }
    }

    /// A file that could not be read.
    ///
    /// @param cause in words
    record Unreadable(String cause) implements PolicySource {}

    /// Reads the file and those that it extends, whatever they are, in bounded memory.
    ///
    /// @param revision of the policy that comes of it
    /// @param now for warnings about rules that have expired
    static PolicySource of(Path file, long revision, Instant now) {
        var sources = new FileSources();
        return switch (FileSources.read(file)) {
            case Sources.Found.Absent _ -> new Unreadable("no such file");
            case Sources.Found.Unreadable(var cause) -> new Unreadable(cause);
            case Sources.Found.Text(var name, var text) -> {
                var parsed = PolicyFile.parse(name, text.bytes(), revision, now, sources);
                yield new Read(
                        parsed, Stream.concat(Stream.of(file), sources.files().stream()).toList());
            }
        };
    }
}
