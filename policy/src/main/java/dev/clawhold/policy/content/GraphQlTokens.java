package dev.clawhold.policy.content;

/// The tokens of a GraphQL document with one of look-ahead, and how deep they are nested.
final class GraphQlTokens {
    private static final int DEEPEST = 128;

    private final GraphQlLexer lexer;
    private GraphQlLexer.Token current;
    private int depth;

    GraphQlTokens(String text) throws MalformedException {
        lexer = new GraphQlLexer(text);
        current = lexer.next();
    }

    GraphQlLexer.Token peek() {
        return current;
    }

    MalformedException malformed(String message) {
        boolean end = current.kind() == GraphQlLexer.Token.Kind.END;
        return new MalformedException(end ? "the document ends too early" : message, current.at());
    }

    void advance() throws MalformedException {
        current = lexer.next();
    }

    boolean take(String punctuator) throws MalformedException {
        if (!current.is(punctuator)) {
            return false;
        }
        advance();
        return true;
    }

    boolean takeName(String name) throws MalformedException {
        if (!current.isName(name)) {
            return false;
        }
        advance();
        return true;
    }

    void expect(String punctuator) throws MalformedException {
        if (!take(punctuator)) {
            throw malformed("expected `" + punctuator + "`");
        }
    }

    String name() throws MalformedException {
        if (current.kind() != GraphQlLexer.Token.Kind.NAME) {
            throw malformed("expected a name");
        }
        var name = current.text();
        advance();
        return name;
    }

    /// Takes a bracket that nests; the parsers call themselves only between this and `close`.
    void open(String bracket) throws MalformedException {
        if (depth == DEEPEST) {
            throw malformed("more than 128 levels");
        }
        depth++;
        expect(bracket);
    }

    void close(String bracket) throws MalformedException {
        expect(bracket);
        depth--;
    }
}
