package dev.clawhold.policyfile;

import java.util.Optional;

/// Where a key belongs that was met elsewhere: most often its line is indented too far, or not far
/// enough.
final class KeyHome {
    private KeyHome() {}

    /// What has such keys, with its article; empty for keys that several have.
    static Optional<String> of(String key) {
        return switch (key) {
            case "endpoints", "binaries", "verdict", "until" -> Optional.of("a rule");
            case "host",
                    "port",
                    "ports",
                    "allowed_ips",
                    "protocol",
                    "enforcement",
                    "access",
                    "ask_rules",
                    "deny_rules",
                    "tls" ->
                    Optional.of("an endpoint");
            case "include_workdir", "read_only", "read_write", "baseline" ->
                    Optional.of("`filesystem_policy`");
            case "run_as_user", "run_as_group" -> Optional.of("`process`");
            case "network_policies", "filesystem_policy", "landlock", "process", "inference" ->
                    Optional.of("a policy");
            default -> Optional.empty();
        };
    }
}
