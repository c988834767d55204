package dev.clawhold.sandbox;

import java.util.Optional;

/// What the plan of a sandbox's files needs to know of the host's.
interface HostFiles {
    /// One existing file or directory.
    ///
    /// @param path its own path, without symbolic links
    /// @param uid its owner's id
    /// @param gid its group's id
    record Entry(String path, boolean directory, boolean device, long uid, long gid) {}

    /// What stands at a path, with every symbolic link followed.
    ///
    /// @return empty when nothing is there, or it cannot be looked at
    Optional<Entry> find(String path);

    /// Where the symbolic link at a path points, as written.
    ///
    /// @return empty when the path is no symbolic link
    Optional<String> link(String path);
}
