package dev.clawhold.sandbox;

import dev.clawhold.policy.confinement.Access;
import java.util.List;

/// One host path as the sandbox shows it.
///
/// @param entry what stands there
/// @param access how it is shown
/// @param inside whether it lies below another exposure, so that its mount point exists already
/// @param owner whether its owner's id must stand for the sandbox's (see [IdMap])
record Exposure(HostFiles.Entry entry, Access access, boolean inside, boolean owner) {

    String path() {
        return entry.path();
    }

    /// Whether it is a device, or a directory of them.
    boolean device() {
        return entry.device() || path().startsWith("/dev/");
    }

    /// Which host paths a sandbox shows, parents before children, and what was passed over.
    ///
    /// @param links symbolic links that the sandbox's own tree must have
    /// @param warnings paths that were skipped, for the operator
    record Plan(List<Exposure> exposures, List<Link> links, List<String> warnings) {
        Plan {
            exposures = List.copyOf(exposures);
            links = List.copyOf(links);
            warnings = List.copyOf(warnings);
        }

        /// Whether the path lies below a host directory that the sandbox shows.
        boolean shows(String path) {
            return exposures.stream().anyMatch(e -> path.startsWith(e.path() + "/"));
        }

        /// Whether the workload could change what stands at a path: the longest exposure that
        /// contains it decides.
        boolean writes(String path) {
            Exposure longest = null;
            for (var exposure : exposures) {
                boolean contains =
                        path.equals(exposure.path()) || path.startsWith(exposure.path() + "/");
                if (contains
                        && (longest == null
                                || exposure.path().length() > longest.path().length())) {
                    longest = exposure;
                }
            }
            return longest != null && longest.access() == Access.READ_WRITE;
        }
    }

    /// A symbolic link of the sandbox's own tree.
    record Link(String path, String target) {}
}
