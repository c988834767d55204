package dev.clawhold.linux;

/// What changes when a file is replaced or rewritten: equal states are the same content
/// (`statx(2)`).
///
/// @param device major number in the upper half, minor in the lower
/// @param size in bytes
/// @param modified nanoseconds since 1970
/// @param changed nanoseconds since 1970; the kernel alone sets it
/// @param links names it has in its file system; 0: it is deleted, or never had one
public record FileState(
        long device, long inode, long size, long modified, long changed, int links) {}
