package dev.clawhold.gateway;

import java.util.Set;

/// Ports whose clients speak HTTP or TLS as a rule: a denied connection there is taken and answered
/// with the reason. On any other the connect itself fails, which every client understands.
final class Explained {
    private static final Set<Integer> PORTS =
            Set.of(
                    80, 443, 591, 3000, 3128, 4443, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888,
                    9000, 9443);

    private Explained() {}

    static boolean covers(int port) {
        return PORTS.contains(port);
    }
}
