package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The mount operations of a launch image (`mount(2)`, `open_tree(2)`, `move_mount(2)`,
/// `mount_setattr(2)`).
///
/// A tree is taken, restricted while nobody can see it, then attached: never the other way round.
/// Read-only is set recursively: a remount would leave mounts below it writable.
final class Mounts {
    private static final Operand NONE = number(0);
    private static final Operand HERE = number(-100); // AT_FDCWD
    private static final int MS_NOSUID_NODEV = 2 | 4;
    private static final int MS_NOEXEC = 8;
    private static final int MS_REC_SLAVE = 0x4000 | 0x80000;
    private static final int OPEN_TREE_CLONE = 1;
    private static final int CLOEXEC = 0x80000;
    private static final int AT_RECURSIVE = 0x8000;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    private static final int PATH_AND_CLOEXEC = 0x20_0000 | CLOEXEC;
    private static final int RESOLVE_NO_SYMLINKS = 4;
    private static final int ATTR_RDONLY = 1;
    private static final int ATTR_NOSUID = 2;
    private static final int ATTR_NODEV = 4;
    private static final int ATTR_NOEXEC = 8;
    private static final int ATTR_IDMAP = 0x100000;
    private static final int ATTR_SIZE = 32;
    private static final int HOW_SIZE = 24; // struct open_how

    private final ImageBuilder image;

    Mounts(ImageBuilder image) {
        this.image = image;
    }

    /// Nothing that is mounted from here on reaches the host.
    void leaveHost() {
        image.must(
                "cut the mounts off from the host's",
                SystemCall.MOUNT,
                NONE,
                image.text("/"),
                NONE,
                number(MS_REC_SLAVE),
                NONE);
    }

    void tmpfs(String target, String options) {
        mount("tmpfs", target, MS_NOSUID_NODEV, options);
    }

    void proc(String target) {
        mount("proc", target, MS_NOSUID_NODEV | MS_NOEXEC, "");
    }

    void mount(String type, String target, int flags, String options) {
        image.must(
                "mount a " + type,
                SystemCall.MOUNT,
                image.text(type),
                image.text(target),
                image.text(type),
                number(flags),
                image.text(options));
    }

    /// Copies the mounts at a path, detached.
    Place take(String path) {
        return image.must(
                "take `" + path + "`",
                SystemCall.OPEN_TREE,
                HERE,
                image.text(path),
                number(OPEN_TREE_CLONE | CLOEXEC | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW));
    }

    /// Shows the files of one owner as the sandbox's.
    void mapIds(String path, Place tree, int userNamespace) {
        attributes("map the owner of `" + path + "`", tree, ATTR_IDMAP, userNamespace);
    }

    void restrict(String path, Place tree, boolean writable, boolean device) {
        int set = ATTR_NOSUID | (device ? ATTR_NOEXEC : ATTR_NODEV) | (writable ? 0 : ATTR_RDONLY);
        attributes(
                (writable ? "confine `" : "make `") + path + (writable ? "`" : "` read-only"),
                tree,
                set,
                0);
    }

    void readOnlyTree(Place tree) {
        attributes("make it read-only", tree, ATTR_RDONLY, 0);
    }

    private void attributes(String words, Place tree, int set, int userNamespace) {
        image.must(
                words,
                SystemCall.MOUNT_SETATTR,
                tree.content(),
                image.text(""),
                number(AT_EMPTY_PATH | AT_RECURSIVE),
                attribute(set, userNamespace),
                number(ATTR_SIZE));
    }

    private Place attribute(int set, int userNamespace) {
        var attribute = ByteBuffer.allocate(ATTR_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        attribute.putLong(set).putLong(0).putLong(0).putLong(userNamespace);
        return image.bytes(attribute.array(), "0x" + Integer.toHexString(set));
    }

    void attach(String words, Place tree, String target) {
        image.must(
                words,
                SystemCall.MOVE_MOUNT,
                tree.content(),
                image.text(""),
                HERE,
                image.text(target),
                number(MOVE_MOUNT_F_EMPTY_PATH));
        image.must("", SystemCall.CLOSE, tree.content());
    }

    /// Copies the mounts at a path that has no symbolic link in it: whoever puts one there after
    /// the plan was made stops the start.
    Place takeExactly(String path) {
        var file = find(path);
        var tree =
                image.must(
                        "take `" + path + "`",
                        SystemCall.OPEN_TREE,
                        file.content(),
                        image.text(""),
                        number(OPEN_TREE_CLONE | CLOEXEC | AT_RECURSIVE | AT_EMPTY_PATH));
        image.must("", SystemCall.CLOSE, file.content());
        return tree;
    }

    /// Attaches a tree at a path that has no symbolic link in it.
    void attachExactly(String words, Place tree, String target) {
        var place = find(target);
        image.must(
                words,
                SystemCall.MOVE_MOUNT,
                tree.content(),
                image.text(""),
                place.content(),
                image.text(""),
                number(MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
        image.must("", SystemCall.CLOSE, tree.content());
        image.must("", SystemCall.CLOSE, place.content());
    }

    private Place find(String path) {
        var how = ByteBuffer.allocate(HOW_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        how.putLong(PATH_AND_CLOEXEC).putLong(0).putLong(RESOLVE_NO_SYMLINKS);
        return image.must(
                "find `" + path + "` without following links",
                SystemCall.OPENAT2,
                HERE,
                image.text(path),
                image.bytes(how.array(), "no symbolic links"),
                number(HOW_SIZE));
    }

    void readOnlyRoot() {
        image.must(
                "make the root read-only",
                SystemCall.MOUNT_SETATTR,
                HERE,
                image.text("/"),
                NONE,
                attribute(ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV, 0),
                number(ATTR_SIZE));
    }
}
