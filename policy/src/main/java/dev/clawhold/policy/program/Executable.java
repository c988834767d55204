package dev.clawhold.policy.program;

/// One program file, as the kernel named it.
///
/// @param path the absolute path inside the sandbox (`/proc/PID/exe`), never `argv[0]`
/// @param sha256 64 lower-case hexadecimal digits, the hash of the file's content
/// @param changed whether this path held other content when this sandbox first met it
public record Executable(String path, String sha256, boolean changed) {}
