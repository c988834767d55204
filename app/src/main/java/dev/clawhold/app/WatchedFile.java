package dev.clawhold.app;

import dev.clawhold.linux.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// One file, watched together with every symbolic link on the way to it: whoever saves it, in
/// whatever style, is noticed when the file is whole.
final class WatchedFile {
    private static final int MOST_LINKS = 40;

    private final Path file;
    private final FileWatch watch;

    WatchedFile(Path file, FileWatch watch) {
        this.file = file;
        this.watch = watch;
        links();
    }

    /// Runs the action after each change, for ever.
    void forEachChange(Runnable action) {
        while (true) {
            var names = links();
            boolean changed = false;
            for (var change : watch.await()) {
                changed |= change.isOverflow() || concerns(change, names);
            }
            if (changed) {
                links();
                action.run();
            }
        }
    }

    // A plain file that has only been made is not yet written; a link is whole at once.
    private static boolean concerns(FileWatch.Change change, Set<Path> names) {
        var path = Path.of(change.directory(), change.name());
        return names.contains(path)
                && (change.complete() || Files.isSymbolicLink(path) || isHardLink(path));
    }

    private static boolean isHardLink(Path path) {
        try {
            return Files.getAttribute(path, "unix:nlink") instanceof Integer links && links > 1;
        } catch (IOException _) {
            return false;
        }
    }

    /// Watches the directory of the file and of each link that leads to it.
    ///
    /// @return the paths whose change may mean another content
    private Set<Path> links() {
        var names = new HashSet<Path>();
        follow(file, names);
        return names;
    }

    private void follow(Path path, Set<Path> names) {
        if (names.size() > MOST_LINKS) {
            return;
        }
        Path reached = path.getRoot();
        for (var part : path.normalize()) {
            var next = reached.resolve(part);
            boolean last = next.equals(path.normalize());
            if (Files.isSymbolicLink(next) && names.add(next)) {
                watch.watch(reached.toString());
                followLink(next, path, names);
            } else if (last) {
                names.add(next);
                watch.watch(reached.toString());
            }
            reached = next;
        }
    }

    private void followLink(Path link, Path path, Set<Path> names) {
        try {
            var target = link.resolveSibling(Files.readSymbolicLink(link));
            var rest = link.relativize(path.normalize());
            follow(rest.toString().isEmpty() ? target : target.resolve(rest), names);
        } catch (IOException _) {
            return; // it has just been replaced: the next change follows the new one
        }
    }
}
