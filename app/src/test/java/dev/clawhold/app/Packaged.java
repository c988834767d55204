package dev.clawhold.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// The packaged program, started as `./clawhold` starts it.
final class Packaged {
    private Packaged() {}

    /// A command line.
    ///
    /// @param scratch where a copy of the jars goes if others may not read them in their place
    static List<String> command(Path scratch, List<String> jvm, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xlog:aot*=off,cds*=off",
                        "--enable-native-access=dev.clawhold.linux,io.netty.common",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules",
                        "io.netty.transport.epoll.linux.x86_64",
                        "-Dsun.net.inetaddr.ttl=0"));
        command.addAll(jvm);
        command.addAll(List.of("-p", jars(scratch).toString()));
        command.addAll(List.of("-m", "dev.clawhold.app/dev.clawhold.app.Main"));
        command.addAll(arguments);
        return command;
    }

    private static Path jars(Path scratch) {
        var built = Path.of("target/dist/lib").toAbsolutePath();
        if (othersReach(built)) {
            return built;
        }
        var copy = scratch.resolve("lib");
        if (!Files.exists(copy)) {
            copy(built, copy);
        }
        return copy;
    }

    private static void copy(Path from, Path to) {
        try (var jars = Files.newDirectoryStream(from, "*.jar")) {
            Files.createDirectory(to);
            for (var jar : jars) {
                Files.copy(jar, to.resolve(jar.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean othersReach(Path directory) {
        for (var path = directory; path != null; path = path.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(path)
                        .contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return true;
    }
}
