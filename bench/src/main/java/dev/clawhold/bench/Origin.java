package dev.clawhold.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// An HTTP server on loopback, one thread a connection: `/small` gets an empty answer, `/close` the
/// same and the end of the connection, a number so many bytes in all, from a sparse file.
final class Origin implements AutoCloseable {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: ";
    private static final long PORTION = 1 << 30;

    private final ServerSocketChannel listener;
    private final Path sparse;

    Origin() throws IOException {
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        sparse = Files.createTempFile("clawhold-bench", "");
        try (var file = Files.newByteChannel(sparse, java.nio.file.StandardOpenOption.WRITE)) {
            file.position(PORTION - 1).write(ByteBuffer.allocate(1));
        }
        Thread.ofPlatform().daemon().name("origin").start(this::accept);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                Thread.ofPlatform().daemon().name("origin-connection").start(() -> serve(client));
            }
        } catch (IOException _) {
            // It is closed: the measurement is over.
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(client), StandardCharsets.US_ASCII));
            for (var path = path(in); !path.isEmpty(); path = path(in)) {
                answer(client, path);
                if (!path.equals("small")) {
                    return;
                }
            }
        } catch (IOException _) {
            // The client has gone.
        }
    }

    private static String path(BufferedReader in) throws IOException {
        var request = in.readLine();
        if (request == null) {
            return "";
        }
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            // The fields say nothing that is needed here.
        }
        return request.substring("GET /".length(), request.indexOf(" HTTP"));
    }

    private void answer(SocketChannel client, String path) throws IOException {
        boolean empty = path.equals("small") || path.equals("close");
        long size = empty ? 0 : Long.parseLong(path);
        var head = (HEAD + size + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        client.write(ByteBuffer.wrap(head));
        try (var file = FileChannel.open(sparse)) {
            for (long left = size - head.length; left > 0; ) {
                left -= file.transferTo(0, Math.min(left, PORTION), client);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.delete(sparse);
    }
}
