package dev.clawhold.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DenialServerTest {
    private static final SandboxCa CA = new SandboxCa(InstantSource.system());
    private static final Host HOST = new Host.Name("localhost");

    private final DenialServer server = new DenialServer(CA, DenialServerTest::closeDescriptor);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final MultiThreadIoEventLoopGroup acceptor =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private int port;

    @BeforeEach
    void listen() {
        var bootstrap =
                new ServerBootstrap()
                        .group(acceptor)
                        .channel(EpollServerSocketChannel.class)
                        .handler(
                                new ChannelInitializer<ServerChannel>() {
                                    @Override
                                    protected void initChannel(ServerChannel channel) {
                                        channel.pipeline().addLast(new Acceptor());
                                    }
                                })
                        .childHandler(new ChannelInboundHandlerAdapter());
        var channel = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly();
        port = ((InetSocketAddress) channel.channel().localAddress()).getPort();
    }

    @AfterEach
    void close() {
        server.close();
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void curlReadsTheReasonOverTls(@TempDir Path directory) throws Exception {
        var bundle = Files.writeString(directory.resolve("ca.pem"), CA.pem());

        assertThat(
                        curl(
                                "--cacert",
                                bundle.toString(),
                                "--resolve",
                                "api.example.com:" + port + ":127.0.0.1",
                                "https://api.example.com:" + port + "/v1/a?token=secret"))
                .isEqualTo("0 403 " + body("GET", "/v1/a"));
        assertThat(asked).containsExactly("GET /v1/a");
    }

    @Test
    void curlReadsTheReasonPlain() throws Exception {
        assertThat(curl("-X", "DELETE", "http://127.0.0.1:" + port + "/v1/a"))
                .isEqualTo("0 403 " + body("DELETE", "/v1/a"));
    }

    @Test
    void curlReadsTheReasonInTheMiddleOfAnUpload(@TempDir Path directory) throws Exception {
        var file = Files.write(directory.resolve("body"), new byte[8 << 20]);

        assertThat(curl("--data-binary", "@" + file, "http://127.0.0.1:" + port + "/up"))
                .isEqualTo("0 403 " + body("POST", "/up"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:", "http://localhost:"})
    void theJdksClientReadsTheReason(String start) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting(CA)).build()) {
            var request = HttpRequest.newBuilder(URI.create(start + port + "/a/b?c")).build();
            var response = client.send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.headers().firstValue("content-type")).contains("application/json");
            assertThat(response.body()).isEqualTo(body("GET", "/a/b"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theCertificateIsForTheNameThatTheClientSays(String protocol) throws Exception {
        try (var socket = tls("other.example", trusting(CA))) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            assertThat(names(socket)).contains("other.example");
        }
    }

    @Test
    void theConnectionEndsCleanlyAfterTheAnswer() throws Exception {
        try (var socket = tls("api.example.com", trusting(CA))) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith(body("GET", "/"));
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void theEndOfTlsIsAnnounced() throws Exception {
        var tap = new Tap();
        tap.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var factory = trusting(CA).getSocketFactory();
        try (var socket = (SSLSocket) factory.createSocket(tap, "localhost", port, true)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        }

        assertThat(tap.recordTypes()).endsWith(23, 21); // data, then an alert
    }

    @Test
    void aClientMaySendOnAfterTheAnswer() throws Exception {
        try (var socket = connect()) {
            socket.getOutputStream().write("POST /up HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            // Into a connection that were closed, the second of these would fail.
            for (int i = 0; i < 64; i++) {
                socket.getOutputStream().write(new byte[1 << 14]);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .endsWith(body("POST", "/up"));
        }
    }

    @Test
    void aClientOfHttp2AloneIsNotRefusedTheHandshake() throws Exception {
        try (var socket = tls("api.example.com", trusting(CA))) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEmpty();
        }
    }

    @Test
    void aClientThatDoesNotTrustTheCaGetsNoAnswer() throws Exception {
        try (var socket = tls("api.example.com", trusting(new SandboxCa(InstantSource.system())))) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aRequestMayComeByteByByteAndItsSenderMayStopSending() throws Exception {
        var request = "PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        try (var socket = connect()) {
            for (byte b : request.getBytes(UTF_8)) {
                socket.getOutputStream().write(b);
            }
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .endsWith(body("PUT", "/x"));
        }
    }

    @Test
    void aMalformedRequestIsAnsweredWithoutItsParts() throws Exception {
        assertThat(exchange("GET /x HTTP/1.1\nHost: a\n\n"))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-x\r\n", "\u0016\u0003\u0001\0\0"})
    void whatIsNotHttpIsClosed(String start) throws Exception {
        try (var socket = connect()) {
            socket.getOutputStream().write(start.getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aSourceThatFailsMeansNoAnswer() throws Exception {
        assertThat(exchange("GET /fail HTTP/1.1\r\nHost: a\r\n\r\n")).isEmpty();
    }

    @Test
    void connectionsBeyondTheBoundAreClosedAtOnceAndEarlierOnesAnswered() throws Exception {
        var open = new ArrayList<Socket>();
        for (int i = 0; i < DenialServer.MAX_OPEN; i++) {
            open.add(connect());
        }
        try (var socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        for (var socket : open) {
            try (socket) {
                socket.getOutputStream()
                        .write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .endsWith(body("GET", "/x"));
            }
        }
    }

    @Test
    void afterTheEndConnectionsAreClosed() throws Exception {
        exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        server.close();

        try (var socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void closeDescriptor(int descriptor) {
        try {
            new FileDescriptor(descriptor).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String exchange(String request) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private SSLSocket tls(String name, SSLContext context) throws IOException {
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static List<String> names(SSLSocket socket) throws Exception {
        var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return leaf.getSubjectAlternativeNames().stream().map(n -> n.getLast().toString()).toList();
    }

    private static SSLContext trusting(SandboxCa ca) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(ca.pem().getBytes(UTF_8))));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// The exit status, the response's status and its body.
    private static String curl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*", "-m", "20"));
        command.addAll(List.of("-w", "%{stderr}%{http_code}"));
        command.addAll(List.of(arguments));
        var curl = new ProcessBuilder(command).start();
        var body = new String(curl.getInputStream().readAllBytes(), UTF_8);
        var status = new String(curl.getErrorStream().readAllBytes(), UTF_8);
        return curl.waitFor() + " " + status + " " + body;
    }

    private static String body(String method, String path) {
        return """
        {"error":"policy_denied","host":"localhost","port":443,"method":"%s","path":"%s",\
        "binary":"/usr/bin/curl","reason":"host_not_listed","hint":"list the host"}
        """
                .formatted(method, path);
    }

    private static Denial denied() {
        var executable = new Executable("/usr/bin/curl", "0".repeat(64), false);
        var program = new Program.Known(executable, List.of(), 7);
        return Denial.of(
                new EgressRequest(HOST, 443, program), ReasonCode.HOST_NOT_LISTED, "list the host");
    }

    /// Hands each accepted descriptor over as the gateway does: nothing read, in no epoll set.
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object accepted) {
            int descriptor = ((EpollSocketChannel) accepted).fd().intValue();
            server.refuse(descriptor, HOST, new Source());
        }
    }

    /// Keeps what comes in.
    private static final class Tap extends Socket {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int n = super.read(bytes, offset, length);
                    seen.write(bytes, offset, Math.max(n, 0));
                    return n;
                }
            };
        }

        List<Integer> recordTypes() {
            var types = new ArrayList<Integer>();
            var in = ByteBuffer.wrap(seen.toByteArray());
            while (in.hasRemaining()) {
                types.add((int) in.get());
                in.position(in.position() + 4 + in.getShort(in.position() + 2));
            }
            return types;
        }
    }

    private final class Source implements DenialSource {
        @Override
        public Denial denial() {
            return denied();
        }

        @Override
        public Denial denial(String method, String path) {
            if (path.equals("/fail")) {
                throw new IllegalStateException("cannot record");
            }
            asked.add(method + " " + path);
            return DenialSource.super.denial(method, path);
        }
    }
}
