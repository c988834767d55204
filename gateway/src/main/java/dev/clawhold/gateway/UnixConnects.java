package dev.clawhold.gateway;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.linux.ConnectListener;
import dev.clawhold.linux.ConnectListener.Call;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SocketAddress;
import dev.clawhold.linux.SocketFiles;
import dev.clawhold.policy.ReasonCode;

/// UNIX sockets: a workload may speak to servers of its own sandbox, to no other.
///
/// Who listens is found out before anything is connected, as another thread could write through the
/// socket at once. A connect is never let through to the kernel: its path could become another one
/// meanwhile.
final class UnixConnects {
    private final ConnectListener listener;
    private final LocalConnects local;
    private final AuditLog audit;
    private final ProgramReader programs;
    private final int diagnosis;

    UnixConnects(
            ConnectListener listener,
            LocalConnects local,
            AuditLog audit,
            ProgramReader programs,
            int diagnosis) {
        this.listener = listener;
        this.local = local;
        this.audit = audit;
        this.programs = programs;
        this.diagnosis = diagnosis;
    }

    void connect(Call call, int socket, SocketAddress target) {
        if (!(target instanceof SocketAddress.Unix unix)) {
            finish(call, socket, -Errno.EINVAL.number());
        } else if (unix.isAbstract()) {
            // Abstract names belong to the network namespace; this thread stands outside it, the
            // copied socket inside.
            local.connect(call, socket, unix, () -> {});
        } else {
            connectPath(call, socket, unix.path());
        }
    }

    private void connectPath(Call call, int socket, String path) {
        var absolute =
                path.startsWith("/")
                        ? path
                        : ProgramReader.workingDirectory(call.tid()) + "/" + path;
        int file = SocketFiles.find(call.tid(), absolute);
        if (file < 0) {
            finish(call, socket, file);
            return;
        }
        if (!listener.waits(call)) {
            Descriptors.close(file);
            Descriptors.close(socket);
            return;
        }
        if (SocketFiles.hasListener(diagnosis, file)) {
            var found = new SocketAddress.Unix("/proc/self/fd/" + file);
            local.connect(call, socket, found, () -> Descriptors.close(file));
        } else {
            Descriptors.close(file);
            refuse(call, socket, absolute);
        }
    }

    private void refuse(Call call, int socket, String path) {
        var refusal =
                new Event.Refusal(
                        programs.read(call.tid()), "connect", path, ReasonCode.HOST_NOT_LISTED);
        try {
            audit.record(refusal);
        } catch (AuditException _) {
            // Refused all the same; the log's failure is reported where something was to go out.
        }
        finish(call, socket, -Errno.EACCES.number());
    }

    private void finish(Call call, int socket, int result) {
        Descriptors.close(socket);
        listener.answer(call, result);
    }
}
