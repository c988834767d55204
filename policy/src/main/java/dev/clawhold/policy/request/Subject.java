package dev.clawhold.policy.request;

import dev.clawhold.policy.content.GraphQlOperation;
import dev.clawhold.policy.content.RpcMessage;
import java.util.Optional;

/// One thing that clauses are tested against. A request has one for each method it may be taken
/// for, and those that its body holds.
sealed interface Subject {
    /// A request, or a client's message under the method `WEBSOCKET_TEXT`.
    ///
    /// @param path in canonical form
    /// @param query empty where nobody can read it
    record Http(String method, String path, Optional<Query> query) implements Subject {}

    record Operation(GraphQlOperation operation) implements Subject {}

    record Call(RpcMessage.Call call) implements Subject {}

    /// What needs no clause: an answer, or an empty request that the protocol itself asks for.
    record Silent() implements Subject {}
}
