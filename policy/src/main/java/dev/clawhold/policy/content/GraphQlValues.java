package dev.clawhold.policy.content;

/// Values, arguments, directives and types of a GraphQL document (October 2021, §§ 2.6, 2.9 to
/// 2.12): only whether they are well-formed.
final class GraphQlValues {
    private final GraphQlTokens tokens;

    GraphQlValues(GraphQlTokens tokens) {
        this.tokens = tokens;
    }

    /// @param constant whether variables are refused
    void value(boolean constant) throws MalformedException {
        var token = tokens.peek();
        switch (token.kind()) {
            case NAME, NUMBER, STRING -> tokens.advance();
            case PUNCTUATOR -> compound(token, constant);
            case END -> throw tokens.malformed("expected a value");
        }
    }

    private void compound(GraphQlLexer.Token token, boolean constant) throws MalformedException {
        if (token.is("[")) {
            list(constant);
        } else if (token.is("{")) {
            object(constant);
        } else if (token.is("$") && !constant) {
            tokens.advance();
            tokens.name();
        } else {
            throw tokens.malformed("expected a value");
        }
    }

    private void list(boolean constant) throws MalformedException {
        tokens.open("[");
        while (!tokens.peek().is("]")) {
            value(constant);
        }
        tokens.close("]");
    }

    private void object(boolean constant) throws MalformedException {
        tokens.open("{");
        while (!tokens.peek().is("}")) {
            named(constant);
        }
        tokens.close("}");
    }

    private void named(boolean constant) throws MalformedException {
        tokens.name();
        tokens.expect(":");
        value(constant);
    }

    void arguments(boolean constant) throws MalformedException {
        if (!tokens.take("(")) {
            return;
        }
        do {
            named(constant);
        } while (!tokens.take(")"));
    }

    void directives(boolean constant) throws MalformedException {
        while (tokens.take("@")) {
            tokens.name();
            arguments(constant);
        }
    }

    void type() throws MalformedException {
        if (tokens.peek().is("[")) {
            tokens.open("[");
            type();
            tokens.close("]");
        } else {
            tokens.name();
        }
        tokens.take("!");
    }
}
