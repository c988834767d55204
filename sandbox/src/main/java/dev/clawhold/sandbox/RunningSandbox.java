package dev.clawhold.sandbox;

import dev.clawhold.linux.ChildProcess;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.LaunchImage;
import dev.clawhold.linux.Launcher;
import dev.clawhold.linux.StatusPipe;
import dev.clawhold.linux.SyscallException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A sandbox that is running: its keeper waits for it, and this process holds copies of the
/// descriptors that the keeper keeps for the gateway.
public final class RunningSandbox {
    private static final int SIGKILL = 9;

    private final ChildProcess keeper;
    private final Blueprint.Ids ids;
    private final ControlGroups groups;
    private final Registration registration;
    private int pid;
    private List<Integer> kept = List.of();

    private RunningSandbox(
            ChildProcess keeper,
            Blueprint.Ids ids,
            ControlGroups groups,
            Registration registration) {
        this.keeper = keeper;
        this.ids = ids;
        this.groups = groups;
        this.registration = registration;
    }

    static RunningSandbox start(
            LaunchImage image, Blueprint.Ids ids, ControlGroups groups, Registration registration) {
        try (var status = new StatusPipe()) {
            var keeper = new Launcher().start(image, status.writingEnd());
            status.handedOver();
            var sandbox = new RunningSandbox(keeper, ids, groups, registration);
            sandbox.awaitReady(image, status);
            return sandbox;
        } catch (SyscallException e) {
            groups.remove();
            registration.ended();
            throw new SetupException(
                    Layer.PROCESSES,
                    "the launch image cannot be executed: " + e.getMessage(),
                    "set vm.memfd_noexec to 0 or 1, or TMPDIR (java.io.tmpdir) to a directory"
                            + " without noexec");
        }
    }

    private void awaitReady(LaunchImage image, StatusPipe status) {
        boolean ready = false;
        try {
            registration.forked(keeper.pid());
            while (pid == 0 || !ready) {
                var message = status.next();
                if (message.isEmpty() || message.get().kind() < 0) {
                    throw failed(image, message, keeper.await());
                }
                switch ((int) message.get().kind()) {
                    case Supervision.SANDBOX_PID -> pid = (int) message.get().value();
                    case Supervision.DESCRIPTORS -> kept = message.get().descriptors();
                    default -> ready = true;
                }
            }
            registration.up(keeper.pid(), pid);
        } catch (SetupException e) {
            keeper.signal(SIGKILL); // nothing is left behind, whatever it was that failed
            keeper.await();
            kept.forEach(Descriptors::close);
            clear();
            throw e;
        }
    }

    private static SetupException failed(
            LaunchImage image, Optional<StatusPipe.Message> report, int status) {
        return report.map(message ->
                        Failures.explain(image.operationAt(message.value()), (int) -message.kind()))
                .orElseGet(() ->
                        new SetupException(
                                Layer.PROCESSES, "the launch image ended with " + status, ""));
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

    /// This process's copies of the keeper's descriptors, the same ones at every call; whoever asks
    /// for them closes them.
    public GatewayDescriptors gatewayDescriptors() {
        return GatewaySockets.received(kept);
    }

    /// Sends a signal to the workload; 9 ends the whole sandbox at once.
    ///
    /// @param signal as `signal(7)` numbers them
    public void signal(int signal) {
        keeper.signal(signal);
    }

    /// Waits for its end, once, and removes what it left: control groups and its place in the
    /// registry.
    ///
    /// @return the command's exit status, or 128 + the signal that ended it
    public int await() {
        int status = keeper.await();
        clear();
        return status;
    }

    private void clear() {
        groups.remove();
        registration.ended();
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
            int listener, int tcp4, OptionalInt tcp6, int dnsUdp, int dnsTcp, int diagnosis) {

        /// Closes all of them: where no gateway takes them.
        public void close() {
            IntStream.concat(IntStream.of(listener, tcp4, dnsUdp, dnsTcp, diagnosis), tcp6.stream())
                    .forEach(Descriptors::close);
        }
    }
}
