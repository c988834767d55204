package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.ImageBuilder.Label;
import dev.clawhold.linux.LaunchImage;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The steps that make processes: keeper, pid 1 and workload.
///
/// The keeper shares its descriptor table with the sandbox until the hand-over, so whatever the
/// sandbox opens for the gateway is the keeper's too.
final class ProcessSteps {
    private static final Operand NONE = number(0);
    private static final int SIG_BLOCK = 0;
    private static final int SIG_SETMASK = 2;
    private static final int SIGNAL_SET_SIZE = 8;
    private static final int SIGKILL = 9;
    private static final int SIGCHLD = 17;
    // HUP INT QUIT USR1 USR2 PIPE ALRM TERM CHLD WINCH
    private static final int[] PASSED_ON = {1, 2, 3, 10, 12, 13, 14, 15, SIGCHLD, 28};
    private static final int SENT_BY_KERNEL = 0x80;
    private static final int WNOHANG = 1;
    private static final int EAGAIN = -11;
    private static final int EIO = -5;
    private static final int TIOCGPGRP = 0x540F;
    private static final int TERMINAL_LOOK_SECONDS = 5;
    private static final int CLONE_FILES = 0x400;
    private static final int NAMESPACES =
            0x20000 | 0x2000_0000 | 0x4000_0000 | 0x800_0000 | 0x400_0000; // mnt pid net ipc uts
    private static final int CLONE_NEWCGROUP = 0x200_0000;
    private static final int CLONE_NEWUSER = 0x1000_0000;
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_NAME = 15;
    private static final int AT_FDCWD = -100;
    private static final int WRITE_ONLY = 0x80001; // O_WRONLY | O_CLOEXEC
    private static final long EVERY = 0xFFFF_FFFFL;
    private static final int CLOSE_RANGE_UNSHARE = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_NPROC = 6;
    private static final int RLIMIT_NOFILE = 7;

    private final ImageBuilder image;
    private final Blueprint blueprint;
    private final Label keeper;
    private final Label init;
    private final Place signals;
    private Place sandboxPid;
    private Place workloadPid;

    ProcessSteps(ImageBuilder image, Blueprint blueprint) {
        this.image = image;
        this.blueprint = blueprint;
        this.keeper = image.label();
        this.init = image.label();
        long set = 0;
        for (int signal : PASSED_ON) {
            set |= 1L << (signal - 1);
        }
        this.signals = image.bytes(longs(set), "the signals that are passed on");
        this.sandboxPid = image.slot("the sandbox's pid");
        this.workloadPid = image.slot("the workload's pid");
    }

    private static byte[] longs(long... values) {
        var out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }

    void blockSignals() {
        mask("block the signals that are passed on", SIG_BLOCK, signals);
    }

    private void mask(String words, int how, Place set) {
        image.must(
                words, SystemCall.RT_SIGPROCMASK, number(how), set, NONE, number(SIGNAL_SET_SIZE));
    }

    void closeInherited() {
        int status = LaunchImage.STATUS_DESCRIPTOR;
        image.must(
                "close what was not handed over",
                SystemCall.CLOSE_RANGE,
                number(3),
                number(status - 1L),
                NONE);
        image.must("", SystemCall.CLOSE_RANGE, number(status + 1L), number(EVERY), NONE);
    }

    void enterUserNamespace() {
        var ids = blueprint.ids();
        if (ids.root()) {
            return;
        }
        image.must("enter a user namespace of its own", SystemCall.UNSHARE, number(CLONE_NEWUSER));
        mapIds(ids.uid() + " " + ids.callerUid() + " 1", ids.gid() + " " + ids.callerGid() + " 1");
    }

    private void mapIds(String users, String groups) {
        write("deny setgroups", "/proc/self/setgroups", "deny");
        write("map the user id", "/proc/self/uid_map", users);
        write("map the group id", "/proc/self/gid_map", groups);
    }

    private void write(String words, String path, String content) {
        var file =
                image.must(
                        "",
                        SystemCall.OPENAT,
                        number(AT_FDCWD),
                        image.text(path),
                        number(WRITE_ONLY),
                        NONE);
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        image.must(words, SystemCall.WRITE, file.content(), image.text(content), number(length));
        image.must("", SystemCall.CLOSE, file.content());
    }

    /// For a root caller: one short-lived child for each owner of files in writable places. It
    /// becomes the sandbox's user, enters a user namespace in which the owner's id on disk is the
    /// sandbox's, and leaves that namespace's descriptor in the shared table.
    void mapOwners() {
        for (var owner : IdMap.owners(blueprint)) {
            mapOwner(owner, IdMap.descriptor(blueprint, owner));
        }
    }

    void mapOwner(IdMap.Owner owner, int descriptor) {
        var ids = blueprint.ids();
        var parent = image.label();
        var child = fork("fork a process for an id map", CLONE_FILES | SIGCHLD, parent);
        setIds(ids);
        // A change of ids has shut this process's own files in /proc.
        image.must("", SystemCall.PRCTL, number(PR_SET_DUMPABLE), number(1), NONE, NONE, NONE);
        image.must("", SystemCall.UNSHARE, number(CLONE_NEWUSER));
        mapIds(owner.uid() + " " + ids.uid() + " 1", owner.gid() + " " + ids.gid() + " 1");
        var space =
                image.must(
                        "",
                        SystemCall.OPENAT,
                        number(AT_FDCWD),
                        image.text("/proc/self/ns/user"),
                        number(0x80000),
                        NONE);
        image.must(
                "keep the map of owner " + owner.uid() + ":" + owner.gid(),
                SystemCall.DUP3,
                space.content(),
                number(descriptor),
                number(0x80000));
        image.attempt("", SystemCall.EXIT_GROUP, NONE);
        image.mark(parent);
        var status = image.slot("how the process ended");
        image.must("wait for it", SystemCall.WAIT4, child.content(), status, NONE, NONE);
    }

    private void setIds(Blueprint.Ids ids) {
        image.must("", SystemCall.SETGROUPS, NONE, NONE);
        image.must(
                "", SystemCall.SETRESGID, number(ids.gid()), number(ids.gid()), number(ids.gid()));
        image.must(
                "", SystemCall.SETRESUID, number(ids.uid()), number(ids.uid()), number(ids.uid()));
    }

    // The child goes on with the next operation, the parent at the label.
    private Place fork(String words, long flags, Label parent) {
        var pid = image.must(words, SystemCall.CLONE, number(flags), NONE, NONE, NONE, NONE);
        image.ifPositive(pid, parent);
        return pid;
    }

    void forkSandbox() {
        sandboxPid =
                fork(
                        "fork the sandbox into its namespaces; this process stays as its keeper",
                        CLONE_FILES | NAMESPACES | SIGCHLD,
                        keeper);
    }

    void dieWithKeeper() {
        image.must(
                "die with the keeper",
                SystemCall.PRCTL,
                number(PR_SET_PDEATHSIG),
                number(SIGKILL),
                NONE,
                NONE,
                NONE);
    }

    void joinGroups() {
        for (var group : blueprint.groups()) {
            write("join the control group", group + "/cgroup.procs", "0");
        }
        image.must("unshare control groups", SystemCall.UNSHARE, number(CLONE_NEWCGROUP));
    }

    void setLimits() {
        var ceilings = blueprint.ceilings();
        limit("no core files", RLIMIT_CORE, 0);
        limit("processes", RLIMIT_NPROC, ceilings.processes());
        limit("open files", RLIMIT_NOFILE, ceilings.descriptors());
        var name = blueprint.name();
        image.must(
                "set the host name",
                SystemCall.SETHOSTNAME,
                image.text(name),
                number(name.length()));
    }

    private void limit(String words, int resource, long value) {
        image.must(
                "limit: " + words,
                SystemCall.PRLIMIT64,
                NONE,
                number(resource),
                image.bytes(longs(value, value), Long.toString(value)),
                NONE);
    }

    // Without it `/dev/stdout` on a pipe is EACCES to the workload; terminals are left alone.
    void giveAwayPipes() {
        var ids = blueprint.ids();
        if (ids.root()) {
            for (int pipe : blueprint.stdio().pipes()) {
                image.attempt(
                        "let the workload reopen descriptor " + pipe,
                        SystemCall.FCHOWN,
                        number(pipe),
                        number(ids.uid()),
                        number(ids.gid()));
            }
        }
    }

    /// Leaves the listener to the keeper alone: whoever has it could answer for itself.
    void handOver(Place listener) {
        image.must(
                "keep the listener",
                SystemCall.DUP3,
                listener.content(),
                number(GatewaySockets.LISTENER),
                number(0x80000));
        image.must(
                "be closed to other processes",
                SystemCall.PRCTL,
                number(PR_SET_DUMPABLE),
                NONE,
                NONE,
                NONE,
                NONE);
        image.must("", SystemCall.CLOSE_RANGE, number(3), number(99), NONE);
        sendDescriptors();
        int status = LaunchImage.STATUS_DESCRIPTOR;
        image.must(
                "close everything but the standard descriptors",
                SystemCall.CLOSE_RANGE,
                number(3),
                number(status - 1L),
                number(CLOSE_RANGE_UNSHARE));
        image.must("", SystemCall.CLOSE_RANGE, number(status + 1L), number(EVERY), NONE);
        image.must(
                "let the status pipe end with the workload's start",
                SystemCall.FCNTL,
                number(status),
                number(F_SETFD),
                number(FD_CLOEXEC));
    }

    private void name(String name) {
        image.attempt(
                "", SystemCall.PRCTL, number(PR_SET_NAME), image.text(name), NONE, NONE, NONE);
    }

    private void report(String words, long kind, Operand value) {
        var message = image.vector("the message", List.of(number(kind), NONE));
        if (value instanceof Operand.Content(var place)) {
            image.copy(place, message.plus(8));
        }
        image.must(
                words,
                SystemCall.WRITE,
                number(LaunchImage.STATUS_DESCRIPTOR),
                message,
                number(16));
    }

    // The supervisor has copies of what the keeper keeps even if the workload ends at once. Where
    // nobody listens any more, nothing starts.
    private void sendDescriptors() {
        var kept = GatewaySockets.kept(blueprint.machine().ipv6());
        var rights = ByteBuffer.allocate(16 + 4 * kept.size()).order(ByteOrder.LITTLE_ENDIAN);
        rights.putLong(rights.capacity()).putInt(SOL_SOCKET).putInt(SCM_RIGHTS);
        kept.forEach(rights::putInt);
        var message = image.bytes(longs(Supervision.DESCRIPTORS, 0), "the message");
        var vector = image.vector("the message", List.of(message, number(16)));
        var header =
                image.vector(
                        "the message and the gateway's descriptors",
                        List.of(
                                NONE,
                                NONE,
                                vector,
                                number(1),
                                image.bytes(rights.array(), "descriptors"),
                                number(rights.capacity()),
                                NONE));
        image.must(
                "send the gateway's descriptors",
                SystemCall.SENDMSG,
                number(LaunchImage.STATUS_DESCRIPTOR),
                header,
                NONE);
    }

    void forkInit() {
        workloadPid = fork("fork the workload; this process stays as pid 1", SIGCHLD, init);
    }

    void execute() {
        mask("unblock signals", SIG_SETMASK, image.slot("no signal"));
        report("say that every layer is in force", Supervision.READY, NONE);
        new ExecuteSteps(image, blueprint).execute();
    }

    void scripts() {
        image.mark(keeper);
        name("clawhold-keeper");
        image.attempt("", SystemCall.CHDIR, image.text("/")); // holds no directory of the host
        report("tell the sandbox's pid", Supervision.SANDBOX_PID, sandboxPid.content());
        attend(sandboxPid, blueprint.stdio().terminal());
        image.mark(init);
        image.attempt("", SystemCall.CLOSE, number(LaunchImage.STATUS_DESCRIPTOR));
        name("clawhold-init");
        attend(workloadPid, -1);
        image.failureScript();
    }

    /// Waits for one child, reaps all, passes signals on, and ends as the child ends. What the
    /// kernel itself sent, such as a terminal's interrupt, has reached the workload already.
    private void attend(Place child, int terminal) {
        var wait = image.label();
        var reap = image.label();
        var gone = image.label();
        var look = image.label();
        var info = image.bytes(new byte[128], "the signal's origin");
        var status = image.slot("how the child ended");

        image.mark(wait);
        var patience = terminal < 0 ? NONE : image.bytes(longs(TERMINAL_LOOK_SECONDS, 0), "5 s");
        var signal =
                image.attempt(
                        "wait for a signal",
                        SystemCall.RT_SIGTIMEDWAIT,
                        signals,
                        info,
                        patience,
                        number(SIGNAL_SET_SIZE));
        image.ifEqual(signal, SIGCHLD, reap);
        image.ifEqual(signal, EAGAIN, look);
        image.ifEqual(info.plus(8), SENT_BY_KERNEL, wait);
        image.attempt("pass it on", SystemCall.KILL, child.content(), signal.content());
        image.jump(wait);

        image.mark(reap);
        var ended =
                image.attempt("reap", SystemCall.WAIT4, number(-1), status, number(WNOHANG), NONE);
        image.ifSame(ended, child, gone);
        image.ifPositive(ended, reap);
        image.jump(wait);

        image.mark(look);
        if (terminal >= 0) {
            var group = image.slot("the terminal's group");
            var answer =
                    image.attempt(
                            "is the terminal still there",
                            SystemCall.IOCTL,
                            number(terminal),
                            number(TIOCGPGRP),
                            group);
            image.ifDifferent(answer, EIO, wait);
            image.attempt("end with it", SystemCall.KILL, child.content(), number(SIGKILL));
        }
        image.jump(wait);

        image.mark(gone);
        image.leaveAs(status);
    }
}
