package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.SystemCall;
import java.util.List;
import java.util.function.Consumer;

/// Writes the sandbox's own files into its root and mounts each over the host's of the same path:
/// nothing is left on the host, whatever happens.
final class OwnFileSteps {
    private static final int CREATE = 0x80000 | 0x40 | 0x1; // O_CLOEXEC | O_CREAT | O_WRONLY

    private final ImageBuilder image;
    private final Mounts mounts;
    private final Consumer<String> mountPoint;

    OwnFileSteps(ImageBuilder image, Mounts mounts, Consumer<String> mountPoint) {
        this.image = image;
        this.mounts = mounts;
        this.mountPoint = mountPoint;
    }

    /// @param workshop a directory to write in, removed afterwards
    void cover(List<OwnFile> files, String workshop, String root) {
        image.must("", SystemCall.MKDIRAT, number(-100), image.text(workshop), number(0700));
        for (int i = 0; i < files.size(); i++) {
            var file = files.get(i);
            var draft = workshop + "/" + i;
            write(draft, file.content());
            var tree = mounts.take(draft);
            mounts.restrict(file.path(), tree, false, false);
            mountPoint.accept(file.path());
            mounts.attach("put `" + file.path() + "`", tree, root + file.path());
            FileSteps.remove(image, draft, false);
        }
        FileSteps.remove(image, workshop, true);
    }

    private void write(String path, byte[] content) {
        var file =
                image.must(
                        "",
                        SystemCall.OPENAT,
                        number(-100),
                        image.text(path),
                        number(CREATE),
                        number(0444));
        image.must(
                "",
                SystemCall.WRITE,
                file.content(),
                image.bytes(content, "its content"),
                number(content.length));
        image.must("", SystemCall.CLOSE, file.content());
    }
}
