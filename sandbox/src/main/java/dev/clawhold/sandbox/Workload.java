package dev.clawhold.sandbox;

import dev.clawhold.policy.confinement.Confinement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be run, and within what.
///
/// @param name the sandbox's name, also its host name: lower-case letters, digits and `-`
/// @param workdir an existing directory, absolute and without symbolic links
/// @param files files of the sandbox's own, such as certificates
/// @param command the program and its arguments; at least the program
/// @param environment everything that the workload finds in its environment
/// @param protectedPaths files and directories that the workload must not be able to change:
///   Clawhold's own, its policy, log and state; they need not exist yet
/// @param operatorHome the operator's home directory, which as a whole is no working directory
public record Workload(
        String name,
        Confinement confinement,
        Path workdir,
        List<OwnFile> files,
        List<String> command,
        Map<String, String> environment,
        List<Path> protectedPaths,
        Optional<Path> operatorHome) {
    public Workload {
        files = List.copyOf(files);
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a workload needs a command");
        }
        protectedPaths = List.copyOf(protectedPaths);
    }

    /// A workload that nothing is to be kept from but what its confinement says.
    public Workload(
            String name,
            Confinement confinement,
            Path workdir,
            List<OwnFile> files,
            List<String> command,
            Map<String, String> environment) {
        this(name, confinement, workdir, files, command, environment, List.of(), Optional.empty());
    }
}
