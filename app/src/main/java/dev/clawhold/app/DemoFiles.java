package dev.clawhold.app;

import dev.clawhold.policy.confinement.FileRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The directory that the demo plays in, and everything in it; closing removes it.
///
/// It stands in `/var/tmp`, which a sandbox does not show: what it sees there is the working
/// directory alone.
final class DemoFiles implements AutoCloseable {
    private static final Path PLACE = Path.of("/var/tmp");
    private static final String SECRET = "correct horse battery staple\n";
    private static final String SETTINGS = "colour = blue\n";

    private final Path directory;
    private final Path javaHome;

    private DemoFiles(Path directory, Path javaHome) {
        this.directory = directory;
        this.javaHome = javaHome;
    }

    /// Makes the directory, with a policy that lists one host.
    ///
    /// @param javaHome the JDK that the agent runs with, every link followed
    static DemoFiles make(Path javaHome, String authority, String host) {
        try {
            var files = new DemoFiles(temporary(), javaHome);
            files.fill(authority, host);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() throws IOException {
        var prefix = "clawhold-demo-";
        return Files.isWritable(PLACE)
                ? Files.createTempDirectory(PLACE, prefix)
                : Files.createTempDirectory(prefix);
    }

    private void fill(String authority, String host) throws IOException {
        Files.createDirectory(workdir());
        Files.writeString(workdir().resolve("Agent.java"), agent());
        Files.writeString(directory.resolve("secret.txt"), SECRET);
        Files.writeString(directory.resolve("settings.txt"), SETTINGS);
        Files.writeString(authority(), authority);
        list(List.of(host));
    }

    /// The agent's source.
    static String agent() {
        try (InputStream in = DemoFiles.class.getResourceAsStream("Agent.java")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The policy that lists these hosts for the JDK's `java`.
    static String policy(Path javaHome, List<String> hosts) {
        var text = new StringBuilder("version: 1\nfilesystem_policy:\n  include_workdir: true\n");
        if (!isBaseline(javaHome)) {
            text.append("  read_only: [").append(quoted(javaHome)).append("]\n");
        }
        text.append("network_policies:\n  demo:\n    endpoints:\n");
        hosts.forEach(host -> text.append("      - {host: " + host + ", port: 443}\n"));
        text.append("    binaries: [").append(quoted(javaHome.resolve("bin/java"))).append("]\n");
        return text.toString();
    }

    private static boolean isBaseline(Path path) {
        return FileRules.BASELINE.stream().anyMatch(rule -> path.startsWith(rule.path()));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    /// Saves the policy with these hosts, as editors do: another file is renamed onto it.
    void list(List<String> hosts) {
        var draft = directory.resolve("policy.yaml.new");
        try {
            Files.writeString(draft, policy(javaHome, hosts));
            Files.move(draft, policyFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Path workdir() {
        return directory.resolve("work");
    }

    Path policyFile() {
        return directory.resolve("policy.yaml");
    }

    Path authority() {
        return directory.resolve("authority.pem");
    }

    Path audit() {
        return directory.resolve("audit.jsonl");
    }

    /// Where the supervisor's stderr goes.
    Path stderr() {
        return directory.resolve("stderr.txt");
    }

    /// What the supervisor said there.
    List<String> messages() {
        try {
            return Files.readAllLines(stderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether nobody has touched what is beside the working directory.
    boolean areUntouched() {
        return has("secret.txt", SECRET) && has("settings.txt", SETTINGS);
    }

    private boolean has(String name, String content) {
        try {
            return Files.readString(directory.resolve(name)).equals(content);
        } catch (IOException _) {
            return false;
        }
    }

    /// Whether the file that the agent wrote belongs to whoever runs this.
    boolean ownTheAgentsFile() {
        try {
            var owner = Files.getOwner(workdir().resolve("notes.txt"));
            return owner.equals(Files.getOwner(directory));
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(directory, new Removal());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Minds nobody who removes the same at the same time.
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
