package dev.clawhold.policy.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The definitions of an executable GraphQL document (October 2021, § 2.2 on). One use, one thread.
final class GraphQlParser {
    private final GraphQlTokens tokens;
    private final GraphQlValues values;
    private final List<GraphQlDocument.Operation> operations = new ArrayList<>();
    private final Map<String, GraphQlDocument.Selection> fragments = new HashMap<>();

    GraphQlParser(String text) throws MalformedException {
        tokens = new GraphQlTokens(text);
        values = new GraphQlValues(tokens);
    }

    GraphQlDocument document() throws MalformedException {
        do {
            definition();
        } while (tokens.peek().kind() != GraphQlLexer.Token.Kind.END);
        return new GraphQlDocument(operations, fragments);
    }

    private void definition() throws MalformedException {
        var token = tokens.peek();
        if (token.is("{")) {
            operations.add(operation(OperationType.QUERY, Optional.empty()));
        } else if (token.isName("fragment")) {
            fragment();
        } else {
            operations.add(operation());
        }
    }

    private GraphQlDocument.Operation operation() throws MalformedException {
        for (var type : OperationType.values()) {
            if (tokens.takeName(type.name().toLowerCase(Locale.ROOT))) {
                boolean named = tokens.peek().kind() == GraphQlLexer.Token.Kind.NAME;
                var name = named ? Optional.of(tokens.name()) : Optional.<String>empty();
                variables();
                values.directives(false);
                return operation(type, name);
            }
        }
        throw tokens.malformed("expected an operation or a fragment");
    }

    private GraphQlDocument.Operation operation(OperationType type, Optional<String> name)
            throws MalformedException {
        var selection = new GraphQlDocument.Selection();
        selectionSet(selection);
        return new GraphQlDocument.Operation(type, name, selection);
    }

    private void variables() throws MalformedException {
        if (!tokens.take("(")) {
            return;
        }
        do {
            tokens.expect("$");
            tokens.name();
            tokens.expect(":");
            values.type();
            if (tokens.take("=")) {
                values.value(true);
            }
            values.directives(true);
        } while (!tokens.take(")"));
    }

    private void fragment() throws MalformedException {
        tokens.takeName("fragment");
        int at = tokens.peek().at();
        var name = tokens.name();
        if (name.equals("on") || fragments.containsKey(name)) {
            throw new MalformedException("a fragment is called `on` or twice the same", at);
        }
        if (!tokens.takeName("on")) {
            throw tokens.malformed("expected `on`");
        }
        tokens.name();
        values.directives(false);
        var selection = new GraphQlDocument.Selection();
        selectionSet(selection);
        fragments.put(name, selection);
    }

    private void selectionSet(GraphQlDocument.Selection into) throws MalformedException {
        tokens.open("{");
        do {
            if (tokens.take("...")) {
                spread(into);
            } else {
                field(into);
            }
        } while (!tokens.peek().is("}"));
        tokens.close("}");
    }

    private void field(GraphQlDocument.Selection into) throws MalformedException {
        var name = tokens.name();
        if (tokens.take(":")) {
            name = tokens.name();
        }
        into.addField(name);
        values.arguments(false);
        values.directives(false);
        if (tokens.peek().is("{")) {
            selectionSet(new GraphQlDocument.Selection());
        }
    }

    private void spread(GraphQlDocument.Selection into) throws MalformedException {
        boolean inline = true;
        if (tokens.takeName("on")) {
            tokens.name();
        } else if (tokens.peek().kind() == GraphQlLexer.Token.Kind.NAME) {
            into.spreads().add(tokens.name());
            inline = false;
        }
        values.directives(false);
        if (inline) {
            selectionSet(into);
        }
    }
}
