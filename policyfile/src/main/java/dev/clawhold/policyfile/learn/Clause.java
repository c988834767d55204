package dev.clawhold.policyfile.learn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One method on the paths of one pattern.
///
/// @param path with escapes, as a policy file has it
record Clause(String method, String path) implements Comparable<Clause> {
    private static final Comparator<Clause> ORDER =
            Comparator.comparing(Clause::path).thenComparing(Clause::method);

    @Override
    public int compareTo(Clause other) {
        return ORDER.compare(this, other);
    }

    /// The pattern that matches this path alone.
    static String literal(String path) {
        var escaped = new StringBuilder();
        path.chars()
                .forEach(c -> escaped.append("*?[{\\".indexOf(c) < 0 ? "" : "\\").append((char) c));
        return escaped.toString();
    }

    /// The fewest clauses that allow the calls; `GET` takes `HEAD` in.
    ///
    /// @param ids whether places where several ids were seen take any segment
    static List<Clause> of(Collection<Call> calls, boolean ids) {
        var clauses = ids ? generalised(calls) : exact(calls);
        return clauses.stream()
                .filter(c ->
                        !c.method.equals("HEAD") || !clauses.contains(new Clause("GET", c.path)))
                .toList();
    }

    private static NavigableSet<Clause> exact(Collection<Call> calls) {
        var clauses = new TreeSet<Clause>();
        calls.forEach(call -> clauses.add(new Clause(call.method(), literal(call.path()))));
        return clauses;
    }

    private static NavigableSet<Clause> generalised(Collection<Call> calls) {
        var alike = new TreeMap<Call, List<Call>>();
        for (var call : calls) {
            var form = new Call(call.method(), Ids.masked(call.path()));
            alike.computeIfAbsent(form, _ -> new ArrayList<>()).add(call);
        }
        var clauses = new TreeSet<Clause>();
        for (var group : alike.values()) {
            var paths = group.stream().map(Call::path).toList();
            clauses.add(new Clause(group.getFirst().method(), Ids.pattern(paths)));
        }
        return clauses;
    }
}
