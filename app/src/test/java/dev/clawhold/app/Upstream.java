package dev.clawhold.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The far end: a web server on this machine's loopback, in clear and over TLS, that counts.
final class Upstream implements AutoCloseable {
    /// The names that its certificate has.
    static final List<String> NAMES =
            List.of(
                    "api.test",
                    "other.test",
                    "git.test",
                    "registry.test",
                    "apt.test",
                    "a.wild.test",
                    "deep.api.test");

    private static final int BLOCK = 100_000;

    private final Authority authority;
    private final HttpServer plain;
    private final HttpsServer tls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Path> files = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private Upstream(Authority authority) throws IOException {
        this.authority = authority;
        var loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        plain = HttpServer.create(loopback, 1024);
        tls = HttpsServer.create(loopback, 1024);
        tls.setHttpsConfigurator(new HttpsConfigurator(authority.context()));
        for (var server : List.of(plain, tls)) {
            server.setExecutor(threads);
            server.createContext("/", counted(this::hello));
            server.createContext("/bytes/", counted(Upstream::bytes));
            server.createContext("/stream", counted(this::stream));
            server.createContext("/upload", counted(Upstream::upload));
            server.start();
        }
    }

    static Upstream start(Path directory) {
        try {
            return new Upstream(Authority.in(directory, NAMES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return plain.getAddress().getPort();
    }

    int tlsPort() {
        return tls.getAddress().getPort();
    }

    /// How many requests it has got for a path that begins so.
    long requests(String path) {
        return asked.stream().filter(line -> line.startsWith(path)).count();
    }

    /// Serves the files of a directory below a path.
    Upstream serve(String prefix, Path directory) {
        files.put(prefix, directory);
        return this;
    }

    /// Lets the scene's gateway find the names here, with their certificates.
    Scene reachedBy(Scene scene, String... names) {
        for (var name : names) {
            scene.option("--resolve", name + ":443:127.0.0.1:" + tlsPort());
            scene.option("--resolve", name + ":80:127.0.0.1:" + port());
        }
        return scene.option("--upstream-ca", authority.certificate().toString());
    }

    private HttpHandler counted(HttpHandler handler) {
        return exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            try (exchange) {
                handler.handle(exchange);
            }
        };
    }

    private void hello(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        for (var served : files.entrySet()) {
            if (path.startsWith(served.getKey())) {
                file(exchange, served.getValue(), path.substring(served.getKey().length()));
                return;
            }
        }
        exchange.getRequestBody().readAllBytes();
        answer(exchange, 200, ("hello from upstream " + path + "\n").getBytes(UTF_8));
    }

    private static void file(HttpExchange exchange, Path directory, String name)
            throws IOException {
        var file = directory.resolve(name).normalize();
        if (file.startsWith(directory) && Files.isRegularFile(file)) {
            answer(exchange, 200, Files.readAllBytes(file));
        } else {
            answer(exchange, 404, "no such file\n".getBytes(UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /// `/bytes/N`: N bytes of [#blocks].
    private static void bytes(HttpExchange exchange) throws IOException {
        long size = Long.parseLong(exchange.getRequestURI().getPath().substring(7));
        exchange.sendResponseHeaders(200, size);
        blocks(size, exchange.getResponseBody()::write);
    }

    /// Takes bytes as they come.
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes) throws IOException;
    }

    /// Bytes of which no two blocks are alike.
    ///
    /// @param size a multiple of 100,000
    static void blocks(long size, Sink sink) throws IOException {
        var block = new byte[BLOCK];
        new SplittableRandom(1).nextBytes(block);
        for (long at = 0; at < size; at += BLOCK) {
            ByteBuffer.wrap(block).putLong(at);
            sink.take(block);
        }
    }

    /// `/stream`: a block and a line every 20 ms until one side ends.
    private void stream(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        boolean open = true;
        while (open) {
            out.write("tick\n".getBytes(UTF_8));
            out.flush();
            try {
                open = !closing.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                open = false;
            }
        }
    }

    /// `/upload`: the SHA-256 of what came.
    private static void upload(HttpExchange exchange) throws IOException {
        var digest = sha256();
        var in = new DigestInputStream(exchange.getRequestBody(), digest);
        long size = in.transferTo(OutputStream.nullOutputStream());
        var text = size + " " + HexFormat.of().formatHex(digest.digest()) + "\n";
        answer(exchange, 200, text.getBytes(UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        plain.stop(0);
        tls.stop(0);
        threads.shutdownNow();
    }
}
