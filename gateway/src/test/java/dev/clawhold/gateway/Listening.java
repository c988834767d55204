package dev.clawhold.gateway;

import dev.clawhold.linux.Epoll;
import dev.clawhold.linux.Sockets;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A listener on loopback as the launch image leaves one: a plain descriptor, non-blocking, at a
/// port that the kernel has chosen.
final class Listening implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private final Socket socket;

    private Listening(Socket socket) {
        this.socket = socket;
    }

    static Listening tcp() {
        io.netty.channel.epoll.Epoll.ensureAvailability();
        var listening = new Listening(Socket.newSocketStream());
        try {
            listening.bind();
            listening.socket.listen(128);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return listening;
    }

    static Listening udp() {
        io.netty.channel.epoll.Epoll.ensureAvailability();
        var listening = new Listening(Socket.newSocketDgram());
        try {
            listening.bind();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return listening;
    }

    private void bind() throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int descriptor() {
        return socket.intValue();
    }

    int port() {
        return Sockets.localPort(descriptor());
    }

    /// Connects a client of the JDK's and takes its other side.
    Connection connect() {
        try {
            var client = new java.net.Socket(InetAddress.getLoopbackAddress(), port());
            client.setSoTimeout(PATIENCE);
            return new Connection(client, accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int accept() {
        var epoll = new Epoll();
        epoll.add(descriptor(), Epoll.READABLE);
        int connection = -1;
        while (connection < 0) {
            if (epoll.await(PATIENCE) == 0) {
                throw new AssertionError("nobody has connected");
            }
            connection = Sockets.accept(descriptor());
        }
        return connection;
    }

    /// A connection's two sides.
    record Connection(java.net.Socket client, int descriptor) {}

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
