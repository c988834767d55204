package dev.clawhold.sandbox;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.LaunchImage;

/// Compiles a blueprint into a launch image.
///
/// The order is the security argument: each step may rely on those above it; none undoes one.
final class ImageCompiler {
    private ImageCompiler() {}

    static LaunchImage compile(Blueprint blueprint, Architecture architecture) {
        var image = ImageBuilder.begin(architecture);
        var process = new ProcessSteps(image, blueprint);
        var files = new FileSteps(image, blueprint);
        var privilege = new PrivilegeSteps(image, blueprint);

        process.blockSignals(); // before any fork, so that none is lost
        process.closeInherited(); // the caller's descriptors are not ours to hand on
        process.enterUserNamespace(); // its map must stand before anything makes files or mounts
        process.mapOwners(); // while the host's /proc and full powers are there
        process.forkSandbox(); // from here on two: the keeper waits, the sandbox goes on
        process.dieWithKeeper();
        new NetworkSteps(image, blueprint).openSockets(); // binding port 53 needs a capability
        process.joinGroups(); // the host's cgroup files are still visible
        files.buildRoot();
        files.enterRoot();
        process.setLimits(); // hard limits cannot be raised later
        process.giveAwayPipes();
        privilege.dropBoundingSet(); // needs CAP_SETPCAP, which the next step gives away
        privilege.becomeSandboxUser();
        process.dieWithKeeper(); // a change of ids has cleared it
        files.restoreMask();
        files.enterWorkdir(); // as the sandbox's user: a directory it cannot enter is an error
        privilege.dropCapabilities();
        privilege.noNewPrivileges(); // without it the kernel refuses the next two
        files.restrict(); // after the last mount: a restricted task may not mount
        var listener = privilege.filter(architecture); // last: it forbids most of the above
        process.handOver(listener);
        process.forkInit(); // from here on three: pid 1 waits, the workload goes on
        process.execute();
        process.scripts(); // what the waiting processes do, and what a failure does
        return image.build();
    }
}
