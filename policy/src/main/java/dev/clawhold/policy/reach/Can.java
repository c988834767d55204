package dev.clawhold.policy.reach;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.glob.LanguageTooLargeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who can reach what under a policy.
public sealed interface Can {

    /// All that can go out, in as few lines as tell it; none: nobody can.
    ///
    /// @param ways each with the ruling that lets it out in `after`
    record Answers(List<Change> ways) implements Can {
        public Answers {
            ways = List.copyOf(ways);
        }
    }

    /// The patterns overlap in too many ways to be compared.
    ///
    /// @param cause in words
    record TooLarge(String cause) implements Can {}

    /// What is asked, beside hosts, port, program and path.
    ///
    /// @param method in capitals; opaque connections carry every method
    /// @param sends whether only what can carry data away counts: methods but GET, HEAD and
    ///   OPTIONS, GraphQL operations and RPC calls, messages on a WebSocket, opaque connections
    record Filter(Optional<String> method, boolean sends) {
        public static final Filter NONE = new Filter(Optional.empty(), false);

        public Filter {
            method = method.map(m -> m.toUpperCase(Locale.ROOT));
        }

        boolean takes(Change way) {
            return way.what().isEmpty() || !narrowed(way).isEmpty();
        }

        /// The part of the methods that is asked about.
        Change apply(Change way) {
            return way.what().isEmpty()
                    ? way
                    : new Change(
                            way.programs(),
                            way.hosts(),
                            way.ports(),
                            narrowed(way),
                            way.paths(),
                            way.when(),
                            way.before(),
                            way.after());
        }

        private List<String> narrowed(Change way) {
            return way.what().stream().filter(this::takes).toList();
        }

        private boolean takes(String what) {
            boolean asked =
                    method.isEmpty()
                            || what.equals("*")
                            || what.equals(method.get())
                            || (what.equals("GET") && method.get().equals("HEAD"))
                            || (what.equals("GET upgrade") && method.get().equals("GET"));
            return asked && (!sends || carriesData(what));
        }

        private static boolean carriesData(String what) {
            return !List.of("GET", "HEAD", "OPTIONS", "GET upgrade").contains(what);
        }
    }

    /// Asks a policy.
    static Can query(Policy policy, Instant now, Scope scope, Filter filter) {
        var nothing = new Policy(0, Confinement.BUILT_IN);
        try {
            return new Answers(
                    new Survey(nothing, policy, now, scope)
                            .changes().stream()
                                    .filter(way -> way.after().permits() && filter.takes(way))
                                    .map(filter::apply)
                                    .toList());
        } catch (LanguageTooLargeException tooLarge) {
            return new TooLarge(String.valueOf(tooLarge.getMessage()));
        }
    }
}
