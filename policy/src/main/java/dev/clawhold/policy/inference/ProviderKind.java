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

import java.util.Locale;
import java.util.Set;

/// What a provider is, and with it the protocols that it speaks unless its definition says others.
public enum ProviderKind {
    OPENAI,
    ANTHROPIC,
    GOOGLE,
    AWS_BEDROCK,
    NVIDIA,
    DEEPINFRA,
    OPENROUTER,
    MISTRAL,
    GROQ,
    OLLAMA,
    LMSTUDIO,
    VLLM,
    NIM,
    OPENAI_COMPATIBLE;

    /// What it speaks unless a definition says otherwise.
    public Set<ApiProtocol> protocols() {
        return switch (this) {
            case OPENAI ->
                    Set.of(
                            OPENAI_CHAT,
                            OPENAI_COMPLETIONS,
                            OPENAI_RESPONSES,
                            OPENAI_EMBEDDINGS,
                            OPENAI_MODELS);
            case ANTHROPIC -> Set.of(ANTHROPIC_MESSAGES, ANTHROPIC_COUNT);
            case GOOGLE -> Set.of(GEMINI_GENERATE, GEMINI_STREAM, OPENAI_CHAT);
            case AWS_BEDROCK -> Set.of(BEDROCK_CONVERSE, BEDROCK_STREAM);
            case OLLAMA ->
                    Set.of(
                            OLLAMA_CHAT,
                            OLLAMA_GENERATE,
                            OPENAI_CHAT,
                            OPENAI_COMPLETIONS,
                            OPENAI_EMBEDDINGS,
                            OPENAI_MODELS);
            case NVIDIA,
                    DEEPINFRA,
                    OPENROUTER,
                    MISTRAL,
                    GROQ,
                    LMSTUDIO,
                    VLLM,
                    NIM,
                    OPENAI_COMPATIBLE ->
                    Set.of(OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OPENAI_MODELS);
        };
    }

    /// Whether it runs on the machine that holds the sandbox, unless a definition says otherwise.
    public boolean isLocal() {
        return switch (this) {
            case OLLAMA, LMSTUDIO, VLLM, NIM -> true;
            case OPENAI,
                    ANTHROPIC,
                    GOOGLE,
                    AWS_BEDROCK,
                    NVIDIA,
                    DEEPINFRA,
                    OPENROUTER,
                    MISTRAL,
                    GROQ,
                    OPENAI_COMPATIBLE ->
                    false;
        };
    }

    /// As policy files spell it, for example `aws-bedrock`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
