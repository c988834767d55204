package dev.clawhold.policy.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of JSON-RPC 2.0 for messages and batches.
final class RpcMessages {
    private static final List<String> MEMBERS =
            List.of("jsonrpc", "id", "method", "params", "result", "error");

    private RpcMessages() {}

    static RpcMessage.Read of(JsonValue value) {
        try {
            var values = value instanceof JsonValue.Items(var items) ? items : List.of(value);
            if (values.isEmpty()) {
                throw malformed("an empty batch");
            }
            var messages = new ArrayList<RpcMessage>();
            for (var one : values) {
                messages.add(message(one));
            }
            return new RpcMessage.Read.Good(messages);
        } catch (MalformedException malformed) {
            return new RpcMessage.Read.Bad(malformed.message());
        }
    }

    private static RpcMessage message(JsonValue value) throws MalformedException {
        if (!(value instanceof JsonValue.Fields fields)) {
            throw malformed("a message is not an object");
        }
        if (MEMBERS.stream().anyMatch(fields::hasVariantOf)) {
            throw malformed("a member differs from a known one in letter case");
        }
        if (!fields.get("jsonrpc").equals(Optional.of(new JsonValue.Text("2.0")))) {
            throw malformed("`jsonrpc` is not `\"2.0\"`");
        }
        checkId(fields);
        return fields.get("method").isPresent() ? call(fields) : response(fields);
    }

    private static void checkId(JsonValue.Fields fields) throws MalformedException {
        switch (fields.get("id").orElse(new JsonValue.Null())) {
            case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Null _ -> {}
            case JsonValue.Bool _, JsonValue.Items _, JsonValue.Fields _ ->
                    throw malformed("`id` is not a text or a number");
        }
    }

    private static RpcMessage call(JsonValue.Fields fields) throws MalformedException {
        if (!(fields.members().get("method") instanceof JsonValue.Text(var method))) {
            throw malformed("`method` is not a text");
        }
        if (has(fields, "result") || has(fields, "error")) {
            throw malformed("a call and an answer at once");
        }
        var params = fields.get("params");
        boolean structured =
                params.isEmpty()
                        || params.get() instanceof JsonValue.Items
                        || params.get() instanceof JsonValue.Fields;
        if (!structured) {
            throw malformed("`params` is neither an array nor an object");
        }
        return new RpcMessage.Call(method, params, !has(fields, "id"));
    }

    private static RpcMessage response(JsonValue.Fields fields) throws MalformedException {
        boolean answer = has(fields, "result") != has(fields, "error");
        if (!answer || !has(fields, "id") || has(fields, "params")) {
            throw malformed("neither a call nor an answer");
        }
        return new RpcMessage.Response();
    }

    private static boolean has(JsonValue.Fields fields, String member) {
        return fields.members().containsKey(member);
    }

    static Optional<RpcMessage.ToolCall> tool(JsonValue.Fields params) {
        if (params.hasVariantOf("name") || params.hasVariantOf("arguments")) {
            return Optional.empty();
        }
        var none = new JsonValue.Fields(Map.of());
        return params.get("name").orElse(none) instanceof JsonValue.Text(var tool)
                        && params.get("arguments").orElse(none)
                                instanceof JsonValue.Fields arguments
                ? Optional.of(new RpcMessage.ToolCall(tool, arguments))
                : Optional.empty();
    }

    private static MalformedException malformed(String message) {
        return new MalformedException(message, 0);
    }
}
