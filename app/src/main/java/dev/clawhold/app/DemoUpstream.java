package dev.clawhold.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// An HTTPS server on this machine's loopback that stands for one on the internet. It greets, or,
/// asked for `/slow`, sends a file for as long as anybody would watch, and counts its requests.
final class DemoUpstream implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int PIECES = 1_000;
    private static final int PAUSE_MILLIS = 20;
    private static final byte[] GREETING = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PIECE = "a slow file ...\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final String host;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    private DemoUpstream(ServerSocket listener, String host) {
        this.listener = listener;
        this.host = host;
    }

    /// Starts one for a host, with the certificate that the context shows.
    static DemoUpstream start(String host, SSLContext context) {
        try {
            var loopback = InetAddress.getLoopbackAddress();
            var listener =
                    context.getServerSocketFactory().createServerSocket(0, BACKLOG, loopback);
            var upstream = new DemoUpstream(listener, host);
            Thread.ofVirtual().name(host).start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The operator's word for `--resolve` that the host is here.
    String mapping() {
        return host + ":443:127.0.0.1:" + listener.getLocalPort();
    }

    /// How many requests have come.
    int requests() {
        return requests.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            var line = in.readLine();
            if (line == null) {
                return;
            }
            boolean slow = line.startsWith("GET /slow ");
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            requests.incrementAndGet();
            answer(client.getOutputStream(), slow);
        } catch (IOException _) {
            return; // the client went away, or its way was cut
        }
    }

    private void answer(OutputStream out, boolean slow) throws IOException {
        int length = slow ? PIECES * PIECE.length : GREETING.length;
        var head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: " + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        if (!slow) {
            out.write(GREETING);
        }
        for (int piece = 0; slow && piece < PIECES && !closesSoon(); piece++) {
            out.write(PIECE);
        }
    }

    private boolean closesSoon() {
        try {
            return closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
