package dev.clawhold.policy.content;

/// The tokens of a GraphQL document (October 2021, § 2.1 and appendix B). One use, one thread.
final class GraphQlLexer {
    private static final int MOST_TOKENS = 20_000;
    private static final int END = -1;

    private final String text;
    private int at;
    private int tokens;

    GraphQlLexer(String text) {
        this.text = text;
    }

    Token next() throws MalformedException {
        skipIgnored();
        int start = at;
        if (peek() == END) {
            return new Token(Token.Kind.END, "", start);
        }
        tokens++;
        if (tokens > MOST_TOKENS) {
            throw malformed("more than 20000 tokens");
        }
        var kind = token();
        boolean worded = kind == Token.Kind.NAME || kind == Token.Kind.PUNCTUATOR;
        return new Token(kind, worded ? text.substring(start, at) : "", start);
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private MalformedException malformed(String message) {
        return new MalformedException(message, at);
    }

    private void skipIgnored() throws MalformedException {
        while (true) {
            int c = peek();
            if (c == '#') {
                skipComment();
            } else if (c != END && "\uFEFF\t \n\r,".indexOf(c) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipComment() throws MalformedException {
        while (peek() != END && peek() != '\n' && peek() != '\r') {
            sourceCharacter();
        }
    }

    /// Steps over one character that a document may hold.
    private void sourceCharacter() throws MalformedException {
        int c = peek();
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
            throw malformed(c == END ? "a string is not closed" : "a control character");
        }
        at++;
    }

    private Token.Kind token() throws MalformedException {
        int c = peek();
        if (isNameStart(c)) {
            do {
                at++;
            } while (isNameStart(peek()) || isDigit(peek()));
            return Token.Kind.NAME;
        }
        if (c == '"') {
            if (text.startsWith("\"\"\"", at)) {
                blockString();
            } else {
                string();
            }
            return Token.Kind.STRING;
        }
        if (c == '-' || isDigit(c)) {
            number();
            return Token.Kind.NUMBER;
        }
        if (text.startsWith("...", at)) {
            at += 3;
        } else if ("!$&():=@[]{|}".indexOf(c) >= 0) {
            at++;
        } else {
            throw malformed("an unknown character");
        }
        return Token.Kind.PUNCTUATOR;
    }

    private static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private void string() throws MalformedException {
        at++;
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                escape();
            } else if (peek() == '\n' || peek() == '\r') {
                throw malformed("a string is not closed");
            } else {
                sourceCharacter();
            }
        }
        at++;
    }

    private void escape() throws MalformedException {
        int c = peek();
        if (c == END || "\"\\/bfnrtu".indexOf(c) < 0) {
            throw malformed("an unknown escape");
        }
        at++;
        for (int i = 0; c == 'u' && i < 4; i++) {
            if (peek() >= 128 || Character.digit(peek(), 16) < 0) {
                throw malformed("expected four hexadecimal digits");
            }
            at++;
        }
    }

    private void blockString() throws MalformedException {
        at += 3;
        while (!text.startsWith("\"\"\"", at)) {
            if (text.startsWith("\\\"\"\"", at)) {
                at += 4;
            } else {
                sourceCharacter();
            }
        }
        at += 3;
    }

    private void number() throws MalformedException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        if (isDigit(peek()) || peek() == '.' || isNameStart(peek())) {
            throw malformed("a number runs into what follows");
        }
    }

    private void digits() throws MalformedException {
        if (!isDigit(peek())) {
            throw malformed("expected a digit");
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    /// One lexical token of a GraphQL document.
    ///
    /// @param text of a name or punctuator; empty for the others, whose text says nothing here
    /// @param at its first character
    record Token(Kind kind, String text, int at) {
        enum Kind {
            PUNCTUATOR,
            NAME,
            NUMBER,
            STRING,
            END
        }

        boolean is(String punctuator) {
            return kind == Kind.PUNCTUATOR && text.equals(punctuator);
        }

        boolean isName(String name) {
            return kind == Kind.NAME && text.equals(name);
        }
    }
}
