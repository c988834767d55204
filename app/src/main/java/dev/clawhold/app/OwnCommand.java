package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How this process was started, up to the program's own arguments: what starts another one like
/// it.
final class OwnCommand {
    private static final Path ARGUMENTS = Path.of("/proc/self/cmdline"); // proc_pid_cmdline(5)

    private OwnCommand() {}

    /// The JVM, its flags and the main module.
    ///
    /// @throws CommandException if this process was started in another way
    static List<String> current() {
        try {
            var arguments = List.of(Files.readString(ARGUMENTS).split("\0"));
            int module = Math.max(arguments.indexOf("-m"), arguments.indexOf("--module"));
            if (module > 0) {
                return arguments.subList(0, module + 2);
            }
        } catch (IOException e) {
            throw new CommandException("cannot see how `clawhold` was started", "", e);
        }
        throw new CommandException(
                "cannot start another `clawhold`: this one was not started as a module",
                "use the script `clawhold`");
    }
}
