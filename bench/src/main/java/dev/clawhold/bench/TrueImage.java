package dev.clawhold.bench;

import dev.clawhold.linux.MemoryFile;
import dev.clawhold.linux.Spawn;
import dev.clawhold.linux.StatusPipe;
import dev.clawhold.policy.Policy;
import dev.clawhold.sandbox.OwnFile;
import dev.clawhold.sandbox.Sandbox;
import dev.clawhold.sandbox.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The launch image of `clawhold run -- /bin/true`, compiled once: every layer, and certificates of
/// the usual size. Nobody listens for its connects, since the command makes none.
final class TrueImage implements StartRace.Starter {
    private static final List<String> CERTIFICATES =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/java/cacerts");
    private static final String BUNDLE = "/run/clawhold/ca-bundle.pem";

    private final Spawn spawn;
    private final MemoryFile file;

    private TrueImage(Spawn spawn, MemoryFile file) {
        this.spawn = spawn;
        this.file = file;
    }

    static TrueImage compile(Spawn spawn, boolean withCertificates) {
        var sandbox =
                Sandbox.prepare(
                        new Workload(
                                "bench",
                                Policy.builtIn().confinement(),
                                Path.of("").toAbsolutePath(),
                                withCertificates ? certificates() : List.of(),
                                List.of("/bin/true"),
                                Map.of("PATH", "/usr/bin:/bin")));
        return new TrueImage(spawn, MemoryFile.executable("clawhold", sandbox.image().file()));
    }

    private static List<OwnFile> certificates() {
        var files = new ArrayList<OwnFile>();
        try {
            for (var name : CERTIFICATES) {
                if (Files.exists(Path.of(name))) {
                    files.add(OwnFile.over(name, Files.readAllBytes(Path.of(name))));
                }
            }
            files.add(new OwnFile(BUNDLE, Files.readAllBytes(Path.of(CERTIFICATES.getFirst()))));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int run() {
        // What the image says on it fits into the pipe, so nobody need read it.
        try (var status = new StatusPipe()) {
            return spawn.start(file, status.writingEnd()).await();
        }
    }
}
