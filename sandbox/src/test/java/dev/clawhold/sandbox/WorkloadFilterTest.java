package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SystemCall;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The filter, run by an interpreter for both architectures.
class WorkloadFilterTest {
    private static final long I386 = 0x4000_0003L;
    private static final long ARM = 0x4000_0028L;

    // One line a case: the answer, the call, its arguments.
    private static final String TABLE =
            """
            ask            CONNECT
            ENOSYS         CLONE3
            ENOSYS         OPENAT2
            ENOSYS         IO_URING_SETUP
            ENOSYS         IO_URING_ENTER
            ENOSYS         IO_URING_REGISTER
            allow          CLONE 0x11
            allow          CLONE 0x3d0f00
            EPERM          CLONE 0x10000000
            EPERM          CLONE 0x40000011
            EPERM          CLONE 0x20000
            EPERM          CLONE 0x2000000
            EPERM          CLONE 0x4000000
            EPERM          CLONE 0x8000000
            EPERM          CLONE 0x20000000
            EPERM          UNSHARE
            EPERM          SETNS
            EPERM          MOUNT
            EPERM          UMOUNT2
            EPERM          PIVOT_ROOT
            EPERM          CHROOT
            EPERM          OPEN_TREE
            EPERM          MOVE_MOUNT
            EPERM          FSOPEN
            EPERM          FSCONFIG
            EPERM          FSMOUNT
            EPERM          FSPICK
            EPERM          MOUNT_SETATTR
            EPERM          OPEN_TREE_ATTR
            EPERM          PTRACE
            EPERM          PROCESS_VM_READV
            EPERM          PROCESS_VM_WRITEV
            EPERM          PIDFD_GETFD
            EPERM          KCMP
            EPERM          BPF
            EPERM          PERF_EVENT_OPEN
            EPERM          USERFAULTFD
            EPERM          KEXEC_LOAD
            EPERM          KEXEC_FILE_LOAD
            EPERM          INIT_MODULE
            EPERM          FINIT_MODULE
            EPERM          DELETE_MODULE
            EPERM          REBOOT
            EPERM          SWAPON
            EPERM          SWAPOFF
            EPERM          ACCT
            EPERM          QUOTACTL
            EPERM          QUOTACTL_FD
            EPERM          SYSLOG
            EPERM          VHANGUP
            EPERM          LOOKUP_DCOOKIE
            EPERM          FANOTIFY_INIT
            EPERM          FANOTIFY_MARK
            EPERM          OPEN_BY_HANDLE_AT
            EPERM          ADD_KEY
            EPERM          REQUEST_KEY
            EPERM          KEYCTL
            EPERM          CLOCK_SETTIME
            EPERM          CLOCK_ADJTIME
            EPERM          ADJTIMEX
            EPERM          SETTIMEOFDAY
            EPERM          SETHOSTNAME
            EPERM          SETDOMAINNAME
            EPERM          MBIND
            EPERM          MIGRATE_PAGES
            EPERM          MOVE_PAGES
            EPERM          IOPERM
            EPERM          IOPL
            EPERM          USELIB
            EPERM          SYSCTL
            EPERM          MODIFY_LDT
            allow          SOCKET 1 1
            allow          SOCKET 1 0x80801
            allow          SOCKET 1 5
            EACCES         SOCKET 1 2
            EACCES         SOCKET 1 0x80802
            allow          SOCKET 2 1 0
            allow          SOCKET 2 1 6
            allow          SOCKET 2 2 17
            allow          SOCKET 2 2 1
            allow          SOCKET 10 1 6
            allow          SOCKET 10 2 58
            EPROTONOSUPPORT SOCKET 2 1 262
            EPROTONOSUPPORT SOCKET 2 1 132
            EPROTONOSUPPORT SOCKET 10 1 256
            EPROTONOSUPPORT SOCKET 2 3 255
            allow          SOCKET 16 3 0
            EPROTONOSUPPORT SOCKET 16 3 4
            EPROTONOSUPPORT SOCKET 16 3 9
            EAFNOSUPPORT   SOCKET 0
            EAFNOSUPPORT   SOCKET 17 3 0
            EAFNOSUPPORT   SOCKET 38 5 0
            EAFNOSUPPORT   SOCKET 40 1 0
            EAFNOSUPPORT   SOCKET 43 1 0
            allow          SOCKETPAIR 1 2
            allow          SECCOMP 1 0
            allow          SECCOMP 1 1
            EBUSY          SECCOMP 1 8
            EBUSY          SECCOMP 1 0x28
            allow          PERSONALITY 0
            allow          PERSONALITY 8
            allow          PERSONALITY 0x20000
            allow          PERSONALITY 0x20008
            allow          PERSONALITY 0x40000
            allow          PERSONALITY 0xffffffff
            EPERM          PERSONALITY 0x400000
            EPERM          PERSONALITY 0x40008
            allow          IOCTL 0 0x5401
            EPERM          IOCTL 0 0x5412
            EPERM          IOCTL 0 0x541c
            EPERM          IOCTL 0 0x541d
            EPERM          IOCTL 0 0x5423
            EPERM          IOCTL 0 0x100005412
            allow          OPENAT -100 0 0 0xfff
            allow          OPENAT -100 0 0x40 0x3ff
            EPERM          OPENAT -100 0 0x40 0x9ed
            EPERM          OPENAT -100 0 0x40 0x5ed
            EPERM          OPENAT -100 0 0x410000 0x800
            allow          OPEN 0 0x40 0x1ff
            EPERM          OPEN 0 0x40 0x800
            EPERM          CREAT 0 0x800
            EPERM          MKNOD 0 0x8800
            EPERM          MKNODAT 0 0 0x8400
            EPERM          MKDIR 0 0x800
            EPERM          MKDIRAT 0 0 0x400
            EPERM          CHMOD 0 0x9ed
            EPERM          FCHMOD 0 0x9ed
            EPERM          FCHMODAT 0 0 0x9ed
            EPERM          FCHMODAT2 0 0 0x9ed
            allow          FCHMODAT 0 0 0x3ff
            allow          SETSOCKOPT 0 1 30
            allow          SETSOCKOPT 0 6 1
            ENOPROTOOPT    SETSOCKOPT 0 6 30
            allow          SENDTO 0 0 0 0x4000
            EOPNOTSUPP     SENDTO 0 0 0 0x20000000
            EOPNOTSUPP     SENDMSG 0 0 0x20004000
            EOPNOTSUPP     SENDMMSG 0 0 0 0x20000000
            """;

    @ParameterizedTest
    @EnumSource
    void everyCallGetsTheAnswerOfTheTable(Architecture architecture) {
        var machine = machine(architecture);
        for (var line : TABLE.lines().toList()) {
            var words = line.split("\\s+", -1);
            int number = SystemCall.valueOf(words[1]).number(architecture);
            if (number >= 0) {
                assertThat(words(machine.answer(architecture.auditWord(), number, numbers(words))))
                        .as(architecture + ": " + line)
                        .isEqualTo(words[0]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingElseIsRefused(Architecture architecture) {
        var machine = machine(architecture);
        var refused = new TreeSet<Integer>();
        for (int number = 0; number <= SystemCall.HIGHEST_KNOWN; number++) {
            if (machine.answer(architecture.auditWord(), number) != BpfMachine.ALLOW) {
                refused.add(number);
            }
        }

        assertThat(refused).isEqualTo(new TreeSet<>(refusedWithoutArguments(architecture)));
    }

    private static Set<Integer> refusedWithoutArguments(Architecture architecture) {
        var calls = EnumSet.noneOf(SystemCall.class);
        for (var line : TABLE.lines().toList()) {
            var words = line.split("\\s+", -1);
            if (words.length == 2 || line.endsWith("SOCKET 0")) {
                calls.add(SystemCall.valueOf(words[1]));
            }
        }
        var numbers = new TreeSet<Integer>();
        calls.forEach(call -> numbers.add(call.number(architecture)));
        numbers.remove(-1);
        return numbers;
    }

    @ParameterizedTest
    @EnumSource
    void numbersThatNobodyKnowsAreNotImplemented(Architecture architecture) {
        var machine = machine(architecture);
        for (int number : new int[] {SystemCall.HIGHEST_KNOWN + 1, 1000, 0x3FFF_FFFF, -1}) {
            assertThat(machine.answer(architecture.auditWord(), number))
                    .isEqualTo(BpfMachine.errno(Errno.ENOSYS.number()));
        }
    }

    @Test
    void everyCallByItsX32NumberIsNotImplemented() {
        var machine = machine(Architecture.X86_64);
        for (int number = 0; number <= 600; number++) {
            assertThat(machine.answer(Architecture.X86_64.auditWord(), number | 0x4000_0000))
                    .isEqualTo(BpfMachine.errno(Errno.ENOSYS.number()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherArchitecturesCallsKillTheProcess(Architecture architecture) {
        var machine = machine(architecture);
        for (long other : List.of(I386, ARM, 0L)) {
            assertThat(machine.answer(other, 3)).isEqualTo(BpfMachine.KILL_PROCESS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsSaidInWords(Architecture architecture) {
        var words = WorkloadFilter.forWorkloads(architecture).explanation();

        assertThat(words).contains("connect: the gateway decides", "clone3: ENOSYS");
        assertThat(words).allSatisfy(line -> assertThat(line).contains(": "));
    }

    private static BpfMachine machine(Architecture architecture) {
        return new BpfMachine(WorkloadFilter.forWorkloads(architecture).encode());
    }

    private static long[] numbers(String... words) {
        return Arrays.stream(words).skip(2).mapToLong(Long::decode).toArray();
    }

    private static String words(int answer) {
        return switch (answer) {
            case BpfMachine.ALLOW -> "allow";
            case BpfMachine.ASK -> "ask";
            default ->
                    Arrays.stream(Errno.values())
                            .filter(e -> BpfMachine.errno(e.number()) == answer)
                            .map(Errno::name)
                            .findFirst()
                            .orElse("0x" + Integer.toHexString(answer));
        };
    }
}
