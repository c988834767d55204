package dev.clawhold.policy.inference;

import static dev.clawhold.policy.inference.ApiProtocol.ANTHROPIC_COUNT;
import static dev.clawhold.policy.inference.ApiProtocol.ANTHROPIC_MESSAGES;
import static dev.clawhold.policy.inference.ApiProtocol.BEDROCK_CONVERSE;
import static dev.clawhold.policy.inference.ApiProtocol.BEDROCK_STREAM;
import static dev.clawhold.policy.inference.ApiProtocol.GEMINI_GENERATE;
import static dev.clawhold.policy.inference.ApiProtocol.GEMINI_STREAM;
import static dev.clawhold.policy.inference.ApiProtocol.OLLAMA_CHAT;
import static dev.clawhold.policy.inference.ApiProtocol.OLLAMA_GENERATE;
import static dev.clawhold.policy.inference.ApiProtocol.OPENAI_CHAT;
import static dev.clawhold.policy.inference.ApiProtocol.OPENAI_COMPLETIONS;
import static dev.clawhold.policy.inference.ApiProtocol.OPENAI_EMBEDDINGS;
import static dev.clawhold.policy.inference.ApiProtocol.OPENAI_MODELS;
import static dev.clawhold.policy.inference.ApiProtocol.OPENAI_RESPONSES;

import java.util.List;
import java.util.Optional;

/// What a request to `inference.local` asks for, by its method and path.
///
/// @param model where the path names it
/// @param own whether the router itself answers, as it does for lists of models
record ApiCall(ApiProtocol protocol, Optional<String> model, boolean own) {

    /// The call that a method and a path in canonical form make.
    ///
    /// @return empty where there is no such call
    static Optional<ApiCall> of(String method, String path) {
        return switch (method) {
            case "POST" -> posted(path).or(() -> withModel(path));
            case "GET" -> listing(path);
            default -> Optional.empty();
        };
    }

    private static Optional<ApiCall> posted(String path) {
        return switch (path) {
            case "/v1/messages" -> call(ANTHROPIC_MESSAGES);
            case "/v1/messages/count_tokens" -> call(ANTHROPIC_COUNT);
            case "/api/chat" -> call(OLLAMA_CHAT);
            case "/api/generate", "/api/embed", "/api/show" -> call(OLLAMA_GENERATE);
            default ->
                    switch (path.startsWith("/v1/") ? path.substring(3) : path) {
                        case "/chat/completions" -> call(OPENAI_CHAT);
                        case "/completions" -> call(OPENAI_COMPLETIONS);
                        case "/responses" -> call(OPENAI_RESPONSES);
                        case "/embeddings" -> call(OPENAI_EMBEDDINGS);
                        default -> Optional.empty();
                    };
        };
    }

    private static Optional<ApiCall> call(ApiProtocol protocol) {
        return Optional.of(new ApiCall(protocol, Optional.empty(), false));
    }

    private static Optional<ApiCall> withModel(String path) {
        return between(path, "/model/", "/converse", BEDROCK_CONVERSE)
                .or(() -> between(path, "/model/", "/converse-stream", BEDROCK_STREAM))
                .or(() -> gemini(path));
    }

    private static Optional<ApiCall> gemini(String path) {
        for (var head : List.of("/v1beta/models/", "/v1/models/")) {
            for (var tail : List.of(":generateContent", ":countTokens", ":embedContent")) {
                var call = between(path, head, tail, GEMINI_GENERATE);
                if (call.isPresent()) {
                    return call;
                }
            }
            var stream = between(path, head, ":streamGenerateContent", GEMINI_STREAM);
            if (stream.isPresent()) {
                return stream;
            }
        }
        return Optional.empty();
    }

    /// A call whose path has the model as one segment, or part of one, percent-encoded once.
    private static Optional<ApiCall> between(
            String path, String head, String tail, ApiProtocol protocol) {
        boolean fits =
                path.startsWith(head)
                        && path.endsWith(tail)
                        && path.length() > head.length() + tail.length();
        var model = fits ? path.substring(head.length(), path.length() - tail.length()) : "/";
        return model.indexOf('/') < 0
                ? Optional.of(new ApiCall(protocol, Optional.of(decoded(model)), false))
                : Optional.empty();
    }

    /// In canonical paths only ASCII is of use in a model's name; other triplets stay.
    private static String decoded(String text) {
        var decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) == '%' ? triplet(text, i) : -1;
            decoded.append(value < 0 ? text.charAt(i) : (char) value);
            i += value < 0 ? 0 : 2;
        }
        return decoded.toString();
    }

    private static int triplet(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || high > 7 || low < 0 ? -1 : high * 16 + low;
    }

    private static Optional<ApiCall> listing(String path) {
        if (path.equals("/api/tags") || path.equals("/api/version")) {
            return own(OLLAMA_GENERATE);
        }
        if (isModels(path, "/v1beta/models")) {
            return own(GEMINI_GENERATE);
        }
        return isModels(path, "/v1/models") || isModels(path, "/models")
                ? own(OPENAI_MODELS)
                : Optional.empty();
    }

    private static boolean isModels(String path, String list) {
        return path.equals(list)
                || (path.startsWith(list + "/") && path.indexOf('/', list.length() + 1) < 0);
    }

    private static Optional<ApiCall> own(ApiProtocol protocol) {
        return Optional.of(new ApiCall(protocol, Optional.empty(), true));
    }
}
