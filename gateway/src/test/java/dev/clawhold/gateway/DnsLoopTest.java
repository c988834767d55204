package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.DnsMessages.Answer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsLoopTest {
    private static final int PATIENCE = 20_000;
    private static final int MOST_CONNECTIONS = 64;
    private static final byte[] QUERY = DnsMessages.query("api.example.com", DnsMessages.A);
    private static final byte[] ADDRESS = {(byte) 198, 18, 0, 2};

    // Its thread keeps these for the life of the process.
    private final Listening udp = Listening.udp();
    private final Listening tcp = Listening.tcp();

    @BeforeEach
    void serve() {
        var responder = new DnsResponder(new SyntheticAddresses(() -> 0));
        var loop = new DnsLoop(udp.descriptor(), tcp.descriptor(), responder);
        Thread.ofPlatform().daemon().start(loop);
    }

    @Test
    void manyDatagramsAtOnceAreAnsweredEachToItsSender() throws IOException {
        try (var one = new DatagramSocket();
                var other = new DatagramSocket()) {
            for (int i = 0; i < 100; i++) {
                send(one, query(i));
                send(other, query(1000 + i));
            }
            assertThat(ids(one, 100)).allMatch(id -> id < 100).doesNotHaveDuplicates();
            assertThat(ids(other, 100)).allMatch(id -> id >= 1000).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsNoQuestionIsNotAnsweredAndTheNextOneIs() throws IOException {
        try (var client = new DatagramSocket()) {
            send(client, new byte[0]);
            send(client, new byte[] {1, 2, 3});
            send(client, QUERY);

            assertThat(Answer.read(QUERY, receive(client)).data()).contains(ADDRESS);
        }
    }

    @Test
    void aStreamsQuestionsAreAnsweredInTurn() throws IOException {
        try (var client = connect()) {
            var both = new byte[2 * (QUERY.length + 2)];
            System.arraycopy(DnsResponder.framed(QUERY), 0, both, 0, QUERY.length + 2);
            System.arraycopy(
                    DnsResponder.framed(query(5)), 0, both, QUERY.length + 2, QUERY.length + 2);
            client.getOutputStream().write(both);

            assertThat(Answer.read(QUERY, receive(client)).id()).isEqualTo(0xBEEF);
            assertThat(Answer.read(QUERY, receive(client)).id()).isEqualTo(5);
        }
    }

    @Test
    void aQuestionMayComeByteByByte() throws IOException {
        try (var client = connect()) {
            client.setTcpNoDelay(true);
            for (byte b : DnsResponder.framed(QUERY)) {
                client.getOutputStream().write(b);
            }
            assertThat(Answer.read(QUERY, receive(client)).data()).contains(ADDRESS);
        }
    }

    @Test
    void aStreamThatIsTooLongForAQuestionIsClosed() throws IOException {
        try (var client = connect()) {
            var endless = new byte[5000];
            Arrays.fill(endless, (byte) 0xFF);
            client.getOutputStream().write(endless);

            assertClosed(client);
        }
    }

    @Test
    void aStreamWithoutAQuestionIsClosed() throws IOException {
        try (var client = connect()) {
            client.getOutputStream().write(new byte[] {0, 1, 7});

            assertClosed(client);
        }
    }

    @Test
    void streamsBeyondTheBoundAreClosedUntilOthersEnd() throws IOException {
        var open = new ArrayList<Socket>();
        for (int i = 0; i < MOST_CONNECTIONS; i++) {
            open.add(connect());
            assertAnswered(open.getLast());
        }
        try (var late = connect()) {
            assertClosed(late);
        }
        var first = open.removeFirst();
        first.shutdownOutput();
        assertClosed(first);
        first.close();
        try (var next = connect()) {
            assertAnswered(next);
        }
        for (var socket : open) {
            assertAnswered(socket);
            socket.close();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), tcp.port());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private static void assertAnswered(Socket client) throws IOException {
        client.getOutputStream().write(DnsResponder.framed(QUERY));
        assertThat(Answer.read(QUERY, receive(client)).data()).contains(ADDRESS);
    }

    // Closing over unread bytes is a reset.
    private static void assertClosed(Socket client) throws IOException {
        int read;
        try {
            read = client.getInputStream().read();
        } catch (java.net.SocketException _) {
            read = -1;
        }
        assertThat(read).isEqualTo(-1);
    }

    private static byte[] receive(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    private void send(DatagramSocket client, byte[] message) throws IOException {
        client.send(
                new DatagramPacket(
                        message, message.length, InetAddress.getLoopbackAddress(), udp.port()));
    }

    private static byte[] receive(DatagramSocket client) throws IOException {
        client.setSoTimeout(PATIENCE);
        var packet = new DatagramPacket(new byte[1500], 1500);
        client.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static List<Integer> ids(DatagramSocket client, int count) throws IOException {
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            ids.add(Answer.read(QUERY, receive(client)).id());
        }
        return ids;
    }

    private static byte[] query(int id) {
        var query = QUERY.clone();
        query[0] = (byte) (id >> 8);
        query[1] = (byte) id;
        return query;
    }
}
