package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The host's files, looked at through the JDK.
final class NioHostFiles implements HostFiles {
    private static final int S_IFMT = 0xF000;
    private static final int S_IFCHR = 0x2000;
    private static final int S_IFBLK = 0x6000;
    private static final int S_IFDIR = 0x4000;

    @Override
    public Optional<Entry> find(String path) {
        try {
            var real = Path.of(path).toRealPath();
            var facts = Files.readAttributes(real, "unix:mode,uid,gid,nlink");
            int type = (int) number(facts, "mode") & S_IFMT;
            return Optional.of(
                    new Entry(
                            real.toString(),
                            type == S_IFDIR,
                            type == S_IFCHR || type == S_IFBLK,
                            number(facts, "uid"),
                            number(facts, "gid"),
                            number(facts, "nlink")));
        } catch (IOException _) {
            return Optional.empty(); // absent, or not ours to see: the plan says what that means
        }
    }

    private static long number(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof Integer value ? Integer.toUnsignedLong(value) : 0;
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

    @Override
    public List<String> children(String path) {
        try (var files = Files.list(Path.of(path))) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
