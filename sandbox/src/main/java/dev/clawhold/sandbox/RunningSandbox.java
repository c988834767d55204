package dev.clawhold.sandbox;

import dev.clawhold.linux.ChildProcess;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.LaunchImage;
import dev.clawhold.linux.MemoryFile;
import dev.clawhold.linux.Spawn;
import dev.clawhold.linux.StatusPipe;
import dev.clawhold.linux.SyscallException;
import java.util.OptionalInt;

/// A sandbox that is running: its keeper waits for it, and this process holds copies of the
/// descriptors that the keeper keeps for the gateway.
public final class RunningSandbox {
    private final ChildProcess keeper;
    private final int pid;
    private final Blueprint.Ids ids;

    private RunningSandbox(ChildProcess keeper, int pid, Blueprint.Ids ids) {
        this.keeper = keeper;
        this.pid = pid;
        this.ids = ids;
    }

    static RunningSandbox start(LaunchImage image, Blueprint.Ids ids) {
        try (var status = new StatusPipe();
                var file = MemoryFile.executable("clawhold", image.file())) {
            var keeper = new Spawn().start(file, status.writingEnd());
            status.handedOver();
            return new RunningSandbox(keeper, awaitReady(image, status, keeper), ids);
        } catch (SyscallException e) {
            throw new SetupException(
                    Layer.PROCESSES,
                    "the launch image cannot be executed: " + e.getMessage(),
                    "allow executable memory files: set vm.memfd_noexec to 0 or 1");
        }
    }

    private static int awaitReady(LaunchImage image, StatusPipe status, ChildProcess keeper) {
        int pid = 0;
        boolean ready = false;
        while (pid == 0 || !ready) {
            var message = status.next();
            if (message.isEmpty()) {
                throw new SetupException(
                        Layer.PROCESSES, "the launch image ended with " + keeper.await(), "");
            }
            long kind = message.get().kind();
            if (kind < 0) {
                keeper.await();
                throw Failures.explain(image.operationAt(message.get().value()), (int) -kind);
            }
            if (kind == Supervision.SANDBOX_PID) {
                pid = (int) message.get().value();
            } else {
                ready |= kind == Supervision.READY;
            }
        }
        return pid;
    }

    /// The process that holds the sandbox: it ends when the sandbox does.
    public int keeperPid() {
        return keeper.pid();
    }

    /// The sandbox's pid 1, as the host counts.
    public int pid() {
        return pid;
    }

    /// The user id of its processes, as the host counts.
    public long uid() {
        return ids.root() ? ids.uid() : ids.callerUid();
    }

    /// The group id of its processes, as the host counts.
    public long gid() {
        return ids.root() ? ids.gid() : ids.callerGid();
    }

    /// Copies of the keeper's descriptors.
    ///
    /// @throws SetupException if the kernel does not give them
    public GatewayDescriptors gatewayDescriptors() {
        int process = Descriptors.ofProcess(keeper.pid());
        try {
            return new GatewayDescriptors(
                    copy(process, GatewaySockets.LISTENER),
                    copy(process, GatewaySockets.TCP4),
                    optional(Descriptors.copy(process, GatewaySockets.TCP6)),
                    copy(process, GatewaySockets.DNS_UDP),
                    copy(process, GatewaySockets.DNS_TCP),
                    copy(process, GatewaySockets.DIAGNOSIS));
        } finally {
            Descriptors.close(process);
        }
    }

    private static int copy(int process, int number) {
        int copy = Descriptors.copy(process, number);
        if (copy < 0) {
            throw new SetupException(
                    Layer.EGRESS,
                    "the keeper's descriptors cannot be taken: " + Errno.words(-copy),
                    "if the Yama module is on, set kernel.yama.ptrace_scope below 3");
        }
        return copy;
    }

    private static OptionalInt optional(int descriptor) {
        return descriptor < 0 ? OptionalInt.empty() : OptionalInt.of(descriptor);
    }

    /// Sends a signal to the workload.
    ///
    /// @param signal as `signal(7)` numbers them
    public void signal(int signal) {
        keeper.signal(signal);
    }

    /// Waits for its end.
    ///
    /// @return the command's exit status, or 128 + the signal that ended it
    public int await() {
        return keeper.await();
    }

    /// Descriptors of the sandbox's network namespace, and its filter's listener.
    ///
    /// @param listener hands over every `connect(2)`
    /// @param tcp4 listens on 127.0.0.1; non-blocking
    /// @param tcp6 listens on `::1`, where the machine has IPv6; non-blocking
    /// @param dnsUdp bound to 127.0.0.1 port 53; non-blocking
    /// @param dnsTcp listens there; non-blocking
    /// @param diagnosis answers who listens on which UNIX socket
    public record GatewayDescriptors(
            int listener, int tcp4, OptionalInt tcp6, int dnsUdp, int dnsTcp, int diagnosis) {}
}
