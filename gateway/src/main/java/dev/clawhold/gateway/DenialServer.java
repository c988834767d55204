package dev.clawhold.gateway;

import dev.clawhold.policy.Host;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Explains denials: takes refused connections over, reads one HTTP request from each, within TLS
/// or plain, and answers why it does not go out. Safe for use by many threads; the answering is
/// done by one daemon thread.
///
/// Netty does the work. It is loaded with the first refusal, since a sandbox that refuses nothing
/// need not wait for it. Its native part is on no module's list of requirements, so the command
/// line must name it: `--add-modules io.netty.transport.epoll.linux.x86_64` and
/// `--enable-native-access=io.netty.common`.
final class DenialServer implements AutoCloseable {
    /// Connections answered at once; further ones are closed.
    static final int MAX_OPEN = 256;

    private final SandboxCa ca;
    private final AtomicInteger open = new AtomicInteger();
    private @Nullable MultiThreadIoEventLoopGroup loop;
    private boolean closed;

    /// @param ca ends TLS; its certificates are trusted inside the sandbox
    DenialServer(SandboxCa ca) {
        this.ca = ca;
    }

    /// Takes the connection over and answers it in the background: whatever happens, it is closed
    /// within 15 seconds.
    ///
    /// @param descriptor a connected, non-blocking socket from which nothing has been read; the
    ///   caller must not use it any more, nor have it in an epoll set
    /// @param host whom the client meant, for the certificate of a client that does not say
    /// @throws IllegalStateException if Netty's native part cannot be loaded: then the descriptor
    ///   is still the caller's
    void refuse(int descriptor, Host host, DenialSource source) {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "the native part of Netty cannot be loaded", Epoll.unavailabilityCause());
        }
        var channel = new EpollSocketChannel(descriptor);
        channel.closeFuture().addListener(_ -> open.decrementAndGet());
        var group = loop();
        if (open.incrementAndGet() > MAX_OPEN || group.isEmpty()) {
            channel.unsafe().closeForcibly();
            return;
        }
        channel.pipeline()
                .addLast(new DenialTlsHandler(ca, host))
                .addLast(new DenialHandler(source));
        var _ = group.get().register(channel);
    }

    /// Closes what is open and ends the thread. Later refusals are closed at once.
    @Override
    public void close() {
        stop().ifPresent(group ->
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                        .awaitUninterruptibly(2, TimeUnit.SECONDS));
    }

    private synchronized Optional<MultiThreadIoEventLoopGroup> stop() {
        closed = true;
        return Optional.ofNullable(loop);
    }

    /// Empty after [#close()].
    private synchronized Optional<MultiThreadIoEventLoopGroup> loop() {
        if (loop == null && !closed) {
            var threads = Thread.ofPlatform().daemon().name("denials").factory();
            loop = new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory());
        }
        return closed ? Optional.empty() : Optional.ofNullable(loop);
    }
}
