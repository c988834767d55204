package dev.clawhold.sandbox;

import static dev.clawhold.linux.Errno.EACCES;
import static dev.clawhold.linux.Errno.EAFNOSUPPORT;
import static dev.clawhold.linux.Errno.EINVAL;
import static dev.clawhold.linux.Errno.ENOENT;
import static dev.clawhold.linux.Errno.ENOSYS;
import static dev.clawhold.linux.Errno.EPERM;
import static dev.clawhold.linux.Operand.number;
import static dev.clawhold.sandbox.Probe.HERE;
import static dev.clawhold.sandbox.Probe.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// No privilege, and a small kernel surface.
class SandboxCallsIT extends InsideTest {
    @Test
    void sy1ThereAreNoRings() throws IOException, InterruptedException {
        var probe = new Probe();
        probe.refused(ENOSYS, SystemCall.IO_URING_SETUP, number(8), NONE);
        probe.refused(ENOSYS, SystemCall.IO_URING_ENTER, number(9), number(1));
        probe.refused(ENOSYS, SystemCall.IO_URING_REGISTER, number(9), number(1));
        probe.works(SystemCall.GETPID);

        ground.run(probe);
    }

    @Test
    void sy2OtherProcessesCannotBeLookedInto() throws IOException, InterruptedException {
        var probe = new Probe();
        probe.sibling();
        for (int pid : new int[] {1, 3}) {
            probe.refused(EPERM, SystemCall.PTRACE, number(16), number(pid), NONE, NONE);
            probe.refused(EPERM, SystemCall.PTRACE, number(0x4206), number(pid), NONE, NONE);
            probe.refused(EPERM, SystemCall.PROCESS_VM_READV, number(pid));
            probe.refused(EPERM, SystemCall.PROCESS_VM_WRITEV, number(pid));
            var descriptor = probe.works(SystemCall.PIDFD_OPEN, number(pid), NONE);
            probe.refused(EPERM, SystemCall.PIDFD_GETFD, descriptor.content(), number(2), NONE);
            probe.refused(
                    "mem",
                    Set.of(EACCES, EPERM),
                    SystemCall.OPENAT,
                    HERE,
                    probe.text("/proc/" + pid + "/mem"),
                    number(2),
                    NONE);
        }
        probe.works(SystemCall.KILL, number(3), NONE);

        ground.run(probe);
    }

    @Test
    void sy3MountsStayAsTheyAre() throws IOException, InterruptedException {
        var probe = new Probe();
        var tmp = probe.text("/tmp");
        probe.refused(EPERM, SystemCall.MOUNT, tmp, probe.text("/usr"), NONE, number(0x1000));
        probe.refused(EPERM, SystemCall.MOUNT, NONE, probe.text("/usr"), NONE, number(0x1020));
        probe.refused(EPERM, SystemCall.UMOUNT2, probe.text("/proc"), number(2));
        probe.refused(EPERM, SystemCall.PIVOT_ROOT, tmp, tmp);
        probe.refused(EPERM, SystemCall.CHROOT, tmp);
        probe.refused(EPERM, SystemCall.OPEN_TREE, HERE, tmp, number(1));
        probe.refused(EPERM, SystemCall.MOVE_MOUNT, NONE, tmp, NONE, tmp);
        probe.refused(EPERM, SystemCall.FSOPEN, probe.text("tmpfs"), NONE);
        probe.refused(EPERM, SystemCall.MOUNT_SETATTR, HERE, tmp, NONE, tmp, number(32));
        probe.works(SystemCall.CHDIR, tmp);
        probe.works(SystemCall.CHDIR, probe.text(ground.workdir().toString()));

        ground.run(probe);
    }

    @Test
    void sy4NoNamespaceCanBeMadeOrJoined() throws IOException, InterruptedException {
        var probe = new Probe();
        for (long flag :
                new long[] {
                    0x80,
                    0x2_0000,
                    0x200_0000,
                    0x400_0000,
                    0x800_0000,
                    0x1000_0000,
                    0x2000_0000,
                    0x4000_0000,
                    0x7E02_0080L
                }) {
            probe.refused(EPERM, SystemCall.UNSHARE, number(flag));
            if (flag != 0x80) { // in clone's flags that bit is another thing
                probe.refused(EPERM, SystemCall.CLONE, number(flag | 17), NONE, NONE, NONE, NONE);
            }
        }
        probe.refused(ENOSYS, SystemCall.CLONE3, NONE, NONE);
        for (var space : List.of("net", "mnt", "pid", "user")) {
            var file =
                    probe.image()
                            .attempt(
                                    "",
                                    SystemCall.OPENAT,
                                    HERE,
                                    probe.text("/proc/1/ns/" + space),
                                    NONE,
                                    NONE);
            probe.refused(EPERM, SystemCall.SETNS, file.content(), NONE);
        }
        probe.sibling(); // a plain fork works
        probe.works(SystemCall.KILL, number(3), NONE);

        ground.run(probe);
    }

    @Test
    void sy5TheKernelLoadsNoCodeAndKeepsNoKeys() throws IOException, InterruptedException {
        var probe = new Probe();
        for (var call :
                List.of(
                        SystemCall.BPF,
                        SystemCall.PERF_EVENT_OPEN,
                        SystemCall.USERFAULTFD,
                        SystemCall.KEXEC_LOAD,
                        SystemCall.INIT_MODULE,
                        SystemCall.FINIT_MODULE,
                        SystemCall.ADD_KEY,
                        SystemCall.REQUEST_KEY)) {
            probe.refused(EPERM, call);
        }
        probe.refused(EPERM, SystemCall.KEYCTL, number(18)); // SESSION_TO_PARENT
        probe.refused(
                "a file outside",
                Set.of(ENOENT, EACCES),
                SystemCall.OPENAT,
                HERE,
                probe.text("/root"),
                NONE,
                NONE);
        probe.works(SystemCall.GETPID);

        ground.run(probe);
    }

    @Test
    void sy6X32NumbersLeadNowhere() throws IOException, InterruptedException {
        var probe = new Probe().byX32Numbers();
        for (var call :
                List.of(
                        SystemCall.MOUNT,
                        SystemCall.UNSHARE,
                        SystemCall.PTRACE,
                        SystemCall.BPF,
                        SystemCall.SETNS,
                        SystemCall.KEYCTL,
                        SystemCall.IO_URING_SETUP,
                        SystemCall.SOCKET,
                        SystemCall.CONNECT)) {
            probe.refused(ENOSYS, call, number(40), number(1), NONE);
        }

        ground.run(probe);
    }

    @Test
    void sy7ThereIsNoPrivilegeAndNoneCanBeGained() throws IOException, InterruptedException {
        Files.copy(Path.of("/usr/bin/id"), ground.path("id"));
        Files.setAttribute(ground.path("id"), "unix:mode", 0104755);
        ground.rule("READ_ONLY", ground.path("id"));
        var probe = new Probe();
        var refused = Set.of(EPERM, EINVAL);
        probe.refused("uid 0", refused, SystemCall.SETRESUID, NONE, NONE, NONE);
        probe.refused("gid 0", refused, SystemCall.SETRESGID, NONE, NONE, NONE);
        probe.refused(
                EPERM,
                SystemCall.SETGROUPS,
                number(1),
                probe.image().bytes(new byte[8], "group 0"));
        var header = new byte[] {0x22, 5, 8, 0x20, 0, 0, 0, 0};
        var all = new byte[24];
        Arrays.fill(all, (byte) 0xFF);
        probe.refused(
                EPERM,
                SystemCall.CAPSET,
                probe.image().bytes(header, "version 3"),
                probe.image().bytes(all, "every capability"));
        probe.refused(EPERM, SystemCall.FCHMODAT, HERE, probe.text("probe"), number(04755));
        probe.works(SystemCall.FCHMODAT, HERE, probe.text("probe"), number(0755));
        ground.run(probe);

        var out = ground.shell(ground.path("id") + " -u; id -u; cat /proc/self/status");
        var lines = out.lines().toList();
        assertThat(lines.get(0)).as("a set-id program gains nothing").isEqualTo(lines.get(1));
        assertThat(lines.get(0)).isNotEqualTo("0");
        for (var set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            assertThat(lines).contains(set + ":\t0000000000000000");
        }
        assertThat(lines).contains("NoNewPrivs:\t1", "Seccomp:\t2");
    }

    @Test
    void sy7NoProcessOfItIsRootOutside() throws IOException, InterruptedException {
        var run = ground.start("/bin/sleep", "60");
        var pids = run.started();
        var status = Files.readString(Path.of("/proc/" + pids.get(1) + "/status"));

        assertThat(status.lines().filter(line -> line.matches("[UG]id:.*")))
                .hasSize(2)
                .noneMatch(line -> line.matches(".*\\t0(\\t.*|$)"));
        end(pids);
        assertThat(run.ended()).isEqualTo(128 + 15);
    }

    @Test
    void sy8NobodyTypesIntoTheOperatorsTerminal() throws IOException, InterruptedException {
        var probe = new Probe();
        for (int request : new int[] {0x5412, 0x541C, 0x541D, 0x5423}) {
            for (int descriptor = 0; descriptor < 3; descriptor++) {
                probe.refused(
                        EPERM,
                        SystemCall.IOCTL,
                        number(descriptor),
                        number(request),
                        probe.text("x"));
            }
        }
        probe.works(SystemCall.FCNTL, NONE, number(1));

        ground.run(probe);
    }

    @Test
    void socketsOfOtherFamiliesCannotBeMade() throws IOException, InterruptedException {
        var probe = new Probe();
        for (int family : new int[] {17, 38, 40, 43, 44}) {
            probe.refused(EAFNOSUPPORT, SystemCall.SOCKET, number(family), number(1), NONE);
        }
        probe.refused(EACCES, SystemCall.SOCKET, number(1), number(2), NONE);
        probe.works(SystemCall.SOCKET, number(2), number(1), NONE);
        probe.works(
                SystemCall.SOCKETPAIR,
                number(1),
                number(2),
                NONE,
                probe.image().bytes(new byte[8], "pair"));

        ground.run(probe);
    }
}
