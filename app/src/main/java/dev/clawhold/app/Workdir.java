package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directory that the workload may write in.
final class Workdir {
    private Workdir() {}

    /// The directory itself, every symbolic link followed once and for all.
    static Path check(Path given) {
        if (!Files.exists(given)) {
            throw unusable(given, "no such directory", "create it, or name another with --workdir");
        }
        if (!Files.isDirectory(given)) {
            throw unusable(given, "it is not a directory", "name a directory with --workdir");
        }
        try {
            return given.toRealPath();
        } catch (IOException e) {
            throw unusable(given, "it cannot be reached", "name another with --workdir");
        }
    }

    private static CommandException unusable(Path given, String why, String hint) {
        return new CommandException(
                "cannot use the working directory `" + given + "`: " + why, hint);
    }
}
