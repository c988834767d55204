package dev.clawhold.sandbox;

import static dev.clawhold.linux.Errno.ESRCH;
import static dev.clawhold.linux.Operand.number;
import static dev.clawhold.sandbox.Probe.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The workload sees and signals only its own sandbox, and nothing of it outlives it.
class SandboxProcessesIT extends InsideTest {
    private static final String ORPHAN =
            "setsid sh -c \"(trap '' TERM HUP; while :; do echo x >> growing; sleep 0.1; done) &\"";

    @Test
    void sy9OnlyItsOwnProcessesCanBeSignalled() throws IOException, InterruptedException {
        var probe = new Probe();
        var host = (int) ProcessHandle.current().pid();
        probe.refused(ESRCH, SystemCall.KILL, number(-1), NONE); // nobody but itself and pid 1
        probe.refused(ESRCH, SystemCall.KILL, number(host), number(9));
        probe.refused(ESRCH, SystemCall.PIDFD_OPEN, number(host), NONE);
        probe.works(SystemCall.KILL, number(1), number(9)); // the kernel drops it
        probe.works(SystemCall.KILL, number(1), NONE);
        ground.run(probe);

        var run = ground.start("/bin/sh", "-c", "renice -n 7 -u " + user + " > out 2>&1; sleep 60");
        var pids = run.started();
        assertThat(nice(pids.get(0))).as("the keeper's").isEqualTo(nice((int) hostPid()));
        end(pids);
        run.ended();
    }

    @Test
    void sy10NothingOutlivesTheCommand() throws IOException, InterruptedException {
        var run = ground.start("/bin/sh", "-c", ORPHAN + "; while :; do sleep 1; done");
        var pids = run.started();
        awaitFile(ground.workdir().resolve("growing"));
        var space = Files.readSymbolicLink(Path.of("/proc/" + pids.get(1) + "/ns/pid"));
        assertThat(members(space)).isNotEmpty();

        end(pids);

        assertThat(run.ended()).isEqualTo(128 + 15);
        assertThat(members(space)).isEmpty();
    }

    @Test
    void sy10NothingOutlivesACommandThatEndsByItself() throws IOException, InterruptedException {
        var run =
                ground.start(
                        "/bin/sh", "-c", ORPHAN + "; while ! [ -s growing ]; do :; done; exit 3");
        run.started();

        assertThat(run.ended()).isEqualTo(3);
        long size = Files.size(ground.workdir().resolve("growing"));
        ground.shell("sleep 0.3");
        assertThat(Files.size(ground.workdir().resolve("growing"))).isEqualTo(size);
    }

    @Test
    void twoSandboxesShareNoAddressAndNoName() throws IOException, InterruptedException {
        var probe = sockets();
        probe.writeTo(
                ground.workdir(),
                "waiting",
                image -> image.attempt("", SystemCall.PPOLL, NONE, NONE, NONE, NONE));
        var first = ground.start("./waiting");
        var pids = first.started();
        awaitFile(ground.workdir().resolve("results"));
        probe.verify(ground.workdir());
        Files.delete(ground.workdir().resolve("results"));

        ground.run(sockets());

        end(pids);
        first.ended();
    }

    // Names that are free once in each sandbox: binding them again in the same one fails.
    private static Probe sockets() {
        var probe = new Probe();
        var abstractName = new byte[] {1, 0, 0, 'c', 'a', 'n', 'a', 'r', 'y'};
        var port = new byte[] {2, 0, 0x10, (byte) 0x92, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        for (var address : List.of(abstractName, port)) {
            var place = probe.image().bytes(address, "address");
            var one = probe.works(SystemCall.SOCKET, number(address[0]), number(1), NONE);
            probe.works(SystemCall.BIND, one.content(), place, number(address.length));
            probe.works(SystemCall.LISTEN, one.content(), number(8));
            var two = probe.works(SystemCall.SOCKET, number(address[0]), number(1), NONE);
            probe.refused(
                    Errno.EADDRINUSE,
                    SystemCall.BIND,
                    two.content(),
                    place,
                    number(address.length));
        }
        return probe;
    }

    @Test
    void twoSandboxesShareNoProcessAndNoFile() throws IOException, InterruptedException {
        var first =
                ground.start(
                        "/bin/sh",
                        "-c",
                        "echo a > /tmp/a; echo a > /dev/shm/a; echo a > /sandbox/a; echo > up;"
                                + " sleep 60");
        var pids = first.started();
        awaitFile(ground.workdir().resolve("up"));

        var out =
                ground.shell(
                        "ls /tmp /dev/shm /sandbox | grep -x a; echo /proc/[0-9]*; readlink"
                                + " /proc/self/ns/net /proc/self/ns/pid /proc/self/ns/ipc"
                                + " /proc/self/ns/uts /proc/self/ns/mnt /proc/self/ns/cgroup");

        var lines = out.lines().toList();
        assertThat(lines.get(0)).matches("/proc/1 /proc/2( /proc/3)?( /proc/4)?");
        var others = new ArrayList<String>();
        for (var space : List.of("net", "pid", "ipc", "uts", "mnt")) {
            others.add(link(pids.get(1), space));
            others.add(link((int) ProcessHandle.current().pid(), space));
        }
        assertThat(lines.subList(1, 6)).doesNotContainAnyElementsOf(others);
        end(pids);
        first.ended();
    }

    @Test
    void nothingIsLeftBehind() throws IOException, InterruptedException {
        var before = Files.readString(Path.of("/proc/self/mountinfo"));
        var run = ground.start("/bin/sh", "-c", "echo x > /tmp/x; sleep 60");
        var pids = run.started();
        assertThat(ProcessHandle.of(pids.get(0))).isPresent();
        end(pids);
        run.ended();

        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).isEqualTo(before);
        assertThat(ProcessHandle.of(pids.get(0))).isEmpty();
        assertThat(ProcessHandle.of(pids.get(1))).isEmpty();
        try (var files = Files.list(ground.workdir())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void po7EveryOperationThatFailsStopsTheStartAndIsNamed()
            throws IOException, InterruptedException {
        ground.directory("w/.git");
        ground.file("w/.git/config", "x");
        ground.file("w/.env", "x");
        ground.rule("READ_ONLY", ground.workdir().resolve(".git/config"))
                .rule("DENY", ground.workdir().resolve(".env"))
                .with("faults", "yes");

        var answer = ground.start("/bin/sh", "-c", ": > canary").next();

        assertThat(answer).matches("ended [1-9][0-9]+ \\[\\]");
    }
}
