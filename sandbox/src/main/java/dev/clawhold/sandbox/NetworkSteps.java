package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The empty network namespace: loopback comes up, and the gateway's sockets are opened in it.
///
/// The sandbox has an address of its own besides loopback, because glibc's `getaddrinfo` with
/// `AI_ADDRCONFIG` finds no name at all where only loopback addresses exist.
final class NetworkSteps {
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int NETLINK = 16;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int RAW = 3;
    private static final int CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int SOCK_DIAG = 4;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int SIOCSIFADDR = 0x8916;
    private static final int SIOCSIFNETMASK = 0x891c;
    private static final int UP_AND_RUNNING = 0x41;
    private static final int DNS = 53;
    private static final int BACKLOG = 4096;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] OWN_ADDRESS = {(byte) 198, 18, 0, 1};
    private static final byte[] HOST_MASK = {-1, -1, -1, -1};

    private final ImageBuilder image;
    private final Blueprint blueprint;

    NetworkSteps(ImageBuilder image, Blueprint blueprint) {
        this.image = image;
        this.blueprint = blueprint;
    }

    void openSockets() {
        loopbackUp();
        keep(GatewaySockets.TCP4, listener("the gateway's port", INET, inet(LOOPBACK, 0)));
        if (blueprint.machine().ipv6()) {
            keep(GatewaySockets.TCP6, listener("the gateway's IPv6 port", INET6, inet6Loopback()));
        }
        var udp = socket("DNS over UDP", INET, DATAGRAM | CLOEXEC_NONBLOCK, 0);
        bind("DNS over UDP", udp, inet(LOOPBACK, DNS));
        keep(GatewaySockets.DNS_UDP, udp);
        keep(GatewaySockets.DNS_TCP, listener("DNS over TCP", INET, inet(LOOPBACK, DNS)));
        keep(
                GatewaySockets.DIAGNOSIS,
                socket("a socket that tells who listens", NETLINK, RAW | CLOEXEC, SOCK_DIAG));
    }

    private void loopbackUp() {
        var control = socket("an interface control socket", INET, DATAGRAM | CLOEXEC, 0);
        ioctl("bring loopback up", control, SIOCSIFFLAGS, flagsRequest());
        ioctl("give it 198.18.0.1", control, SIOCSIFADDR, addressRequest(OWN_ADDRESS));
        ioctl("and nothing around it", control, SIOCSIFNETMASK, addressRequest(HOST_MASK));
        image.must("", SystemCall.CLOSE, control.content());
    }

    private Place socket(String words, int family, int type, int protocol) {
        return image.must(
                "open " + words, SystemCall.SOCKET, number(family), number(type), number(protocol));
    }

    private Place listener(String words, int family, byte[] address) {
        var socket = socket(words, family, STREAM | CLOEXEC_NONBLOCK, 0);
        bind(words, socket, address);
        image.must("listen on " + words, SystemCall.LISTEN, socket.content(), number(BACKLOG));
        return socket;
    }

    private void bind(String words, Place socket, byte[] address) {
        image.must(
                "bind " + words,
                SystemCall.BIND,
                socket.content(),
                image.bytes(address, "its address"),
                number(address.length));
    }

    // The lowest free numbers are below 100; the kept ones stand where the keeper knows them.
    private void keep(int number, Place socket) {
        image.must("", SystemCall.DUP3, socket.content(), number(number), number(CLOEXEC));
        image.must("", SystemCall.CLOSE, socket.content());
    }

    private void ioctl(String words, Place control, int request, byte[] argument) {
        Operand place = image.bytes(argument, "the request");
        image.must(words, SystemCall.IOCTL, control.content(), number(request), place);
    }

    private static byte[] flagsRequest() {
        return interfaceRequest("lo").putShort(16, (short) UP_AND_RUNNING).array();
    }

    private static byte[] addressRequest(byte[] address) {
        return interfaceRequest("lo:1").put(16, inet(address, 0)).array();
    }

    private static ByteBuffer interfaceRequest(String name) {
        var request = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        return request.put(0, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] inet(byte[] address, int port) {
        var out = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putShort((short) INET);
        return out.order(ByteOrder.BIG_ENDIAN).putShort((short) port).put(address).array();
    }

    private static byte[] inet6Loopback() {
        var out = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN).putShort((short) INET6);
        return out.put(23, (byte) 1).array();
    }
}
