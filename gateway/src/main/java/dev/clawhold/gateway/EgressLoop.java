package dev.clawhold.gateway;

import dev.clawhold.linux.ConnectListener;
import dev.clawhold.linux.ConnectListener.Call;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.ProcessMemory;
import dev.clawhold.linux.SocketAddress;
import dev.clawhold.linux.Sockets;

/// Receives every `connect(2)` of a sandbox, one after the other, and has it judged.
///
/// The address is read once and only the copy is used: another thread of the workload may rewrite
/// it at any time. No call that could leave the sandbox is ever let through to the kernel; what is
/// let through (DNS over UDP, the kernel's own netlink) reaches loopback at most.
final class EgressLoop implements Runnable {
    private static final int SHORTEST_ADDRESS = 2;
    private static final int LONGEST_ADDRESS = 128;

    private final ConnectListener listener;
    private final InetConnects inet;
    private final UnixConnects unix;

    EgressLoop(ConnectListener listener, InetConnects inet, UnixConnects unix) {
        this.listener = listener;
        this.inet = inet;
        this.unix = unix;
    }

    @Override
    public void run() {
        for (var call = listener.receive(); call.isPresent(); call = listener.receive()) {
            handle(call.get());
        }
    }

    private void handle(Call call) {
        if (call.length() < SHORTEST_ADDRESS || call.length() > LONGEST_ADDRESS) {
            listener.answer(call, -Errno.EINVAL.number());
            return;
        }
        int thread = task(call.tid());
        if (thread < 0) {
            listener.answer(call, -Errno.EACCES.number());
            return;
        }
        int socket = Descriptors.copy(thread, call.socket());
        if (socket < 0) {
            listener.answer(call, socket);
        } else {
            judge(call, socket);
        }
        Descriptors.close(thread);
    }

    private static int task(int tid) {
        int thread = Descriptors.ofThread(tid);
        return Errno.EINVAL.is(thread) || Errno.ENOENT.is(thread)
                ? ProcessStatus.of(tid)
                        .map(status -> Descriptors.ofLeader(tid, status.pid()))
                        .orElse(-Errno.EACCES.number())
                : thread;
    }

    private void judge(Call call, int socket) {
        var address = ProcessMemory.read(call.tid(), call.address(), (int) call.length());
        if (address.isEmpty()) {
            finish(call, socket, -Errno.EFAULT.number());
            return;
        }
        var target = SocketAddress.decode(address.get());
        switch (Sockets.kind(socket).domain()) {
            case SocketAddress.INET, SocketAddress.INET6 -> inet.connect(call, socket, target);
            case SocketAddress.UNIX -> unix.connect(call, socket, target);
            case SocketAddress.NETLINK -> {
                Descriptors.close(socket);
                listener.proceed(call);
            }
            default -> finish(call, socket, -Errno.EAFNOSUPPORT.number());
        }
    }

    private void finish(Call call, int socket, int result) {
        Descriptors.close(socket);
        listener.answer(call, result);
    }
}
