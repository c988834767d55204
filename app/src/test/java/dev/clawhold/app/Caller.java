package dev.clawhold.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Who starts Clawhold in a test.
enum Caller {
    ROOT,
    ORDINARY;

    private static final int ORDINARY_ID = 54_321;

    /// Both, if the tests run as root; else only who runs them.
    static Stream<Caller> present() {
        return isRoot() ? Stream.of(ROOT, ORDINARY) : Stream.of(ORDINARY);
    }

    static Caller first() {
        return isRoot() ? ROOT : ORDINARY;
    }

    private static boolean isRoot() {
        return uid() == 0;
    }

    private static int uid() {
        return owner(Path.of("/proc/self"));
    }

    static int owner(Path file) {
        try {
            return (Integer) Files.getAttribute(file, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int id() {
        return this == ROOT ? 0 : isRoot() ? ORDINARY_ID : uid();
    }

    /// What stands before a command line so that this caller runs it.
    List<String> prefix() {
        if (this == ROOT || !isRoot()) {
            return List.of();
        }
        return List.of(
                "setpriv", "--reuid=" + ORDINARY_ID, "--regid=" + ORDINARY_ID, "--clear-groups");
    }

    /// Makes the file this caller's.
    void own(Path file) {
        if (this == ORDINARY && isRoot()) {
            try {
                Files.setAttribute(file, "unix:uid", ORDINARY_ID);
                Files.setAttribute(file, "unix:gid", ORDINARY_ID);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
