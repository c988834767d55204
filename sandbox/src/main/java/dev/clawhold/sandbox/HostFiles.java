package dev.clawhold.sandbox;

import java.util.List;
import java.util.Optional;

/// What the plan of a sandbox's files needs to know of the host's.
interface HostFiles {
    /// One existing file or directory.
    ///
    /// @param path its own path, without symbolic links
    /// @param device whether it is a character or block device
    /// @param uid its owner's id
    /// @param gid its group's id
    /// @param links how many names it has (`st_nlink`)
    record Entry(String path, boolean directory, boolean device, long uid, long gid, long links) {}

    /// What stands at a path, with every symbolic link followed.
    ///
    /// @return empty when nothing is there, or it cannot be looked at
    Optional<Entry> find(String path);

    /// Where the symbolic link at a path points, as written.
    ///
    /// @return empty when the path is no symbolic link
    Optional<String> link(String path);

    /// The paths of what a directory holds, links as they are.
    ///
    /// @return empty when it cannot be listed
    List<String> children(String path);
}
