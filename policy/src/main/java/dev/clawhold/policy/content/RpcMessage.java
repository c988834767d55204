package dev.clawhold.policy.content;

import java.util.List;
import java.util.Optional;

/// One JSON-RPC 2.0 message.
public sealed interface RpcMessage {

    /// A request or a notification.
    ///
    /// @param params an array or an object, empty if absent
    /// @param notification whether no answer is wanted, as there is no id
    record Call(String method, Optional<JsonValue> params, boolean notification)
            implements RpcMessage {

        /// What an MCP `tools/call` calls: empty if `params` has no text `name`, if `arguments` is
        /// there and no object, or if a key is one of these two but for letter case, which some
        /// servers do not look at.
        public Optional<ToolCall> tool() {
            return params.filter(JsonValue.Fields.class::isInstance)
                    .map(JsonValue.Fields.class::cast)
                    .flatMap(RpcMessages::tool);
        }
    }

    /// An answer, with a result or an error.
    record Response() implements RpcMessage {}

    /// A tool and what it is called with.
    ///
    /// @param arguments without members if there are none
    record ToolCall(String name, JsonValue.Fields arguments) {}

    /// What became of a body.
    sealed interface Read {
        /// One message, or a batch of at least one.
        record Good(List<RpcMessage> messages) implements Read {
            /// Copies the messages.
            public Good {
                messages = List.copyOf(messages);
            }
        }

        /// Not JSON, or not JSON-RPC 2.0.
        ///
        /// @param message what is wrong, in words, without any of the text
        record Bad(String message) implements Read {}
    }

    /// Reads a body. A key that is a member's name but for letter case is malformed, because some
    /// servers take it for that member.
    static Read read(byte[] body) {
        return switch (Json.read(body)) {
            case Json.Read.Good(var value) -> RpcMessages.of(value);
            case Json.Read.Bad(var message, _) -> new Read.Bad(message);
        };
    }
}
