package dev.clawhold.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Comparator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Listeners of this machine that nobody in a sandbox can reach: one for TCP and UDP on its address
/// in the network, one on its loopback. Each proves at the start that it hears.
final class DemoCanaries implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int SECONDS = 5;
    private static final String NEIGHBOUR = "192.168.0.1";

    private final ServerSocket network;
    private final DatagramSocket datagrams;
    private final ServerSocket loopback;
    private final Semaphore heard = new Semaphore(0);

    private DemoCanaries(ServerSocket network, DatagramSocket datagrams, ServerSocket loopback) {
        this.network = network;
        this.datagrams = datagrams;
        this.loopback = loopback;
    }

    static DemoCanaries start() {
        try {
            var home = InetAddress.getLoopbackAddress();
            var address = address(home);
            var network = new ServerSocket(0, BACKLOG, address);
            var datagrams = new DatagramSocket(network.getLocalPort(), address);
            var canaries = new DemoCanaries(network, datagrams, new ServerSocket(0, BACKLOG, home));
            Thread.ofVirtual().start(() -> canaries.accept(network));
            Thread.ofVirtual().start(() -> canaries.accept(canaries.loopback));
            Thread.ofVirtual().start(canaries::receive);
            canaries.probe();
            return canaries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A machine without a network has only its loopback.
    private static InetAddress address(InetAddress otherwise) throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .min(Comparator.comparing(address -> !address.isSiteLocalAddress()))
                .orElse(otherwise);
    }

    /// The address in the network; where there is no network, one that could be a neighbour's.
    String address() {
        var address = network.getInetAddress();
        return address.isLoopbackAddress() ? NEIGHBOUR : address.getHostAddress();
    }

    /// Where they listen, in words.
    String places() {
        var home = loopback.getInetAddress().getHostAddress();
        return address().equals(NEIGHBOUR) ? home : address() + " and " + home;
    }

    /// The port there, of TCP and UDP.
    int port() {
        return network.getLocalPort();
    }

    /// The port on the loopback.
    int loopbackPort() {
        return loopback.getLocalPort();
    }

    /// How many connections and packets have come, their own proof apart.
    int heard() {
        return heard.availablePermits();
    }

    private void probe() throws IOException {
        for (var listener : new ServerSocket[] {network, loopback}) {
            new Socket(listener.getInetAddress(), listener.getLocalPort()).close();
        }
        try (var socket = new DatagramSocket()) {
            var place = new InetSocketAddress(network.getInetAddress(), port());
            socket.send(new DatagramPacket(new byte[1], 1, place));
        }
        try {
            if (!heard.tryAcquire(3, SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("listeners on `" + address() + "` do not hear");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                listener.accept().close();
                heard.release();
            } catch (IOException _) {
                // Closed: the loop ends.
            }
        }
    }

    private void receive() {
        while (!datagrams.isClosed()) {
            try {
                datagrams.receive(new DatagramPacket(new byte[1], 1));
                heard.release();
            } catch (IOException _) {
                // Closed: the loop ends.
            }
        }
    }

    @Override
    public void close() {
        datagrams.close();
        try (network;
                loopback) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
