package dev.clawhold.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A place on the host for one test: a working directory of the ordinary user's, and things around
/// it that no sandbox may see.
final class Ground {
    private final HostProcess host;
    private final Path base;
    private final int owner;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    Ground(HostProcess host, Path base, int owner) throws IOException {
        this.host = host;
        this.base = base;
        this.owner = owner;
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        give(base, "rwxr-xr-x");
        directory("w");
        fields.put("workdir", List.of(workdir().toString()));
    }

    HostProcess host() {
        return host;
    }

    Path workdir() {
        return base.resolve("w");
    }

    Path path(String name) {
        return base.resolve(name);
    }

    Path directory(String name) throws IOException {
        var path = Files.createDirectories(base.resolve(name));
        give(path, "rwxr-xr-x");
        return path;
    }

    Path file(String name, String content) throws IOException {
        var path = Files.writeString(base.resolve(name), content);
        give(path, "rw-rw-rw-");
        return path;
    }

    private void give(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        if (HostProcess.currentUid() == 0) {
            Files.setAttribute(path, "unix:uid", owner);
            Files.setAttribute(path, "unix:gid", owner);
        }
    }

    Ground rule(String access, Path path) {
        return with("rule", access + " " + path);
    }

    Ground with(String key, String value) {
        fields.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
        return this;
    }

    /// Asks for a sandbox with this command.
    HostProcess.Run start(String... command) throws IOException {
        return startIn(host, command);
    }

    HostProcess.Run startIn(HostProcess starter, String... command) throws IOException {
        var request = new LinkedHashMap<>(fields);
        request.put("arg", List.of(command));
        return starter.start(request);
    }

    /// Runs a shell's lines to their end; their output is in the file `out`.
    String shell(String script) throws IOException, InterruptedException {
        var run = start("/bin/sh", "-c", "exec > out 2>&1\n" + script);
        run.started();
        run.ended();
        return Files.readString(workdir().resolve("out"));
    }

    /// Runs a probe to its end and verifies what it found.
    void run(Probe probe) throws IOException, InterruptedException {
        give(probe.writeTo(workdir(), "probe"), "rwxr-xr-x");
        var run = start("./probe");
        run.started();
        run.ended();
        probe.verify(workdir());
    }
}
