package dev.clawhold.sandbox;

import dev.clawhold.linux.Caller;
import dev.clawhold.linux.Landlock;
import dev.clawhold.linux.Terminal;
import dev.clawhold.policy.confinement.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.OptionalLong;

/// Looks at the machine and the caller, and completes a workload to a blueprint.
final class Surveyor {
    private static final int FIRST_OWN_ID = 0x7000_0000;
    private static final int OWN_IDS = 0x0800_0000;
    private static final long PROCESSES = 1024;
    private static final long DESCRIPTORS = 16_384;

    private Surveyor() {}

    static Blueprint survey(Workload workload, ControlGroups groups) {
        var confinement = workload.confinement();
        var ids = ids(Caller.current(), confinement.identity().uid(), confinement.identity().gid());
        var files = new ArrayList<>(EtcFiles.forUser(workload.name(), ids.uid(), ids.gid()));
        files.addAll(workload.files());
        var host = new NioHostFiles();
        var plan = ExposurePlanner.plan(confinement.files(), workload.workdir().toString(), host);
        Slips.refuse(workload, plan);
        // In a read-only tree of the host's a file can be covered, but none be made.
        files.removeIf(file -> plan.shows(file.path()) && host.find(file.path()).isEmpty());
        return new Blueprint(
                workload.name(),
                plan,
                files,
                workload.workdir().toString(),
                ids,
                ceilings(confinement.limits()),
                machine(),
                stdio(),
                groups.paths(),
                workload.command(),
                workload.environment());
    }

    /// The groups that hold the workload's limits on this machine.
    ///
    /// @throws SetupException if the policy asks for one that cannot be held
    static ControlGroups groups(Workload workload) {
        var confinement = workload.confinement();
        boolean ownIds = !Caller.current().isRoot() || confinement.identity().uid().isEmpty();
        return ControlGroups.plan(
                workload.name(), confinement.limits(), memory(), ownIds, GroupTree.current());
    }

    /// A root caller's sandbox gets ids of its own, drawn from a range that no distribution hands
    /// out; an ordinary caller's keeps the caller's, through a user namespace.
    private static Blueprint.Ids ids(Caller caller, OptionalLong uid, OptionalLong gid) {
        if (!caller.isRoot()) {
            return new Blueprint.Ids(
                    false,
                    caller.uid(),
                    caller.gid(),
                    uid.orElse(caller.uid()),
                    gid.orElse(caller.gid()));
        }
        long own = (long) FIRST_OWN_ID + new SecureRandom().nextInt(OWN_IDS);
        return new Blueprint.Ids(true, 0, 0, uid.orElse(own), gid.orElse(own));
    }

    private static Blueprint.Ceilings ceilings(Limits limits) {
        return new Blueprint.Ceilings(
                limits.pids().orElse(PROCESSES),
                limits.files().orElse(Math.min(DESCRIPTORS, Terminal.descriptorLimit())),
                memory() / 4);
    }

    private static Blueprint.Machine machine() {
        int abi = Landlock.offered();
        if (abi < 1) {
            throw new SetupException(
                    Layer.FILES,
                    "Landlock is not enabled in this kernel",
                    "add `landlock` to the kernel's `lsm=` parameter and reboot");
        }
        int lastCapability =
                Integer.parseInt(ProcFile.read("/proc/sys/kernel/cap_last_cap").strip());
        return new Blueprint.Machine(
                abi, lastCapability, Files.exists(Path.of("/proc/net/if_inet6")));
    }

    private static long memory() {
        var line =
                ProcFile.read("/proc/meminfo").lines().findFirst().orElse("MemTotal: 1048576 kB");
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }

    private static Blueprint.Stdio stdio() {
        var pipes = new ArrayList<Integer>();
        int terminal = -1;
        for (int descriptor = 0; descriptor < 3; descriptor++) {
            if (Terminal.is(descriptor)) {
                terminal = descriptor;
            } else if (Terminal.isPipe(descriptor)) {
                pipes.add(descriptor);
            }
        }
        return new Blueprint.Stdio(pipes, terminal);
    }
}
