package dev.clawhold.policy.request;

import dev.clawhold.policy.ReasonCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The opening handshake of a WebSocket (RFC 6455 § 4.2.1).
final class Handshake {
    /// 16 bytes in base64.
    private static final int KEY_LENGTH = 24;

    private Handshake() {}

    /// Why a request for an upgrade cannot be one here; empty if it can, or if it asks for none.
    static Optional<ReasonCode> fault(CanonicalRequest request, Kind kind) {
        if (!request.isUpgrade()) {
            return Optional.empty();
        }
        if (kind != Kind.WEBSOCKET) {
            return Optional.of(ReasonCode.UPGRADE_NOT_LISTED);
        }
        return isWellFormed(request) ? Optional.empty() : Optional.of(ReasonCode.WS_PROTOCOL);
    }

    private static boolean isWellFormed(CanonicalRequest request) {
        var head = request.head();
        var keys = head.values("Sec-WebSocket-Key");
        return request.methods().equals(List.of("GET"))
                && head.items("Upgrade").stream()
                        .map(item -> item.toLowerCase(Locale.ROOT))
                        .toList()
                        .equals(List.of("websocket"))
                && head.items("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase)
                && head.values("Sec-WebSocket-Version").equals(List.of("13"))
                && keys.size() == 1
                && isKey(keys.getFirst().strip());
    }

    private static boolean isKey(String key) {
        return key.length() == KEY_LENGTH
                && key.endsWith("==")
                && key.substring(0, KEY_LENGTH - 2)
                        .chars()
                        .allMatch(c ->
                                c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/'));
    }
}
