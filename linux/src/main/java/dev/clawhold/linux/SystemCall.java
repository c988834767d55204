package dev.clawhold.linux;

import java.util.Locale;

/// The system calls that Clawhold makes or judges, with their numbers (`asm/unistd_64.h` for
/// x86-64, `asm-generic/unistd.h` for aarch64; all from 424 up are equal). −1: the architecture
/// does not have the call.
public enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    OPEN(2, -1),
    CLOSE(3, 57),
    MMAP(9, 222),
    IOCTL(16, 29),
    GETPID(39, 172),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    SENDMSG(46, 211),
    RECVMSG(47, 212),
    SHUTDOWN(48, 210),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKNAME(51, 204),
    GETPEERNAME(52, 205),
    SOCKETPAIR(53, 199),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    CLONE(56, 220),
    EXECVE(59, 221),
    WAIT4(61, 260),
    KILL(62, 129),
    WAITID(247, 95),
    FCNTL(72, 25),
    FDATASYNC(75, 83),
    FTRUNCATE(77, 46),
    CHDIR(80, 49),
    MKDIR(83, -1),
    CREAT(85, -1),
    CHMOD(90, -1),
    FCHMOD(91, 52),
    FCHOWN(93, 55),
    PTRACE(101, 117),
    SYSLOG(103, 116),
    SETSID(112, 157),
    SETGROUPS(116, 159),
    SETRESUID(117, 147),
    SETRESGID(119, 149),
    CAPGET(125, 90),
    CAPSET(126, 91),
    RT_SIGTIMEDWAIT(128, 137),
    RT_SIGACTION(13, 134),
    RT_SIGPROCMASK(14, 135),
    MKNOD(133, -1),
    USELIB(134, -1),
    PERSONALITY(135, 92),
    VHANGUP(153, 58),
    MODIFY_LDT(154, -1),
    PIVOT_ROOT(155, 41),
    SYSCTL(156, -1),
    PRCTL(157, 167),
    ADJTIMEX(159, 171),
    CHROOT(161, 51),
    ACCT(163, 89),
    SETTIMEOFDAY(164, 170),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    REBOOT(169, 142),
    SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162),
    IOPL(172, -1),
    IOPERM(173, -1),
    INIT_MODULE(175, 105),
    DELETE_MODULE(176, 106),
    QUOTACTL(179, 60),
    LOOKUP_DCOOKIE(212, 18),
    CLOCK_SETTIME(227, 112),
    EXIT_GROUP(231, 94),
    EPOLL_CTL(233, 21),
    MBIND(237, 235),
    KEXEC_LOAD(246, 104),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    KEYCTL(250, 219),
    INOTIFY_ADD_WATCH(254, 27),
    MIGRATE_PAGES(256, 238),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    UNLINKAT(263, 35),
    SYMLINKAT(266, 36),
    READLINKAT(267, 78),
    FCHMODAT(268, 53),
    UMASK(95, 166),
    GETUID(102, 174),
    GETGID(104, 176),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    SPLICE(275, 76),
    MOVE_PAGES(279, 239),
    EPOLL_PWAIT(281, 22),
    ACCEPT4(288, 242),
    EVENTFD2(290, 19),
    EPOLL_CREATE1(291, 20),
    DUP3(292, 24),
    PIPE2(293, 59),
    INOTIFY_INIT1(294, 26),
    PERF_EVENT_OPEN(298, 241),
    FANOTIFY_INIT(300, 262),
    FANOTIFY_MARK(301, 263),
    PRLIMIT64(302, 261),
    OPEN_BY_HANDLE_AT(304, 265),
    CLOCK_ADJTIME(305, 266),
    SENDMMSG(307, 269),
    SETNS(308, 268),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    KCMP(312, 272),
    FINIT_MODULE(313, 273),
    SECCOMP(317, 277),
    MEMFD_CREATE(319, 279),
    KEXEC_FILE_LOAD(320, 294),
    BPF(321, 280),
    EXECVEAT(322, 281),
    USERFAULTFD(323, 282),
    STATX(332, 291),
    PIDFD_SEND_SIGNAL(424, 424),
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    PIDFD_OPEN(434, 434),
    CLONE3(435, 435),
    CLOSE_RANGE(436, 436),
    OPENAT2(437, 437),
    PIDFD_GETFD(438, 438),
    MOUNT_SETATTR(442, 442),
    QUOTACTL_FD(443, 443),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_RESTRICT_SELF(446, 446),
    FCHMODAT2(452, 452),
    OPEN_TREE_ATTR(467, 467);

    /// The highest number that this table's authors have looked at (`file_setattr`, Linux 6.17).
    /// The filter refuses anything above.
    public static final int HIGHEST_KNOWN = 469;

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /// Its number on an architecture.
    ///
    /// @return −1 where the architecture does not have it
    public int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
    }

    /// The name as its manual page spells it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
