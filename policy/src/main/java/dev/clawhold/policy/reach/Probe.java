package dev.clawhold.policy.reach;

import dev.clawhold.policy.content.OperationType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One request, or one message on a WebSocket, that stands for all that policies cannot tell from
/// it.
///
/// @param method in capitals; of a message that of the upgrade
/// @param path in canonical form
/// @param query the values of each parameter
record Probe(
        Transport transport,
        String method,
        String path,
        Map<String, List<String>> query,
        Content content) {

    enum Transport {
        REQUEST,
        UPGRADE,
        /// A client's text message.
        TEXT
    }

    /// What the body says, as far as a protocol other than plain HTTP would look.
    sealed interface Content {
        record Plain() implements Content {}

        /// A GraphQL operation.
        record Operation(OperationType type, Optional<String> name, Set<String> fields)
                implements Content {}

        /// A JSON-RPC call.
        ///
        /// @param tool of `tools/call`
        record Call(String method, Optional<Tool> tool) implements Content {}
    }

    /// A call of a tool.
    ///
    /// @param arguments empty where the argument is an object or an array
    record Tool(String name, Map<String, Optional<String>> arguments) {}

    static final Content PLAIN = new Content.Plain();
}
