package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.SystemCall;
import java.util.List;
import java.util.TreeSet;

/// `/dev` with exactly what programs count on, and the parts of `/proc` that are nobody's business
/// covered.
final class DeviceSteps {
    private static final List<String> COVERED =
            List.of("kcore", "keys", "sysrq-trigger", "timer_list");
    private static final List<String> READ_ONLY = List.of("sys", "bus", "irq", "fs");
    private static final int S_IFREG = 0x8000;
    private static final int MS_NOSUID_NOEXEC = 2 | 8;

    private final ImageBuilder image;
    private final Mounts mounts;
    private final String root;

    DeviceSteps(ImageBuilder image, Mounts mounts, String root) {
        this.image = image;
        this.mounts = mounts;
        this.root = root;
    }

    void make() {
        var dev = root + "/dev";
        image.must("", SystemCall.MKDIRAT, number(-100), image.text(dev), number(0755));
        mounts.tmpfs(dev, "mode=0755,size=64k,nr_inodes=64");
        for (var node : new TreeSet<>(OwnTree.DEVICES)) {
            image.must(
                    "",
                    SystemCall.MKNODAT,
                    number(-100),
                    image.text(root + node),
                    number(S_IFREG | 0444),
                    number(0));
            device(node, root + node);
        }
        link("/proc/self/fd", dev + "/fd");
        link("/proc/self/fd/0", dev + "/stdin");
        link("/proc/self/fd/1", dev + "/stdout");
        link("/proc/self/fd/2", dev + "/stderr");
        directory(dev + "/pts");
        mounts.mount(
                "devpts", dev + "/pts", MS_NOSUID_NOEXEC, "newinstance,ptmxmode=0666,mode=620");
        link("pts/ptmx", dev + "/ptmx");
        directory(dev + "/shm");
        mounts.tmpfs(dev + "/shm", "mode=1777,size=50%");
        coverProc();
    }

    private void coverProc() {
        for (var name : COVERED) {
            if (ProcEntries.exists(name)) {
                device("/dev/null", root + "/proc/" + name);
            }
        }
        for (var name : READ_ONLY) {
            if (ProcEntries.exists(name)) {
                var path = root + "/proc/" + name;
                var tree = mounts.take(path);
                mounts.readOnlyTree(tree);
                mounts.attach("make `/proc/" + name + "` read-only", tree, path);
            }
        }
    }

    private void device(String path, String target) {
        var node = mounts.take(path);
        mounts.restrict(path, node, true, true);
        mounts.attach("show `" + path + "`", node, target);
    }

    private void link(String target, String path) {
        image.must("", SystemCall.SYMLINKAT, image.text(target), number(-100), image.text(path));
    }

    private void directory(String path) {
        image.must("", SystemCall.MKDIRAT, number(-100), image.text(path), number(0755));
    }
}
