package dev.clawhold.policy.content;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An executable GraphQL document, as far as its top matters.
record GraphQlDocument(List<Operation> operations, Map<String, Selection> fragments) {

    record Operation(OperationType type, Optional<String> name, Selection selection) {}

    /// Chooses as GraphQL § 6.1 does, in a document that meets §§ 5.2.1.1 and 5.2.2.1: otherwise
    /// servers would differ in what they run.
    GraphQlOperation operation(Optional<String> wanted) throws MalformedException {
        var names = new HashSet<Optional<String>>();
        for (var operation : operations) {
            boolean alone = operations.size() == 1;
            if (!names.add(operation.name()) || (operation.name().isEmpty() && !alone)) {
                throw malformed("operations cannot be told apart");
            }
        }
        if (wanted.isEmpty() && operations.size() != 1) {
            throw malformed("not one operation, and no name to choose by");
        }
        for (var operation : operations) {
            if (wanted.isEmpty() || operation.name().equals(wanted)) {
                var fields = expand(operation.selection());
                return new GraphQlOperation(operation.type(), operation.name(), fields);
            }
        }
        throw malformed("no operation has the wanted name");
    }

    private static MalformedException malformed(String message) {
        return new MalformedException(message, 0);
    }

    /// All fields of a level and of the fragments that it spreads, directly or not. Each fragment
    /// is visited once, on a stack of our own: a chain of them may be thousands long.
    private Set<String> expand(Selection top) throws MalformedException {
        var fields = new LinkedHashSet<>(top.fields());
        var done = new HashSet<String>();
        var open = new HashSet<String>();
        var path = new ArrayDeque<String>();
        var pending = new ArrayDeque<>(top.spreads());
        while (!pending.isEmpty()) {
            var name = pending.getFirst();
            if (name.equals(path.peek())) {
                // All that it spreads is done.
                pending.pop();
                path.pop();
                open.remove(name);
                done.add(name);
            } else if (done.contains(name)) {
                pending.pop();
            } else {
                var fragment = fragment(name);
                fields.addAll(fragment.fields());
                path.push(name);
                open.add(name);
                if (!Collections.disjoint(fragment.spreads(), open)) {
                    throw malformed("a fragment spreads itself");
                }
                fragment.spreads().forEach(pending::push);
            }
        }
        return fields;
    }

    private Selection fragment(String name) throws MalformedException {
        var fragment = fragments.get(name);
        if (fragment == null) {
            throw malformed("an unknown fragment");
        }
        return fragment;
    }

    /// What one level of a GraphQL selection set names; inline fragments count as their level.
    ///
    /// @param fields real names of the fields, without `__typename`
    /// @param spreads names of the fragments that are spread here
    record Selection(Set<String> fields, Set<String> spreads) {
        Selection() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        void addField(String name) {
            if (!name.equals("__typename")) {
                fields.add(name);
            }
        }
    }
}
