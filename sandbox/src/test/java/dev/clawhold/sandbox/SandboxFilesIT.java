package dev.clawhold.sandbox;

import static dev.clawhold.linux.Errno.EACCES;
import static dev.clawhold.linux.Errno.EBADF;
import static dev.clawhold.linux.Errno.ENOENT;
import static dev.clawhold.linux.Errno.EPERM;
import static dev.clawhold.linux.Errno.EROFS;
import static dev.clawhold.linux.Operand.number;
import static dev.clawhold.sandbox.Probe.HERE;
import static dev.clawhold.sandbox.Probe.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Only listed paths can be read, executed or changed, with the listed right.
class SandboxFilesIT extends InsideTest {
    @Test
    void fs1AnUnlistedFileOfTheHostIsNotThereByAnySpelling()
            throws IOException, InterruptedException {
        var secret = ground.file("secret", "canary");
        ground.file("w/listed", "yes");
        var probe = new Probe();
        probe.works(SystemCall.OPENAT, HERE, probe.text("listed"), number(READ_ONLY), NONE);
        for (var prefix :
                List.of(
                        "",
                        ground.workdir() + "/..",
                        "/proc/self/root",
                        "/proc/1/root",
                        "/proc/self/cwd/../../../../../../..",
                        "/dev/fd/../root")) {
            var path = prefix.endsWith("w/..") ? prefix + "/secret" : prefix + secret;
            var expected = Set.of(ENOENT, EACCES);
            probe.refused(
                    path,
                    expected,
                    SystemCall.OPENAT,
                    HERE,
                    probe.text(path),
                    number(READ_ONLY),
                    NONE);
            probe.refused(
                    path,
                    expected,
                    SystemCall.STATX,
                    HERE,
                    probe.text(path),
                    NONE,
                    number(1),
                    probe.image().bytes(new byte[256], "statx"));
        }

        ground.run(probe);
    }

    @Test
    void fs2AReadOnlyFileStaysWhatItWasThoughTheSandboxOwnsIt()
            throws IOException, InterruptedException {
        ground.directory("ro");
        var file = ground.file("ro/file", "content");
        var before = Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime,nlink");
        ground.rule("READ_ONLY", ground.path("ro"));

        var out =
                ground.shell(
                        """
                        ro=%s
                        t() { "$@" 2>/dev/null && echo "BROKEN: $*"; }
                        t sh -c "echo x > $ro/file"
                        t sh -c "echo x >> $ro/file"
                        t sh -c ": > $ro/new"
                        t truncate -s 0 $ro/file
                        t rm -f $ro/file
                        t mv $ro/file stolen
                        t mv $ro/file $ro/renamed
                        t mv listed $ro/file
                        t ln $ro/file link
                        t chmod 777 $ro/file
                        t touch $ro/file
                        t mkdir $ro/directory
                        cat $ro/file
                        echo alive > control && cat control
                        """
                                .formatted(ground.path("ro")));

        assertThat(out).isEqualTo("contentalive\n");
        assertThat(Files.readString(file)).isEqualTo("content");
        assertThat(Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime,nlink"))
                .isEqualTo(before);
        try (var names = Files.list(ground.path("ro"))) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void fs4ProtectedPathsInAWritableTreeCannotBeChangedMovedOrSeen()
            throws IOException, InterruptedException {
        ground.directory("w/.git");
        ground.directory("w/.git/hooks");
        ground.file("w/.git/hooks/pre-commit", "hook");
        ground.file("w/.env", "PASSWORD=canary");
        ground.directory("w/private");
        ground.file("w/private/key", "canary");
        ground.rule("READ_ONLY", ground.workdir().resolve(".git/hooks"))
                .rule("DENY", ground.workdir().resolve(".env"))
                .rule("DENY", ground.workdir().resolve("private"));

        var out =
                ground.shell(
                        """
                        t() { "$@" 2>/dev/null && echo "BROKEN: $*"; }
                        t sh -c 'echo x > .git/hooks/pre-commit'
                        t sh -c 'echo x > .git/hooks/post-commit'
                        t rm -f .git/hooks/pre-commit
                        t mv .git old
                        t mv .git/hooks .git/old
                        t rm -rf .git/hooks
                        t ln -sfn /tmp .git/hooks/x
                        echo evil > evil
                        t mv -f evil .env
                        t rm -f .env
                        t cat .env
                        t chmod 644 .env
                        t sh -c 'echo x > .env'
                        t cat private/key
                        t sh -c 'echo x > private/new'
                        t mv private elsewhere
                        ls -a private | grep -v '^[.]*$'
                        cat .git/hooks/pre-commit; echo
                        echo ok > .git/config && cat .git/config
                        """);

        assertThat(out).isEqualTo("hook\nok\n");
        assertThat(Files.readString(ground.path("w/.git/hooks/pre-commit"))).isEqualTo("hook");
        assertThat(Files.readString(ground.path("w/.env"))).isEqualTo("PASSWORD=canary");
        assertThat(Files.readString(ground.path("w/private/key"))).isEqualTo("canary");
    }

    @Test
    void fs4AProtectedPathThatIsMissingStopsTheStartWhereThePolicyRequiresIt()
            throws IOException, InterruptedException {
        ground.rule("READ_ONLY", ground.workdir().resolve("absent")).with("hard", "yes");

        assertThat(ground.start("/bin/true").next())
                .startsWith("refused FILES|")
                .contains("does not exist");
    }

    @Test
    void fs5NoDeviceCanBeMadeAndDevIsExactlyTheDocumentedList()
            throws IOException, InterruptedException {
        var probe = new Probe();
        var refused = Set.of(EPERM, EACCES);
        probe.refused(
                "mknod mem",
                refused,
                SystemCall.MKNODAT,
                HERE,
                probe.text("mem"),
                number(0x21B6),
                number(0x101));
        probe.refused(
                "mknod sda",
                refused,
                SystemCall.MKNODAT,
                HERE,
                probe.text("sda"),
                number(0x61B6),
                number(0x800));
        for (var device : List.of("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/fuse")) {
            probe.refused(
                    device,
                    Set.of(ENOENT, EACCES),
                    SystemCall.OPENAT,
                    HERE,
                    probe.text(device),
                    number(READ_ONLY),
                    NONE);
        }
        probe.works(SystemCall.OPENAT, HERE, probe.text("/dev/null"), number(WRITE_ONLY), NONE);
        ground.run(probe);

        assertThat(ground.shell("ls -1 /dev | sort").lines())
                .containsExactlyInAnyOrder(
                        "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin",
                        "stdout", "tty", "urandom", "zero");
    }

    @Test
    void fs5AListedDeviceIsShownWithItsListedRight() throws IOException, InterruptedException {
        ground.rule("READ_ONLY", Path.of("/dev/kmsg"));
        var probe = new Probe();
        probe.refused(
                "write",
                Set.of(EACCES),
                SystemCall.OPENAT,
                HERE,
                probe.text("/dev/kmsg"),
                number(WRITE_ONLY),
                NONE);
        probe.works(
                SystemCall.STATX,
                HERE,
                probe.text("/dev/kmsg"),
                NONE,
                number(1),
                probe.image().bytes(new byte[256], "statx"));

        ground.run(probe);
    }

    @Test
    void fs6NothingIsInherited() throws IOException, InterruptedException {
        var probe = new Probe();
        probe.refused(
                "openat(9)",
                Set.of(EBADF),
                SystemCall.OPENAT,
                number(9),
                probe.text("etc"),
                number(READ_ONLY),
                NONE);
        for (int descriptor = 3; descriptor < 256; descriptor++) {
            probe.refused(
                    "descriptor " + descriptor,
                    Set.of(EBADF),
                    SystemCall.FCNTL,
                    number(descriptor),
                    number(1));
        }
        for (int descriptor = 0; descriptor < 3; descriptor++) {
            probe.works(SystemCall.FCNTL, number(descriptor), number(1));
        }
        ground.run(probe);

        assertThat(ground.shell("pwd; env | sort").lines())
                .containsExactly(
                        ground.workdir().toString(),
                        "HOME=/sandbox",
                        "PATH=/usr/bin:/bin",
                        "PWD=" + ground.workdir());
    }

    @Test
    void fs7TheKernelsSettingsCannotBeWritten() throws IOException, InterruptedException {
        var probe = new Probe();
        var expected = Set.of(EACCES, EROFS, EPERM, ENOENT);
        for (var path :
                List.of(
                        "/proc/sys/kernel/core_pattern",
                        "/proc/sysrq-trigger",
                        "/proc/self/uid_map",
                        "/proc/self/oom_score_adj",
                        "/proc/self/mem",
                        "/proc/1/mem",
                        "/sys/fs/cgroup/cgroup.procs",
                        "/sys/fs/cgroup/memory/release_agent")) {
            probe.refused(
                    path,
                    expected,
                    SystemCall.OPENAT,
                    HERE,
                    probe.text(path),
                    number(WRITE_ONLY),
                    NONE);
        }
        probe.refused(
                "mount cgroup",
                expected,
                SystemCall.MOUNT,
                probe.text("cgroup"),
                probe.text("/tmp"),
                probe.text("cgroup"),
                NONE,
                probe.text("memory"));
        probe.works(
                SystemCall.OPENAT, HERE, probe.text("/proc/self/status"), number(READ_ONLY), NONE);

        ground.run(probe);
    }
}
