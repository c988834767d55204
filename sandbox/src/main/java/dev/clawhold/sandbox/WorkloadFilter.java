package dev.clawhold.sandbox;

import static dev.clawhold.linux.Errno.EBUSY;
import static dev.clawhold.linux.Errno.ENOPROTOOPT;
import static dev.clawhold.linux.Errno.ENOSYS;
import static dev.clawhold.linux.Errno.EOPNOTSUPP;
import static dev.clawhold.linux.Errno.EPERM;
import static dev.clawhold.linux.SystemCall.*;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.SocketRules;
import dev.clawhold.linux.SyscallFilter;

/// What a workload may ask of the kernel. Whatever has a fallback in libc is refused with ENOSYS,
/// the rest with the error that the call itself would give to an ordinary user.
final class WorkloadFilter {
    private static final int NEW_NAMESPACES = 0x7E02_0000;
    private static final int SET_ID = 0xC00;
    private static final int MAY_CREATE = 0x40_0040; // O_CREAT, O_TMPFILE
    private static final int FASTOPEN = 0x2000_0000;
    private static final int TCP = 6;
    private static final int TCP_FASTOPEN_CONNECT = 30;
    private static final int NEW_LISTENER = 8;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;
    private static final int TIOCCONS = 0x541D;
    private static final int TIOCSETD = 0x5423;

    private WorkloadFilter() {}

    static SyscallFilter forWorkloads(Architecture architecture) {
        var filter = SyscallFilter.begin(architecture);
        filter.ask(CONNECT);
        fallbacks(filter);
        namespaces(filter);
        otherProcesses(filter);
        kernelSurface(filter);
        sockets(filter);
        terminal(filter);
        setIdBits(filter);
        return filter;
    }

    private static void fallbacks(SyscallFilter filter) {
        // Their flags or paths are in memory that a filter does not see; libc falls back.
        filter.refuse(ENOSYS, CLONE3, OPENAT2);
        // A ring's operations pass no filter; node and the JDK fall back.
        filter.refuse(ENOSYS, IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER);
    }

    private static void namespaces(SyscallFilter filter) {
        filter.refuseBits(EPERM, CLONE, 0, NEW_NAMESPACES);
        filter.refuse(EPERM, UNSHARE, SETNS, MOUNT, UMOUNT2, PIVOT_ROOT, CHROOT);
        filter.refuse(EPERM, OPEN_TREE, MOVE_MOUNT, FSOPEN, FSCONFIG, FSMOUNT, FSPICK);
        filter.refuse(EPERM, MOUNT_SETATTR, OPEN_TREE_ATTR);
    }

    private static void otherProcesses(SyscallFilter filter) {
        filter.refuse(EPERM, PTRACE, PROCESS_VM_READV, PROCESS_VM_WRITEV, PIDFD_GETFD, KCMP);
    }

    private static void kernelSurface(SyscallFilter filter) {
        filter.refuse(EPERM, BPF, PERF_EVENT_OPEN, USERFAULTFD, KEXEC_LOAD, KEXEC_FILE_LOAD);
        filter.refuse(EPERM, INIT_MODULE, FINIT_MODULE, DELETE_MODULE, REBOOT, SWAPON, SWAPOFF);
        filter.refuse(EPERM, ACCT, QUOTACTL, QUOTACTL_FD, SYSLOG, VHANGUP, LOOKUP_DCOOKIE);
        filter.refuse(EPERM, FANOTIFY_INIT, FANOTIFY_MARK, OPEN_BY_HANDLE_AT);
        filter.refuse(EPERM, ADD_KEY, REQUEST_KEY, KEYCTL); // keys know no namespace
        filter.refuse(EPERM, CLOCK_SETTIME, CLOCK_ADJTIME, ADJTIMEX, SETTIMEOFDAY);
        filter.refuse(EPERM, SETHOSTNAME, SETDOMAINNAME, MBIND, MIGRATE_PAGES, MOVE_PAGES);
        filter.refuse(EPERM, IOPERM, IOPL, USELIB, SYSCTL, MODIFY_LDT);
        // PER_LINUX, PER_LINUX32, each with UNAME26, no randomisation, and the query.
        filter.refuseUnless(EPERM, PERSONALITY, 0, 0, 8, 0x2_0000, 0x2_0008, 0x4_0000, -1);
        // One listener a tree: a second one would answer for itself.
        filter.refuseBits(EBUSY, SECCOMP, 1, NEW_LISTENER);
    }

    private static void sockets(SyscallFilter filter) {
        filter.sockets(SocketRules.strict());
        // Fast open connects without connect(2).
        filter.refuseOption(ENOPROTOOPT, TCP, TCP_FASTOPEN_CONNECT);
        filter.refuseBits(EOPNOTSUPP, SENDTO, 3, FASTOPEN);
        filter.refuseBits(EOPNOTSUPP, SENDMSG, 2, FASTOPEN);
        filter.refuseBits(EOPNOTSUPP, SENDMMSG, 3, FASTOPEN);
    }

    private static void terminal(SyscallFilter filter) {
        // They type into, or take away, the operator's terminal.
        filter.refuseIf(EPERM, IOCTL, 1, TIOCSTI, TIOCLINUX, TIOCCONS, TIOCSETD);
    }

    private static void setIdBits(SyscallFilter filter) {
        filter.refuseBitsIf(EPERM, OPEN, 1, MAY_CREATE, 2, SET_ID);
        filter.refuseBitsIf(EPERM, OPENAT, 2, MAY_CREATE, 3, SET_ID);
        filter.refuseBits(EPERM, CREAT, 1, SET_ID);
        filter.refuseBits(EPERM, MKNOD, 1, SET_ID);
        filter.refuseBits(EPERM, MKNODAT, 2, SET_ID);
        filter.refuseBits(EPERM, MKDIR, 1, SET_ID);
        filter.refuseBits(EPERM, MKDIRAT, 2, SET_ID);
        filter.refuseBits(EPERM, CHMOD, 1, SET_ID);
        filter.refuseBits(EPERM, FCHMOD, 1, SET_ID);
        filter.refuseBits(EPERM, FCHMODAT, 2, SET_ID);
        filter.refuseBits(EPERM, FCHMODAT2, 2, SET_ID);
    }
}
