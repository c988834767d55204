package dev.clawhold.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.MemoryAuditLog;
import dev.clawhold.gateway.PendingConnects.Way;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.policy.Decision;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// [RelayLoop] and [TunnelOpening] on the loopback of the machine: what a sandbox's namespace has.
@Timeout(60)
class RelayTest {
    private static final SandboxCa CA = new SandboxCa(InstantSource.system());
    private static final SSLContext TRUSTING = trusting(CA);
    private static final int PATIENCE = 20_000;
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
    private static final String REQUEST = "GET /a?b HTTP/1.1\r\nHost: api.example.com\r\n\r\n";
    private static final EgressRequest API = Requests.to("api.example.com", 80);

    private static final String UNREACHABLE = "unreachable.example.com";
    private static final String UNKNOWN = "unknown.example.com";
    private static final String RESOLVED = "resolved.example.com";

    private final Listening listening = Listening.tcp();
    private final ServerSocketChannel upstream = ServerSocketChannel.open();
    private final PendingConnects pending = new PendingConnects();
    private final MemoryAuditLog audit = AuditLog.inMemory();
    private final PolicyInForce policy =
            new PolicyInForce(
                    Requests.allowing(
                            1,
                            "api.example.com",
                            "b.example.com",
                            "192.0.2.7",
                            UNREACHABLE,
                            UNKNOWN,
                            RESOLVED));
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong nanosPerLook = new AtomicLong();
    private final AtomicReference<Runnable> atALookAtTheClock = new AtomicReference<>(() -> {});
    private final DenialServer denials = new DenialServer(CA, Descriptors::close);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(denials, listening));
    private final RelayLoop relay;

    RelayTest() throws IOException {
        upstream.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        opened.add(upstream);
        relay = relay();
        Thread.ofPlatform().daemon().start(relay);
    }

    @AfterEach
    void end() throws Exception {
        relay.stop();
        for (var each : opened) {
            each.close();
        }
    }

    @Nested
    class AnAllowedConnection {
        @Test
        void reachesItsUpstreamAndEndsInEachDirectionByItself() throws IOException {
            var client = connect(API);
            write(client, REQUEST);
            client.shutdownOutput();
            var server = accept();

            assertThat(text(server)).isEqualTo(REQUEST);
            write(server, "answer");
            server.close();
            assertThat(text(client)).isEqualTo("answer");
            assertThat(audit.events()).hasSize(1);
        }

        @Test
        void carriesLargeStreamsBothWaysAtOnce() throws Exception {
            var client = connect(API);
            write(client, REQUEST);
            var server = accept();
            server.getInputStream().readNBytes(REQUEST.length());
            var bytes = new byte[20 << 20];
            new Random(1).nextBytes(bytes);
            var up = task(() -> send(client, bytes));
            var down = task(() -> send(server, bytes));
            var atServer = task(() -> digest(server));

            assertThat(digest(client)).isEqualTo(digest(bytes));
            assertThat(atServer.get(PATIENCE, TimeUnit.MILLISECONDS)).isEqualTo(digest(bytes));
            up.get();
            down.get();
        }

        @Test
        void isResetWhereItsOtherSideIs() throws IOException {
            var client = connect(API);
            write(client, REQUEST);
            var server = accept();
            assertThat(line(server)).isEqualTo("GET /a?b HTTP/1.1");
            server.setSoLinger(true, 0);
            server.close();

            assertReset(client);
        }

        @Test
        void whoseUpstreamTakesNoConnectionIsToldSo() throws IOException {
            var client = connect(Requests.to(UNREACHABLE, 80));
            write(client, REQUEST.replace("api.example.com", UNREACHABLE));

            assertThat(text(client))
                    .startsWith("HTTP/1.1 502 ")
                    .contains("\"reason\":\"upstream_unreachable\"");
        }

        @Test
        void mayNameNothingToALiteralAddress() throws IOException {
            var client = connect(Requests.to("192.0.2.7", 2222));
            write(client, "SSH-2.0-client\r\n");

            assertThat(line(accept())).isEqualTo("SSH-2.0-client");
        }
    }

    @Nested
    class ANameThatDoesNotFit {
        @Test
        void inTlsIsRecordedAndAnsweredAndNobodyIsDialled() throws Exception {
            var client = connect(Requests.to("api.example.com", 443));
            var request = "GET /a HTTP/1.1\r\nHost: other.example\r\n\r\n";

            assertThat(overTls(client, "other.example", request))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("\"reason\":\"sni_mismatch\"");
            assertThat(audit.events().get(1))
                    .isEqualTo(
                            new Event.Misnamed(
                                    denied(
                                            Requests.to("api.example.com", 443),
                                            ReasonCode.SNI_MISMATCH),
                                    "other.example"));
            assertThat(audit.events().get(2)).isInstanceOf(Event.Http.class);
            assertNobodyHasCome();
        }

        @Test
        void inHttpIsRecordedAndAnsweredAndNobodyIsDialled() throws IOException {
            var client = connect(API);
            write(client, "GET /a HTTP/1.1\r\nHost: other.example\r\n\r\n");

            assertThat(text(client)).contains("\"reason\":\"host_header_mismatch\"");
            assertNobodyHasCome();
        }

        @Test
        void isNotAnsweredWithoutARecord() throws IOException {
            var client = connect(API);
            audit.breakDown("no space left on device");
            write(client, "GET /a HTTP/1.1\r\nHost: other.example\r\n\r\n");

            assertReset(client);
            assertNobodyHasCome();
        }
    }

    @Nested
    class ASilentClient {
        @Test
        void getsWhatItsServerSaysFirst() throws IOException {
            var client = connect(Requests.to("api.example.com", 2222));
            var server = acceptLater();
            write(server, "SSH-2.0-server\r\n");
            assertThat(line(client)).isEqualTo("SSH-2.0-server");

            write(client, "SSH-2.0-client\r\n");
            assertThat(line(server)).isEqualTo("SSH-2.0-client");
        }

        @Test
        void isHeldToItsNameWhenItSpeaksAtLast() throws Exception {
            var client = connect(Requests.to("api.example.com", 443));
            var server = acceptLater();
            var request = "GET /a HTTP/1.1\r\nHost: other.example\r\n\r\n";

            assertThat(overTls(client, "other.example", request))
                    .contains("\"reason\":\"sni_mismatch\"");
            assertThat(text(server)).as("what went out").isEmpty();
        }

        @Test
        void isServedWhenItSpeaksAtLastAndNamesItsHost() throws IOException {
            var client = connect(API);
            var server = acceptLater();
            write(client, REQUEST.substring(0, 20));
            write(client, REQUEST.substring(20));

            assertThat(line(server)).isEqualTo("GET /a?b HTTP/1.1");
            write(server, "answer");
            server.shutdownOutput();
            assertThat(text(client)).isEqualTo("answer");
        }

        @Test
        void mayEndItsSideWithoutAWord() throws IOException {
            var client = connect(Requests.to("api.example.com", 2222));
            var server = acceptLater();
            client.shutdownOutput();
            assertThat(text(server)).isEmpty();

            write(server, "banner\r\n");
            server.close();
            assertThat(text(client)).isEqualTo("banner\r\n");
        }

        @Test
        void thatBeginsAndDoesNotGoOnIsCutInTime() throws IOException {
            var client = connect(API);
            var server = acceptLater();
            write(client, "GET /");
            nanosPerLook.set(TimeUnit.SECONDS.toNanos(1));

            assertReset(client);
            assertReset(server);
        }

        @Test
        void isNotDialledForBeforeTheBound() throws Exception {
            connect(Requests.to("api.example.com", 2222));
            barrier();
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(299));
            barrier();

            assertNobodyHasCome();
        }
    }

    @Nested
    class AChangeOfThePolicy {
        @Test
        void cutsWhatItForbidsAndLeavesTheRest() throws Exception {
            var forbidden = connect(Requests.to("b.example.com", 2222));
            write(forbidden, "EHLO b\r\n");
            var cut = accept();
            assertThat(line(cut)).isEqualTo("EHLO b");
            var allowed = connect(Requests.to("api.example.com", 2222));
            write(allowed, "EHLO a\r\n");
            var server = accept();
            assertThat(line(server)).isEqualTo("EHLO a");

            replacePolicy(2, "api.example.com");

            assertReset(forbidden);
            assertReset(cut);
            write(server, "250 a\r\n");
            assertThat(line(allowed)).isEqualTo("250 a");
            assertThat(audit.events())
                    .hasSize(3)
                    .last()
                    .isEqualTo(
                            new Event.Egress(
                                    new Decision(
                                            Requests.to("b.example.com", 2222),
                                            new Verdict.Deny(Reason.of(ReasonCode.POLICY_REVOKED)),
                                            2)));
        }

        @Test
        void cutsWhatHasNotSpokenYet() throws Exception {
            var client = connect(Requests.to("b.example.com", 2222));
            barrier();
            replacePolicy(2, "api.example.com");

            assertReset(client);
            assertNobodyHasCome();
        }

        @Test
        void thatComesWhileANameIsResolvedCountsForItsAddresses() throws IOException {
            var endpoint =
                    new Endpoint.Opaque(
                            new Endpoint.Target(
                                    Requests.pattern(RESOLVED),
                                    Ports.any(),
                                    List.of(Cidr.parse("192.168.0.0/16").orElseThrow()),
                                    false,
                                    0),
                            true);
            var stricter = Requests.allowing(2, endpoint);
            var request = Requests.to(RESOLVED, 80);
            // The old policy has been taken for the addresses, but has not judged them yet.
            atALookAtTheClock.set(() -> {
                if (Thread.currentThread().isVirtual() && policy.current() != stricter) {
                    policy.replace(stricter);
                }
            });
            var client = connect(request);
            write(client, REQUEST.replace("api.example.com", RESOLVED));

            assertThat(text(client)).contains("\"reason\":\"policy_revoked\"");
            assertThat(audit.events().get(1))
                    .isEqualTo(
                            new Event.Egress(
                                    new Decision(
                                            request,
                                            new Verdict.Deny(Reason.of(ReasonCode.POLICY_REVOKED)),
                                            2)));
        }

        @Test
        void cutsThoughItCannotBeRecorded() throws Exception {
            var client = connect(Requests.to("b.example.com", 2222));
            write(client, "EHLO b\r\n");
            accept();
            audit.breakDown("no space left on device");
            replacePolicy(2, "api.example.com");

            assertReset(client);
        }
    }

    @Nested
    class ADeniedConnection {
        @Test
        void isToldWhyWhereItsPortIsAWebPort() throws IOException {
            var client = connect(denied(API, ReasonCode.HOST_NOT_LISTED));
            write(client, REQUEST);

            assertThat(text(client))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("\"reason\":\"host_not_listed\"", "\"path\":\"/a\"");
            assertThat(audit.events().get(1)).isInstanceOf(Event.Http.class);
            assertNobodyHasCome();
        }

        @Test
        void isResetElsewhere() throws IOException {
            var request = Requests.to("api.example.com", 2222);

            assertReset(connect(denied(request, ReasonCode.HOST_NOT_LISTED)));
            assertNobodyHasCome();
        }

        @Test
        void saysThatAskingIsNotBuiltYet() throws IOException {
            var client = connect(new Decision(API, new Verdict.Ask(Requests.RULE), 1));
            write(client, REQUEST);

            assertThat(text(client)).contains("\"reason\":\"feature_unavailable\"");
        }

        @Test
        void isToldThatItsNameHasNoAddress() throws IOException {
            var request = Requests.to(UNKNOWN, 80);
            var client = connect(request);
            write(client, REQUEST.replace("api.example.com", UNKNOWN));

            assertThat(text(client))
                    .startsWith("HTTP/1.1 502 ")
                    .contains("\"reason\":\"dns_failed\"");
            assertThat(audit.events().get(1))
                    .isEqualTo(new Event.Egress(denied(request, ReasonCode.DNS_FAILED)));
        }
    }

    @Test
    void aConnectThatNobodyRegisteredIsReset() throws IOException {
        var client = keep(new Socket(InetAddress.getLoopbackAddress(), listening.port()));
        client.setSoTimeout(PATIENCE);

        assertReset(client);
    }

    @Test
    void aClientThatLeavesBeforeItSpeaksLeavesNothingBehind() throws Exception {
        connect(API).close();
        barrier();
        var client = connect(API);
        write(client, REQUEST);

        assertThat(line(accept())).isEqualTo("GET /a?b HTTP/1.1");
    }

    private RelayLoop relay() throws IOException {
        var sockets =
                new SandboxSockets(
                        -1, listening.descriptor(), OptionalInt.empty(), -1, -1, -1, 1, 0, 0);
        var settings =
                new Gateway.Settings(
                        policy,
                        audit,
                        new UpstreamMap(fixed()),
                        this::time,
                        this::nanoTime,
                        _ -> {});
        var resolver =
                new UpstreamResolver(new HostsFile(Path.of("/nonexistent")), RelayTest::resolve);
        var opening = new TunnelOpening(settings, new UpstreamFinder(settings, resolver), denials);
        var loop = new RelayLoop(sockets, pending, opening, this::nanoTime);
        policy.onChange(() -> loop.post(opening::judgeAgain));
        return loop;
    }

    private Map<UpstreamMap.Target, FixedUpstream> fixed() throws IOException {
        var fixed = new HashMap<UpstreamMap.Target, FixedUpstream>();
        int port = upstream.socket().getLocalPort();
        for (int asked : new int[] {80, 443, 2222}) {
            for (var name : List.of("api.example.com", "b.example.com", "192.0.2.7")) {
                fixed.put(target(name, asked), new FixedUpstream(LOOPBACK, port));
            }
        }
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fixed.put(target(UNREACHABLE, 80), new FixedUpstream(LOOPBACK, closed.getLocalPort()));
        }
        return fixed;
    }

    private static UpstreamMap.Target target(String host, int port) {
        return new UpstreamMap.Target(Host.of(host).orElseThrow(), port);
    }

    private Instant time() {
        atALookAtTheClock.get().run();
        return Instant.EPOCH;
    }

    private long nanoTime() {
        return nanos.addAndGet(nanosPerLook.get());
    }

    private static InetAddress[] resolve(String name) throws UnknownHostException {
        if (name.startsWith(RESOLVED)) {
            return new InetAddress[] {InetAddress.ofLiteral("10.255.255.1")};
        }
        throw new UnknownHostException(name + ": Name or service not known");
    }

    private Socket connect(EgressRequest request) throws IOException {
        return connect(Requests.allowed(request));
    }

    private Socket connect(Decision decision) throws IOException {
        var client = keep(new Socket());
        client.setSoTimeout(PATIENCE);
        client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        pending.register(Way.V4, client.getLocalPort(), audit.record(new Event.Egress(decision)));
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.port()));
        return client;
    }

    private Socket accept() throws IOException {
        upstream.configureBlocking(true);
        var server = keep(upstream.accept().socket());
        server.setSoTimeout(PATIENCE);
        return server;
    }

    /// Takes a connection that comes when time has passed.
    private Socket acceptLater() throws IOException {
        nanosPerLook.set(TimeUnit.MILLISECONDS.toNanos(100));
        var server = accept();
        nanosPerLook.set(0);
        return server;
    }

    private void assertNobodyHasCome() throws IOException {
        upstream.configureBlocking(false);
        assertThat(upstream.accept()).isNull();
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.addFirst(resource);
        return resource;
    }

    private void replacePolicy(long revision, String... hosts) throws InterruptedException {
        policy.replace(Requests.allowing(revision, hosts));
        barrier();
    }

    /// Returns when the loop has done all that it was told before.
    private void barrier() throws InterruptedException {
        var done = new CountDownLatch(1);
        relay.post(done::countDown);
        assertThat(done.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();
    }

    private static Decision denied(EgressRequest request, ReasonCode code) {
        return new Decision(request, new Verdict.Deny(Reason.of(code)), 1);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    private static String overTls(Socket client, String serverName, String request)
            throws IOException {
        var socket =
                (SSLSocket)
                        TRUSTING.getSocketFactory()
                                .createSocket(client, serverName, client.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        write(socket, request);
        return text(socket);
    }

    private static SSLContext trusting(SandboxCa ca) {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(ca.pem().getBytes(UTF_8))));
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean send(Socket to, byte[] bytes) throws IOException {
        to.getOutputStream().write(bytes);
        to.shutdownOutput();
        return true;
    }

    private static String digest(Socket from) throws IOException, NoSuchAlgorithmException {
        return digest(from.getInputStream().readAllBytes());
    }

    private static String digest(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static <T> FutureTask<T> task(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
