package dev.clawhold.policy.content;

import java.util.List;
import java.util.Locale;

/// The kinds of secrets that are recognised, and where each may go.
enum Detector {
    ANTHROPIC_KEY,
    OPENAI_KEY,
    GITHUB_TOKEN,
    GITLAB_TOKEN,
    SLACK_TOKEN,
    TELEGRAM_TOKEN,
    AWS_ACCESS_KEY,
    GOOGLE_API_KEY,
    NPM_TOKEN,
    PYPI_TOKEN,
    HUGGINGFACE_TOKEN,
    NVIDIA_KEY,
    PEM_PRIVATE_KEY;

    /// Names; one that begins with a dot stands for those below it.
    private List<String> homes() {
        return switch (this) {
            case ANTHROPIC_KEY -> List.of(".anthropic.com");
            case OPENAI_KEY -> List.of(".openai.com");
            case GITHUB_TOKEN -> List.of("github.com", ".github.com", ".githubcopilot.com");
            case GITLAB_TOKEN -> List.of("gitlab.com");
            case SLACK_TOKEN -> List.of("slack.com", ".slack.com");
            case TELEGRAM_TOKEN -> List.of("api.telegram.org");
            case AWS_ACCESS_KEY -> List.of(".amazonaws.com");
            case GOOGLE_API_KEY -> List.of(".googleapis.com");
            case NPM_TOKEN -> List.of(".npmjs.org");
            case PYPI_TOKEN -> List.of("upload.pypi.org");
            case HUGGINGFACE_TOKEN -> List.of("huggingface.co");
            case NVIDIA_KEY -> List.of(".nvidia.com");
            case PEM_PRIVATE_KEY -> List.of();
        };
    }

    /// Whether such a secret may go to a host.
    ///
    /// @param host a name in canonical form
    boolean isAtHome(String host) {
        for (var home : homes()) {
            boolean below =
                    home.startsWith(".") && host.length() > home.length() && host.endsWith(home);
            if (below || host.equals(home)) {
                return true;
            }
        }
        return false;
    }

    /// Its name in records: `github-token`.
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
