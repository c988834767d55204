package dev.clawhold.gateway;

import dev.clawhold.linux.Sockets;
import java.util.OptionalInt;

/// Where the gateway listens inside the sandbox's network namespace.
record SandboxPorts(int tcp4, OptionalInt tcp6) {

    static SandboxPorts of(SandboxSockets sockets) {
        return new SandboxPorts(
                Sockets.localPort(sockets.tcp4()),
                sockets.tcp6().isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(Sockets.localPort(sockets.tcp6().getAsInt())));
    }

    boolean isGateway(int port) {
        return port == tcp4 || (tcp6.isPresent() && port == tcp6.getAsInt());
    }
}
