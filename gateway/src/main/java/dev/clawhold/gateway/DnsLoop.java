package dev.clawhold.gateway;

import dev.clawhold.linux.Datagrams;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Epoll;
import dev.clawhold.linux.OffHeap;
import dev.clawhold.linux.Sockets;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Answers DNS questions inside the sandbox, over UDP and TCP. Nothing here speaks to the outside.
/// One thread runs it.
final class DnsLoop implements Runnable {
    private static final int MESSAGE = 4096;
    private static final int MOST_CONNECTIONS = 64;
    private static final int DATAGRAMS_A_TURN = 64;

    private final int udp;
    private final Datagrams datagrams;
    private final int tcp;
    private final DnsResponder responder;
    private final Epoll epoll = new Epoll();
    private final Map<Integer, ByteBuffer> connections = new HashMap<>();
    private final OffHeap buffer = new OffHeap(MESSAGE);

    DnsLoop(int udp, int tcp, DnsResponder responder) {
        this.udp = udp;
        this.datagrams = new Datagrams(udp);
        this.tcp = tcp;
        this.responder = responder;
    }

    @Override
    public void run() {
        epoll.add(udp, Epoll.READABLE);
        epoll.add(tcp, Epoll.READABLE);
        while (!Thread.currentThread().isInterrupted()) {
            int events = epoll.await(-1);
            for (int i = 0; i < events; i++) {
                int descriptor = epoll.descriptor(i);
                if (descriptor == udp) {
                    answerDatagrams();
                } else if (descriptor == tcp) {
                    accept();
                } else {
                    answerStream(descriptor);
                }
            }
        }
    }

    private void answerDatagrams() {
        for (int i = 0; i < DATAGRAMS_A_TURN; i++) {
            int size = datagrams.receive(buffer);
            if (size < 0) {
                return;
            }
            responder.answer(buffer.copy(size), size).ifPresent(this::reply);
        }
    }

    private void reply(byte[] answer) {
        buffer.put(answer);
        datagrams.reply(buffer, answer.length);
    }

    private void accept() {
        int connection = Sockets.accept(tcp);
        if (connection < 0) {
            return;
        }
        if (connections.size() >= MOST_CONNECTIONS) {
            Descriptors.close(connection);
            return;
        }
        connections.put(connection, ByteBuffer.allocate(MESSAGE));
        epoll.add(connection, Epoll.READABLE);
    }

    private void answerStream(int connection) {
        var received = connections.get(connection);
        int size = Sockets.receive(connection, buffer);
        if (received == null || size <= 0 || size > received.remaining()) {
            close(connection);
            return;
        }
        received.put(buffer.copy(size)).flip();
        for (var query = DnsResponder.unframe(received);
                query.isPresent();
                query = DnsResponder.unframe(received)) {
            var answer = responder.answer(query.get(), query.get().length);
            if (answer.isEmpty() || !send(connection, DnsResponder.framed(answer.get()))) {
                close(connection);
                return;
            }
        }
        received.compact();
    }

    private boolean send(int connection, byte[] message) {
        buffer.put(message);
        return Sockets.send(connection, buffer, 0, message.length) == message.length;
    }

    private void close(int connection) {
        connections.remove(connection);
        Descriptors.close(connection);
    }
}
