package dev.clawhold.policy.inference;

import java.util.Locale;

/// How a client speaks to a maker of models: one kind of request and of reply.
public enum ApiProtocol {
    OPENAI_CHAT,
    OPENAI_COMPLETIONS,
    OPENAI_RESPONSES,
    OPENAI_EMBEDDINGS,
    OPENAI_MODELS,
    ANTHROPIC_MESSAGES,
    ANTHROPIC_COUNT,
    GEMINI_GENERATE,
    GEMINI_STREAM,
    OLLAMA_CHAT,
    OLLAMA_GENERATE,
    BEDROCK_CONVERSE,
    BEDROCK_STREAM;

    /// As policy files spell it, for example `openai.chat`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
