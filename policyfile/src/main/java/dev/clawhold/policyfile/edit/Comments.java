package dev.clawhold.policyfile.edit;

import java.util.Optional;

/// Finds comments on single lines.
final class Comments {
    private Comments() {}

    /// The comment of a line in which no value goes over its end: what follows a `#` at the
    /// beginning or after a blank, outside quotes.
    static Optional<String> in(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean first = i == 0 || Character.isWhitespace(line.charAt(i - 1));
            if (quote == '"' && c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '#' && first) {
                return Optional.of(line.substring(i).strip());
            } else if ((c == '"' || c == '\'')
                    && (first || "[{,:".indexOf(line.charAt(i - 1)) >= 0)) {
                quote = c;
            }
        }
        return Optional.empty();
    }
}
