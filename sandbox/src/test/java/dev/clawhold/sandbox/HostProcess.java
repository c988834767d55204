package dev.clawhold.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A [SandboxHost] under one user, and the way to speak to it. It starts with descriptors and a
/// directory that no sandbox may inherit.
final class HostProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, BlockingQueue<String>> answers = new ConcurrentHashMap<>();

    /// @param uid 0, or the ordinary user to run as
    HostProcess(Path directory, int uid) throws IOException {
        var command = new ArrayList<String>();
        if (uid != currentUid()) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
        }
        // What follows is the shell's: descriptors 8 and 9 stay open in whatever it starts.
        command.addAll(List.of("sh", "-c", "exec 8</etc 9</; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(directory)));
        command.add(SandboxHost.class.getName());
        process =
                new ProcessBuilder(command)
                        .directory(Path.of("/etc").toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Thread.ofPlatform().daemon().start(this::read);
    }

    static int currentUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    // The build's own place may be shut to an ordinary user: what is needed is copied.
    private static String classPath(Path directory) throws IOException {
        var copies = Files.createDirectories(directory.resolve("classes"));
        for (var entry : System.getProperty("java.class.path").split(":", -1)) {
            var path = Path.of(entry);
            var name = String.valueOf(path.getFileName());
            if (name.startsWith("jspecify") || name.startsWith("clawhold") || ours(path)) {
                copy(path, copies);
            }
        }
        return copies + ":" + copies + "/*";
    }

    private static boolean ours(Path path) {
        return Files.isDirectory(path.resolve("dev/clawhold"));
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.copy(from, to.resolve(from.getFileName()));
            return;
        }
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.deleteIfExists(target);
                    Files.copy(file, target);
                }
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private void read() {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                int space = line.indexOf(' ');
                if (line.startsWith("@") && space > 0) {
                    var queue = answers.get(line.substring(1, space));
                    if (queue != null) {
                        queue.add(line.substring(space + 1));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// Ends the process as a crash does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// A request for a sandbox.
    ///
    /// @param fields as [SandboxHost] reads them
    Run start(Map<String, List<String>> fields) throws IOException {
        var id = Integer.toString(requests.incrementAndGet());
        var queue = new LinkedBlockingQueue<String>();
        answers.put(id, queue);
        var text = new StringBuilder(SandboxHost.encode("id", id));
        fields.forEach(
                (key, values) -> values.forEach(v -> text.append(SandboxHost.encode(key, v))));
        process.getOutputStream().write((text + "go\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return new Run(queue);
    }

    /// One sandbox that was asked for.
    static final class Run {
        private final BlockingQueue<String> queue;

        private Run(BlockingQueue<String> queue) {
            this.queue = queue;
        }

        /// The next thing that the host says about it.
        String next() throws InterruptedException {
            var answer = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer in " + PATIENCE_SECONDS + " s");
            }
            return answer;
        }

        /// Keeper and pid 1, as the host counts.
        List<Integer> started() throws InterruptedException {
            var words = next().split(" ", -1);
            if (!words[0].equals("started")) {
                throw new AssertionError(String.join(" ", words));
            }
            return List.of(Integer.valueOf(words[1]), Integer.valueOf(words[2]));
        }

        /// The command's exit status.
        int ended() throws InterruptedException {
            var answer = next();
            if (!answer.startsWith("ended ")) {
                throw new AssertionError(answer);
            }
            return Integer.parseInt(answer.substring("ended ".length()));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
