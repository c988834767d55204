package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;
import static dev.clawhold.sandbox.Probe.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SystemCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Limits hold, and what a killed supervisor leaves is shut and can be ended.
class SandboxLimitsIT extends InsideTest {
    private static final int MANY = 40;

    @Test
    void rs1AForkBombEndsAtTheLimit() throws IOException, InterruptedException {
        ground.with("pids", "20");
        var probe = new Probe();
        for (int i = 0; i < MANY; i++) {
            var parent = probe.image().label();
            var expected = i == 0 ? Set.<Errno>of() : Set.of(Errno.EAGAIN);
            var pid =
                    i == 0 || i == MANY - 1
                            ? probe.refused(
                                    "fork " + i,
                                    expected,
                                    SystemCall.CLONE,
                                    number(17),
                                    NONE,
                                    NONE,
                                    NONE,
                                    NONE)
                            : probe.image()
                                    .attempt(
                                            "",
                                            SystemCall.CLONE,
                                            number(17),
                                            NONE,
                                            NONE,
                                            NONE,
                                            NONE);
            probe.image().ifDifferent(pid, 0, parent);
            probe.image().attempt("", SystemCall.PPOLL, NONE, NONE, NONE, NONE);
            probe.image().mark(parent);
        }

        ground.run(probe);
    }

    @Test
    void rs2MemoryEndsAtTheLimitOrTheStartIsRefused() throws IOException, InterruptedException {
        ground.with("memory", Long.toString(64L << 20));
        var run = ground.start("/bin/sh", "-c", "echo alive > control; exec tail /dev/zero");
        if (user != 0) {
            assertThat(run.next()).startsWith("refused LIMITS|").contains("memory");
            return;
        }
        run.started();

        assertThat(run.ended()).isEqualTo(128 + 9);
        assertThat(ground.workdir().resolve("control")).hasContent("alive\n");
    }

    @Test
    void theProcessorsShareIsHeldOrTheStartIsRefused() throws IOException, InterruptedException {
        ground.with("cpu", "0.5").with("registry", registry().toString()).with("name", "share");
        var run = ground.start("/bin/sleep", "60");
        if (user != 0) {
            assertThat(run.next()).startsWith("refused LIMITS|").contains("cpu");
            return;
        }
        var pids = run.started();
        var group =
                groups("share").stream()
                        .filter(path -> Files.exists(path.resolve("cpu.cfs_quota_us")))
                        .findFirst();
        if (group.isPresent()) {
            assertThat(Files.readString(group.get().resolve("cpu.cfs_quota_us")).strip())
                    .isEqualTo("50000");
            assertThat(Files.readString(group.get().resolve("cgroup.procs")).strip())
                    .as("the keeper is not in it")
                    .isNotEmpty()
                    .doesNotContain(pids.get(0).toString());
        }
        end(pids);
        run.ended();

        assertThat(groups("share")).isEmpty();
    }

    @Test
    void aNameIsUniqueAmongLiveSandboxes() throws IOException, InterruptedException {
        ground.with("registry", registry().toString()).with("name", "one");
        var first = ground.start("/bin/sleep", "60");
        var pids = first.started();

        assertThat(ground.start("/bin/true").next())
                .startsWith("refused PROCESSES|")
                .contains("a sandbox named `one` is running");

        end(pids);
        first.ended();
        var again = ground.start("/bin/true");
        again.started();
        assertThat(again.ended()).isZero();
        assertThat(registry()).isDirectoryNotContaining("glob:**.sandbox");
    }

    @Test
    void aKilledSupervisorLeavesASandboxWithoutNetworkThatReapEnds()
            throws IOException, InterruptedException {
        try (var canary = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            connector(canary.getLocalPort());
            ground.with("registry", registry().toString()).with("name", "orphan");
            var doomed = newHost();
            var script = "echo > up; while ! [ -e go ]; do sleep 0.05; done; ./probe; echo > late";
            var pids = ground.startIn(doomed, "/bin/sh", "-c", script).started();
            awaitFile(ground.workdir().resolve("up"));
            var space = Files.readSymbolicLink(Path.of("/proc/" + pids.get(1) + "/ns/pid"));

            doomed.kill();
            ground.file("w/go", "");

            canary.setSoTimeout(500);
            assertThatThrownBy(canary::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(ground.workdir().resolve("late"))
                    .as("the connection waits for another supervisor")
                    .doesNotExist();
            assertThat(members(space)).as("the sandbox lives").isNotEmpty();
            var left = groups("orphan");

            assertThat(ground.start("/bin/true").next()).contains("`orphan` is running");
            assertThat(ground.with("reap", "yes").start("").next())
                    .isEqualTo("ended [Reaped[name=orphan, ended=true, detail=ended]]");

            assertThat(members(space)).isEmpty();
            assertThat(left).noneMatch(Files::exists);
            assertThat(registry()).isDirectoryNotContaining("glob:**.sandbox");
        }
    }

    private void connector(int port) throws IOException {
        var probe = new Probe();
        var address =
                new byte[] {
                    2, 0, (byte) (port >> 8), (byte) port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
                };
        var socket = probe.works(SystemCall.SOCKET, number(2), number(1), NONE);
        probe.works(
                SystemCall.CONNECT,
                socket.content(),
                probe.image().bytes(address, "address"),
                number(address.length));
        probe.writeTo(ground.workdir(), "probe");
    }

    private Path registry() {
        return ground.path("w").resolveSibling("state-" + user);
    }

    private List<Path> groups(String name) throws IOException {
        var file = registry().resolve(name + ".sandbox");
        if (Files.notExists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("group="))
                .map(line -> Path.of(line.substring("group=".length())))
                .toList();
    }
}
