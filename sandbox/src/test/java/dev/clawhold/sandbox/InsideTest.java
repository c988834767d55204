package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Real sandboxes, attacked from inside, as root and as an ordinary user. Each attack has a twin
/// that is allowed and works: a sandbox in which nothing works proves nothing.
@ParameterizedClass(name = "uid {0}")
@MethodSource("users")
abstract class InsideTest {
    static final int ORDINARY = 64_123;
    static final int READ_ONLY = 0;
    static final int WRITE_ONLY = 1;
    private static final Map<Integer, HostProcess> HOSTS = new HashMap<>();

    @TempDir static Path shared;

    @Parameter int user;
    @TempDir Path base;
    Ground ground;

    /// Root where the tests are root's, and always an ordinary user.
    static Stream<Integer> users() throws IOException {
        int current = HostProcess.currentUid();
        return current == 0 ? Stream.of(0, ORDINARY) : Stream.of(current);
    }

    @BeforeEach
    void makeGround() throws IOException {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        var host = HOSTS.get(user);
        if (host == null) {
            host = newHost();
            HOSTS.put(user, host);
        }
        ground = new Ground(host, base.toRealPath(), owner());
    }

    HostProcess newHost() throws IOException {
        return new HostProcess(
                Files.createTempDirectory(
                        shared,
                        "host",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x"))),
                user);
    }

    private int owner() {
        return user == 0 ? ORDINARY : user;
    }

    @AfterAll
    static void endHosts() {
        HOSTS.values().forEach(HostProcess::close);
        HOSTS.clear();
    }

    // --- what the tests need ---

    long hostPid() {
        return ground.host().pid();
    }

    static int nice(int pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(fields[16]);
    }

    static void end(List<Integer> pids) {
        ProcessHandle.of(pids.get(0)).ifPresent(ProcessHandle::destroy); // TERM to the keeper
    }

    static String link(int pid, String space) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + space)).toString();
    }

    static List<Path> members(Path space) throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> space.equals(namespace(process))).toList();
        }
    }

    static Path namespace(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/pid"));
        } catch (IOException _) {
            return process; // no process, or gone, or another user's
        }
    }

    // The event itself, with a bound.
    static void awaitFile(Path file) throws IOException, InterruptedException {
        try (var watch = file.getFileSystem().newWatchService()) {
            Objects.requireNonNull(file.getParent())
                    .register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            for (int i = 0; i < 100 && Files.notExists(file); i++) {
                var key = watch.poll(100, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.reset();
                }
            }
        }
        assertThat(file).exists();
    }
}
