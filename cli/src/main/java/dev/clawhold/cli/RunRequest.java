package dev.clawhold.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `clawhold run` was asked to do.
///
/// @param policy the policy file; empty: the built-in policy
/// @param name the sandbox's name, `[a-z0-9][a-z0-9-]{0,62}`; empty: the runner chooses
/// @param workdir absolute; nobody has looked yet whether it exists
/// @param environment what the command is given besides the fixed small environment, in the order
///   of the options
/// @param resolve real addresses for names, on the operator's word
/// @param upstreamCas PEM files with further authorities for upstream TLS
/// @param audit the audit log; empty: the default place
/// @param auditSync whether every record waits for the disk
/// @param explain whether to print the launch image in words instead of running
/// @param command the program and its arguments, at least one
public record RunRequest(
        Optional<Path> policy,
        Optional<String> name,
        Path workdir,
        Map<String, String> environment,
        List<ResolveMapping> resolve,
        List<Path> upstreamCas,
        Optional<Path> audit,
        boolean auditSync,
        boolean explain,
        List<String> command) {
    public RunRequest {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        resolve = List.copyOf(resolve);
        upstreamCas = List.copyOf(upstreamCas);
        command = List.copyOf(command);
    }
}
