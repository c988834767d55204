package dev.clawhold.policy.request;

import java.nio.charset.StandardCharsets;

/// A whole message that a client sends on a WebSocket (RFC 6455 § 5.6).
public sealed interface Message {
    record Text(String text) implements Message {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    record Binary(byte[] bytes) implements Message {}

    /// Its content, as a body would hold it.
    default Body asBody() {
        return switch (this) {
            case Text(var text) -> new Body.Whole(text.getBytes(StandardCharsets.UTF_8));
            case Binary(var bytes) -> new Body.Whole(bytes);
        };
    }
}
