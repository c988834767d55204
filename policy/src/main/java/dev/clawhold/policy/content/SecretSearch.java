package dev.clawhold.policy.content;

import java.util.Optional;

/// Matches the detectors at each place of a text. One pass; at each place a bounded number of
/// characters is looked at.
///
/// The looser patterns must stand alone, that is, not after a letter or a digit: otherwise
/// `risk-assessment-and-mitigation` would hold an `sk-…`, and large base64 bodies an `AIza…` now
/// and then. The stricter ones count wherever they stand.
final class SecretSearch {
    private static final int LONGEST_LABEL = 64;

    private final String host;
    private final boolean credentialHeader;

    SecretSearch(SecretScan.Place place, String host) {
        this.host = host;
        credentialHeader = place == SecretScan.Place.CREDENTIAL_HEADER;
    }

    /// The first hit in a text.
    Optional<String> in(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (mayHit(text.charAt(at))) {
                var found = at(text, at);
                if (found.isPresent() && !found.get().isAtHome(host)) {
                    return found.map(Detector::text);
                }
            }
        }
        return Optional.empty();
    }

    /// Whether `at` looks any further at this character; small, so that most are passed over fast.
    private static boolean mayHit(char c) {
        return switch (c) {
            case 's', 'g', 'x', ':', 'A', 'n', 'p', 'h', '-' -> true;
            default -> false;
        };
    }

    private Optional<Detector> at(String text, int at) {
        return switch (text.charAt(at)) {
            case 's' -> sk(text, at);
            case 'g' -> git(text, at);
            case 'x' -> when(Detector.SLACK_TOKEN, isSlack(text, at));
            case ':' -> when(Detector.TELEGRAM_TOKEN, isTelegram(text, at));
            case 'A' -> cloud(text, at);
            case 'n' -> n(text, at);
            case 'p' -> when(Detector.PYPI_TOKEN, has(text, at, "pypi-", 50));
            case 'h' ->
                    when(
                            Detector.HUGGINGFACE_TOKEN,
                            has(text, at, "hf_", 30) && standsAlone(text, at));
            case '-' -> when(Detector.PEM_PRIVATE_KEY, isPrivateKey(text, at));
            default -> Optional.empty();
        };
    }

    private static Optional<Detector> when(Detector detector, boolean hit) {
        return hit ? Optional.of(detector) : Optional.empty();
    }

    private Optional<Detector> sk(String text, int at) {
        if (has(text, at, "sk-ant-", 20)) {
            return Optional.of(Detector.ANTHROPIC_KEY);
        }
        boolean openAi =
                !credentialHeader
                        && has(text, at, "sk-", 20)
                        && !text.startsWith("sk-ant-", at)
                        && standsAlone(text, at);
        return when(Detector.OPENAI_KEY, openAi);
    }

    private static Optional<Detector> git(String text, int at) {
        if (has(text, at, "glpat-", 20)) {
            return Optional.of(Detector.GITLAB_TOKEN);
        }
        boolean classic =
                text.startsWith("gh", at)
                        && at + 2 < text.length()
                        && "pousr".indexOf(text.charAt(at + 2)) >= 0
                        && has(text, at + 3, "_", 36);
        return when(Detector.GITHUB_TOKEN, classic || has(text, at, "github_pat_", 22));
    }

    private static Optional<Detector> n(String text, int at) {
        return has(text, at, "npm_", 36)
                ? Optional.of(Detector.NPM_TOKEN)
                : when(Detector.NVIDIA_KEY, has(text, at, "nvapi-", 40));
    }

    private static boolean isSlack(String text, int at) {
        return text.startsWith("xox", at)
                && at + 3 < text.length()
                && "abeoprs".indexOf(text.charAt(at + 3)) >= 0
                && has(text, at + 4, "-", 10);
    }

    /// Whether 8 to 10 digits stand before a colon, and the secret behind it.
    private static boolean isTelegram(String text, int colon) {
        int start = colon;
        while (start > 0 && colon - start <= 10 && isDigit(text.charAt(start - 1))) {
            start--;
        }
        int digits = colon - start;
        return digits >= 8 && digits <= 10 && has(text, colon, ":", 35);
    }

    private static Optional<Detector> cloud(String text, int at) {
        if (!standsAlone(text, at)) {
            return Optional.empty();
        }
        if (has(text, at, "AIza", 35)) {
            return Optional.of(Detector.GOOGLE_API_KEY);
        }
        boolean key = text.startsWith("AKIA", at) || text.startsWith("ASIA", at);
        return when(Detector.AWS_ACCESS_KEY, key && capitals(text, at + 4) == 16);
    }

    /// How many capitals and digits stand here, up to 16.
    private static int capitals(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < 16 && isCapital(text.charAt(end))) {
            end++;
        }
        return end - at;
    }

    private static boolean isCapital(char c) {
        return (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetterOrDigit(char c) {
        return isCapital(c) || (c >= 'a' && c <= 'z');
    }

    /// Whether a prefix stands here, with so many characters of `[A-Za-z0-9_-]` behind it.
    private static boolean has(String text, int at, String prefix, int length) {
        if (!text.startsWith(prefix, at)) {
            return false;
        }
        int from = at + prefix.length();
        int end = from;
        while (end < text.length() && end - from < length && isWord(text.charAt(end))) {
            end++;
        }
        return end - from == length;
    }

    private static boolean isWord(char c) {
        return isLetterOrDigit(c) || c == '_' || c == '-';
    }

    /// Whether no letter and no digit stands before, other than the end of an escape, of one letter
    /// or of `u` and four digits, as JSON and program texts have them.
    private static boolean standsAlone(String text, int at) {
        return at == 0
                || !isLetterOrDigit(text.charAt(at - 1))
                || (at >= 2 && text.charAt(at - 2) == '\\')
                || (at >= 6 && text.charAt(at - 6) == '\\' && text.charAt(at - 5) == 'u');
    }

    /// `-----BEGIN … PRIVATE KEY`, as RFC 7468 and PGP have it; in a form a space is a plus.
    private static boolean isPrivateKey(String text, int at) {
        var begin = "-----BEGIN";
        if (!text.startsWith(begin, at)) {
            return false;
        }
        var label = new StringBuilder();
        int end = at + begin.length();
        while (end < text.length() && label.length() < LONGEST_LABEL) {
            char c = text.charAt(end) == '+' ? ' ' : text.charAt(end);
            if (c != ' ' && !isCapital(c)) {
                break;
            }
            label.append(c);
            end++;
        }
        return label.indexOf(" PRIVATE KEY") >= 0 && text.startsWith("-----", end);
    }
}
