package dev.clawhold.policy.host;

/// Hosts at which the makers of models answer. Where a policy routes models itself, patterns do not
/// lead there, so that calls are not made past its budgets unseen.
public final class ProviderHosts {
    private ProviderHosts() {}

    /// Whether a host is one of them.
    public static boolean contains(Host.Name host) {
        return contains(host.text());
    }

    /// As above.
    ///
    /// @param name in canonical form
    public static boolean contains(String name) {
        return switch (name) {
            case "api.anthropic.com",
                    "api.openai.com",
                    "generativelanguage.googleapis.com",
                    "integrate.api.nvidia.com",
                    "api.deepinfra.com",
                    "openrouter.ai",
                    "api.mistral.ai",
                    "api.groq.com" ->
                    true;
            default -> name.startsWith("bedrock-runtime.") && name.endsWith(".amazonaws.com");
        };
    }
}
