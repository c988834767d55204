package dev.clawhold.app;

import dev.clawhold.linux.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Some files, watched together with every symbolic link on the way to them: whoever saves one, in
/// whatever style, is noticed when the file is whole.
final class WatchedFiles {
    private static final int MOST_LINKS = 40;

    private final List<Path> files;
    private final FileWatch watch;

    /// @param files absolute
    WatchedFiles(List<Path> files, FileWatch watch) {
        this.files = List.copyOf(files);
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

    private Set<Path> links() {
        var names = new HashSet<Path>();
        files.forEach(file -> names.addAll(links(file)));
        return names;
    }

    /// Watches the directory of the file and of each link that leads to it, as the kernel walks
    /// (`path_resolution(7)`).
    ///
    /// @return the paths whose change may mean another content
    private Set<Path> links(Path file) {
        var names = new HashSet<Path>();
        var rest = new ArrayDeque<Path>();
        file.forEach(rest::add);
        var reached = file.getRoot(); // without links and dots
        int links = 0;
        while (!rest.isEmpty() && links <= MOST_LINKS) {
            var part = rest.remove().toString();
            if (part.equals("..")) {
                reached = Objects.requireNonNullElse(reached.getParent(), reached);
            } else if (!part.equals(".")) {
                var next = reached.resolve(part);
                boolean link = Files.isSymbolicLink(next);
                if ((link || rest.isEmpty()) && names.add(next)) {
                    watch.watch(reached.toString());
                }
                reached = link ? follow(next, rest) : next;
                links += link ? 1 : 0;
            }
        }
        return names;
    }

    // The way goes on from the link's directory or the root, by what the link says.
    private static Path follow(Path link, Deque<Path> rest) {
        var directory = Objects.requireNonNullElse(link.getParent(), link);
        try {
            var target = Files.readSymbolicLink(link);
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                rest.addFirst(target.getName(i));
            }
            return target.isAbsolute() ? target.getRoot() : directory;
        } catch (IOException _) {
            rest.clear(); // it has just been replaced: the next change follows the new one
            return directory;
        }
    }
}
