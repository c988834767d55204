package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import io.netty.channel.ChannelException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Explains denials: takes refused connections over, reads one HTTP request from each, within TLS
/// or plain, and answers why it does not go out. Safe for use by many threads; two daemon threads
/// do the work, one to adopt connections, one to answer them.
///
/// Netty is loaded at the first refusal, in the background: it takes 0.1 s or more, and a sandbox
/// that refuses nothing need not pay for it. Its native part is on no module's list of
/// requirements, so the command line must name it: `--add-modules
/// io.netty.transport.epoll.linux.x86_64` and `--enable-native-access=io.netty.common`.
final class DenialServer implements AutoCloseable {
    /// Connections answered at once; further ones are closed.
    static final int MAX_OPEN = 256;

    private final SandboxCa ca;
    private final IntConsumer closeDescriptor;
    private final AtomicInteger open = new AtomicInteger();
    private final ExecutorService adopter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("adopt-denied").factory());
    // INVARIANT: only the adopter's thread uses it.
    private @Nullable MultiThreadIoEventLoopGroup loop;

    /// @param ca ends TLS; its certificates are trusted inside the sandbox
    /// @param closeDescriptor closes a connection that cannot be adopted, by `close(2)`
    DenialServer(SandboxCa ca, IntConsumer closeDescriptor) {
        this.ca = ca;
        this.closeDescriptor = closeDescriptor;
    }

    /// Why denials cannot be explained here, only carried out; empty when they can. Loads Netty.
    static Optional<String> problem() {
        return Optional.ofNullable(Epoll.unavailabilityCause())
                .map(cause -> "the native part of Netty cannot be loaded: " + cause.getMessage());
    }

    /// Loads in the background what the first refusal needs.
    void prepare() {
        adopter.execute(this::loop);
    }

    /// Takes the connection over and answers it in the background. Whatever happens, it is closed
    /// within 15 seconds. Returns at once.
    ///
    /// @param descriptor a connected, non-blocking socket from which nothing has been read; the
    ///   caller must not use it any more, nor have it in an epoll set
    /// @param host whom the client meant, for the certificate of a client that does not say
    void refuse(int descriptor, Host host, DenialSource source) {
        if (open.incrementAndGet() > MAX_OPEN) {
            release(descriptor);
            return;
        }
        try {
            adopter.execute(() -> adopt(descriptor, host, source));
        } catch (RejectedExecutionException e) {
            release(descriptor);
        }
    }

    /// Closes what is open and ends the threads. Later refusals are closed at once.
    @Override
    public void close() {
        if (!adopter.isShutdown()) {
            adopter.execute(this::shutDown);
        }
        adopter.close();
    }

    private void release(int descriptor) {
        open.decrementAndGet();
        closeDescriptor.accept(descriptor);
    }

    private void adopt(int descriptor, Host host, DenialSource source) {
        if (problem().isPresent()) {
            release(descriptor);
            return;
        }
        try {
            var channel = new EpollSocketChannel(descriptor);
            channel.closeFuture().addListener(_ -> open.decrementAndGet());
            channel.pipeline()
                    .addLast(new DenialTlsHandler(ca, host))
                    .addLast(new DenialHandler(source));
            var _ = loop().register(channel);
        } catch (ChannelException e) {
            // The constructor asks the socket for its state: one that cannot say has no reader.
            release(descriptor);
        }
    }

    private MultiThreadIoEventLoopGroup loop() {
        if (loop == null) {
            var threads = Thread.ofPlatform().daemon().name("answer-denied").factory();
            loop = new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory());
        }
        return loop;
    }

    private void shutDown() {
        if (loop != null) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                    .awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }
}
