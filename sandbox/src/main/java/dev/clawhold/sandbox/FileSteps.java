package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import dev.clawhold.policy.confinement.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The steps that give the sandbox a file tree of its own: a small read-only tmpfs with the exposed
/// host paths mounted into it, and Landlock over the result.
///
/// Every host path is taken (`open_tree(2)`) before the new root covers anything, so a policy may
/// list any path, also below the place where the root is built.
final class FileSteps {
    /// Where the new root is mounted while it is built; the host's own directory is untouched.
    private static final String ROOT = "/tmp";

    private static final String OWN_FILES = ROOT + "/.clawhold";
    private static final Operand NONE = number(0);
    private static final int S_IFREG = 0x8000;
    private static final int MNT_DETACH = 2;
    private static final int AT_REMOVEDIR = 0x200;

    private final ImageBuilder image;
    private final Blueprint blueprint;
    private final Mounts mounts;
    private final Place operatorsMask;
    private final Set<String> made = new HashSet<>(List.of("/"));

    FileSteps(ImageBuilder image, Blueprint blueprint) {
        this.image = image;
        this.blueprint = blueprint;
        this.mounts = new Mounts(image);
        this.operatorsMask = image.slot("the operator's file mode mask");
    }

    void buildRoot() {
        mounts.leaveHost();
        var mask = image.must("", SystemCall.UMASK, number(022));
        image.copy(mask, operatorsMask);
        var taken = takeExposures();
        mounts.tmpfs(ROOT, "mode=0755,size=64m,nr_inodes=4096");
        image.must("", SystemCall.CHDIR, image.text(ROOT));
        ownPlaces();
        attachExposures(taken);
        links();
        new OwnFileSteps(image, mounts, this::makeMountPoint)
                .cover(blueprint.ownFiles(), OWN_FILES, ROOT);
    }

    private List<@Nullable Place> takeExposures() {
        var taken = new ArrayList<@Nullable Place>();
        for (var exposure : blueprint.files().exposures()) {
            taken.add(exposure.access() == Access.DENY ? null : take(exposure));
        }
        return taken;
    }

    private Place take(Exposure exposure) {
        var tree = mounts.takeExactly(exposure.path());
        if (exposure.owner() && blueprint.ids().root()) {
            var map = IdMap.descriptor(blueprint, IdMap.owner(exposure));
            mounts.mapIds(exposure.path(), tree, map);
        }
        mounts.restrict(
                exposure.path(),
                tree,
                exposure.access() == Access.READ_WRITE || exposure.device(),
                exposure.device());
        return tree;
    }

    private void ownPlaces() {
        directory("/proc", 0755);
        mounts.proc(ROOT + "/proc");
        new DeviceSteps(image, mounts, ROOT).make();
        made.addAll(List.of("/dev", "/dev/shm", "/dev/pts"));
        ownTmpfs("/tmp", "mode=1777,size=" + blueprint.ceilings().temporary());
        ownTmpfs("/run", "mode=1777,size=16m");
        if (blueprint.files().exposures().stream().noneMatch(e -> e.path().equals(OwnTree.HOME))) {
            var ids = blueprint.ids();
            ownTmpfs(
                    OwnTree.HOME,
                    "mode=0700,size="
                            + blueprint.ceilings().temporary()
                            + ",uid="
                            + ids.uid()
                            + ",gid="
                            + ids.gid());
        }
    }

    private void ownTmpfs(String path, String options) {
        directory(path, 0755);
        mounts.tmpfs(ROOT + path, options);
    }

    private void directory(String path, int mode) {
        if (made.add(path)) {
            parents(path);
            image.must("", SystemCall.MKDIRAT, number(-100), image.text(ROOT + path), number(mode));
        }
    }

    private void parents(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            directory(path.substring(0, slash), 0755);
        }
    }

    /// Makes an empty file as a mount point. Not by open: a descriptor open for writing would keep
    /// the root from becoming read-only.
    private void makeFile(String path) {
        if (made.add(path)) {
            parents(path);
            image.must(
                    "",
                    SystemCall.MKNODAT,
                    number(-100),
                    image.text(ROOT + path),
                    number(S_IFREG | 0444),
                    NONE);
        }
    }

    // What the host's tree holds already needs none.
    private void makeMountPoint(String path) {
        if (!blueprint.files().shows(path)) {
            makeFile(path);
        }
    }

    private void attachExposures(List<@Nullable Place> taken) {
        var exposures = blueprint.files().exposures();
        for (int i = 0; i < exposures.size(); i++) {
            var exposure = exposures.get(i);
            var tree = taken.get(i);
            if (tree == null) {
                hide(exposure);
                continue;
            }
            if (!exposure.inside()) {
                if (exposure.entry().directory()) {
                    directory(exposure.path(), 0755);
                } else {
                    makeFile(exposure.path());
                }
            }
            mounts.attachExactly(words(exposure), tree, ROOT + exposure.path());
        }
    }

    private static String words(Exposure exposure) {
        return "show `"
                + exposure.path()
                + (exposure.access() == Access.READ_WRITE ? "` for writing" : "` read-only");
    }

    // A directory is covered by an empty one that nothing can be made in; a file, by one that
    // nobody may open, whoever owns it: it has no mode bits and cannot get any.
    private void hide(Exposure exposure) {
        boolean directory = exposure.entry().directory();
        var mask = ROOT + "/.mask";
        if (directory) {
            image.must("", SystemCall.MKDIRAT, number(-100), image.text(mask), number(0555));
        } else {
            image.must(
                    "", SystemCall.MKNODAT, number(-100), image.text(mask), number(S_IFREG), NONE);
        }
        var tree = mounts.take(mask);
        mounts.restrict("the mask", tree, false, false);
        mounts.attachExactly("hide `" + exposure.path() + "`", tree, ROOT + exposure.path());
        remove(image, mask, directory);
    }

    private void links() {
        for (var link : blueprint.files().links()) {
            if (made.add(link.path())) {
                parents(link.path());
                image.must(
                        "link `" + link.path() + "` to `" + link.target() + "`",
                        SystemCall.SYMLINKAT,
                        image.text(link.target()),
                        number(-100),
                        image.text(ROOT + link.path()));
            }
        }
    }

    void enterRoot() {
        var here = image.text(".");
        image.must("", SystemCall.CHDIR, image.text(ROOT));
        image.must("make it the root", SystemCall.PIVOT_ROOT, here, here);
        image.must("let the host's files go", SystemCall.UMOUNT2, here, number(MNT_DETACH));
        image.must("", SystemCall.CHDIR, image.text("/"));
        mounts.readOnlyRoot();
    }

    /// What the workload makes has the mode bits that the operator's own files would have.
    void restoreMask() {
        image.must("", SystemCall.UMASK, operatorsMask.content());
    }

    void enterWorkdir() {
        image.must(
                "enter the working directory", SystemCall.CHDIR, image.text(blueprint.workdir()));
    }

    void restrict() {
        new LandlockSteps(image, blueprint).restrict();
    }

    static void remove(ImageBuilder image, String path, boolean directory) {
        image.must(
                "",
                SystemCall.UNLINKAT,
                number(-100),
                image.text(Path.of(path).toString()),
                number(directory ? AT_REMOVEDIR : 0));
    }
}
