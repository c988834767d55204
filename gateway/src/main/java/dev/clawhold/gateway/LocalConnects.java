package dev.clawhold.gateway;

import dev.clawhold.linux.ConnectListener;
import dev.clawhold.linux.ConnectListener.Call;
import dev.clawhold.linux.Credentials;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SocketAddress;
import dev.clawhold.linux.Sockets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Makes connects that stay inside the sandbox, on the workload's own socket.
///
/// A connect of a blocking socket may wait for its server, so it gets a thread; and a server sees
/// the credentials of the task that connects (`unix(7)`, SO_PEERCRED), so that thread has the
/// sandbox's ids.
final class LocalConnects {
    private static final int MOST = 64;
    private static final int KEEP_SECONDS = 5;

    private final ConnectListener listener;
    private final ExecutorService workers;

    LocalConnects(ConnectListener listener, long uid, long gid) {
        this.listener = listener;
        this.workers =
                new ThreadPoolExecutor(
                        0,
                        MOST,
                        KEEP_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task ->
                                Thread.ofPlatform()
                                        .name("local-connect")
                                        .daemon()
                                        .unstarted(() -> {
                                            Credentials.become(uid, gid);
                                            task.run();
                                        }));
    }

    /// Connects and answers; closes the socket's copy.
    ///
    /// @param after runs when the call is answered
    void connect(Call call, int socket, SocketAddress target, Runnable after) {
        try {
            workers.execute(() -> {
                int result = Sockets.connect(socket, target);
                Descriptors.close(socket);
                listener.answer(call, result);
                after.run();
            });
        } catch (RejectedExecutionException _) {
            Descriptors.close(socket);
            listener.answer(call, -Errno.EAGAIN.number());
            after.run();
        }
    }
}
