package dev.clawhold.sandbox;

import java.util.List;
import java.util.Map;

/// Everything a launch image is compiled from: plain values, so that the same blueprint always
/// gives the same image.
record Blueprint(
        String name,
        Exposure.Plan files,
        List<OwnFile> ownFiles,
        String workdir,
        Ids ids,
        Ceilings ceilings,
        Machine machine,
        Stdio stdio,
        List<String> groups,
        List<String> command,
        Map<String, String> environment) {
    Blueprint {
        ownFiles = List.copyOf(ownFiles);
        groups = List.copyOf(groups);
        command = List.copyOf(command);
    }

    /// The same without control groups.
    Blueprint withoutGroups() {
        return new Blueprint(
                name,
                files,
                ownFiles,
                workdir,
                ids,
                ceilings,
                machine,
                stdio,
                List.of(),
                command,
                environment);
    }

    /// Whose ids are used.
    ///
    /// @param root whether the caller is root: ids are switched; else a user namespace maps the
    ///   caller's own ids
    record Ids(boolean root, long callerUid, long callerGid, long uid, long gid) {}

    /// What the kernel and the machine offer.
    ///
    /// @param lastCapability `/proc/sys/kernel/cap_last_cap`
    record Machine(int landlockAbi, int lastCapability, boolean ipv6) {}

    /// What the standard descriptors are.
    ///
    /// @param pipes the ones that are pipes, which the workload may want to reopen by path
    /// @param terminal one that is a terminal, or −1
    record Stdio(List<Integer> pipes, int terminal) {
        Stdio {
            pipes = List.copyOf(pipes);
        }
    }

    /// The ceilings that the image sets itself.
    ///
    /// @param processes of the sandbox's uid in its user namespace (`RLIMIT_NPROC`)
    /// @param descriptors of one process
    /// @param temporary bytes of the private `/tmp`
    record Ceilings(long processes, long descriptors, long temporary) {}
}
