package dev.clawhold.policy.reach;

import java.util.List;
import java.util.stream.Collectors;

/// A set of programs, hosts, ports or paths, exactly as patterns say it: what one of the terms
/// holds.
public record Shape(List<Term> terms) {

    /// What all of some patterns match and none of some others.
    ///
    /// @param in at least one pattern
    public record Term(List<String> in, List<String> except) {
        private static final int MOST_SHOWN = 4;

        public Term {
            in = List.copyOf(in);
            except = List.copyOf(except);
        }

        String text() {
            var all = String.join(" and ", in);
            if (except.isEmpty()) {
                return all;
            }
            var shown = except.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
            int more = except.size() - MOST_SHOWN;
            return all + " except " + shown + (more > 0 ? " and " + more + " more" : "");
        }
    }

    public Shape {
        terms = List.copyOf(terms);
    }

    static Shape of(String... patterns) {
        return new Shape(
                List.of(patterns).stream().map(p -> new Term(List.of(p), List.of())).toList());
    }

    /// For people.
    public String text() {
        return terms.stream().map(Term::text).collect(Collectors.joining(", "));
    }
}
