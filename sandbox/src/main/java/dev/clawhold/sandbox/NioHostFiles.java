package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// The host's files, looked at through the JDK.
final class NioHostFiles implements HostFiles {
    @Override
    public Optional<Entry> find(String path) {
        try {
            var real = Path.of(path).toRealPath();
            var attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return Optional.of(
                    new Entry(
                            real.toString(),
                            attributes.isDirectory(),
                            attributes.isOther(),
                            id(real, "unix:uid"),
                            id(real, "unix:gid")));
        } catch (IOException _) {
            return Optional.empty(); // absent, or not ours to see: the plan says what that means
        }
    }

    private static long id(Path path, String attribute) throws IOException {
        return Files.getAttribute(path, attribute) instanceof Integer id
                ? Integer.toUnsignedLong(id)
                : 0;
    }

    @Override
    public Optional<String> link(String path) {
        try {
            var file = Path.of(path);
            return Files.isSymbolicLink(file)
                    ? Optional.of(Files.readSymbolicLink(file).toString())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
