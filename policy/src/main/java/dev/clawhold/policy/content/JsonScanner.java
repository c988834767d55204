package dev.clawhold.policy.content;

/// The characters of a JSON text: white space, words, strings, numbers. One use, one thread.
final class JsonScanner {
    /// What `peek` answers at the end; no character.
    static final int END = -1;

    private final String text;
    private int at;

    JsonScanner(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at == text.length();
    }

    int peek() {
        return atEnd() ? END : text.charAt(at);
    }

    MalformedException malformed(String message) {
        return new MalformedException(atEnd() ? "the text ends too early" : message, at);
    }

    void skipSpace() {
        while (!atEnd() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    void expect(String word) throws MalformedException {
        for (int i = 0; i < word.length(); i++) {
            if (!take(word.charAt(i))) {
                throw malformed("expected `" + word + "`");
            }
        }
    }

    /// Reads a string and resolves its escapes.
    String string() throws MalformedException {
        expect("\"");
        int start = at;
        while (isPlain(peek())) {
            at++;
        }
        if (peek() == '"') {
            at++;
            return text.substring(start, at - 1);
        }
        return escapedString(start);
    }

    private String escapedString(int start) throws MalformedException {
        var value = new StringBuilder(text.substring(start, at));
        while (!take('"')) {
            int c = peek();
            if (isPlain(c)) {
                value.append((char) c);
                at++;
            } else if (c == '\\') {
                escape(value);
            } else {
                throw malformed("a control character in a string");
            }
        }
        return value.toString();
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    private void escape(StringBuilder into) throws MalformedException {
        int start = at;
        at++;
        int c = peek();
        if (c == 'u') {
            at++;
            unicode(start, into);
            return;
        }
        int escape = c == END ? -1 : "\"\\/bfnrt".indexOf(c);
        if (escape < 0) {
            throw malformed("an unknown escape");
        }
        at++;
        into.append("\"\\/\b\f\n\r\t".charAt(escape));
    }

    /// Reads what follows `\\u`, and with a high surrogate the low one that must follow.
    private void unicode(int start, StringBuilder into) throws MalformedException {
        char unit = hex4();
        into.append(unit);
        if (Character.isHighSurrogate(unit)) {
            expect("\\u");
            unit = hex4();
            into.append(unit);
            if (!Character.isLowSurrogate(unit)) {
                throw new MalformedException("a lone surrogate", start);
            }
        } else if (Character.isLowSurrogate(unit)) {
            throw new MalformedException("a lone surrogate", start);
        }
    }

    private char hex4() throws MalformedException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int c = peek();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("expected four hexadecimal digits");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    /// Reads a number (RFC 8259 § 6) as its text.
    String number() throws MalformedException {
        int start = at;
        take('-');
        if (!take('0')) {
            digits(at == start ? "expected a value" : "expected a digit");
        }
        if (take('.')) {
            digits("expected a digit");
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits("expected a digit");
        }
        return text.substring(start, at);
    }

    private void digits(String otherwise) throws MalformedException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed(otherwise);
        }
    }
}
