package dev.clawhold.policy.clause;

import dev.clawhold.policy.glob.Glob;
import java.util.Map;
import java.util.Optional;

/// One line about HTTP requests, or about the messages of a WebSocket.
///
/// @param method in capitals; `GET` includes `HEAD`; `WEBSOCKET_TEXT` stands for a client's text
///   message; empty: every method but `CONNECT` and `TRACE`
/// @param path of the kind `PATH`
/// @param query what each named parameter has to look like
/// @param line where it begins in its file, from 1; 0 without a file
public record HttpClause(
        Optional<String> method, Glob path, Map<String, ValueMatcher> query, int line) {
    /// The method that stands for a client's text message.
    public static final String WEBSOCKET_TEXT = "WEBSOCKET_TEXT";

    public HttpClause {
        query = Map.copyOf(query);
    }

    /// Whether the clause is about this method.
    ///
    /// @param name in capitals
    public boolean takes(String name) {
        if (method.isEmpty()) {
            return !name.equals("CONNECT") && !name.equals("TRACE");
        }
        var own = method.get();
        return own.equals(name) || (own.equals("GET") && name.equals("HEAD"));
    }
}
