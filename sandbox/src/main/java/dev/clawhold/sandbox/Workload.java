package dev.clawhold.sandbox;

import dev.clawhold.policy.Confinement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to be run, and within what.
///
/// @param name the sandbox's name, also its host name: lower-case letters, digits and `-`
/// @param workdir an existing directory, absolute and without symbolic links
/// @param files files of the sandbox's own, such as certificates
/// @param command the program and its arguments; at least the program
/// @param environment everything that the workload finds in its environment
public record Workload(
        String name,
        Confinement confinement,
        Path workdir,
        List<OwnFile> files,
        List<String> command,
        Map<String, String> environment) {
    public Workload {
        files = List.copyOf(files);
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a workload needs a command");
        }
    }
}
