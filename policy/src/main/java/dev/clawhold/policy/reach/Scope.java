package dev.clawhold.policy.reach;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a question is about; an empty part means everything.
///
/// @param hosts names of these shapes, or addresses in these ranges
/// @param notHosts as above, left out
/// @param program the file that asks
/// @param path of requests
public record Scope(
        Hosts hosts,
        Hosts notHosts,
        OptionalInt port,
        Optional<Glob> program,
        Optional<Glob> path) {

    /// Some hosts.
    ///
    /// @param names of the kind `HOST`
    public record Hosts(List<Glob> names, List<Cidr> ranges) {
        public static final Hosts NONE = new Hosts(List.of(), List.of());

        public Hosts {
            names = List.copyOf(names);
            ranges = List.copyOf(ranges);
        }

        boolean isEmpty() {
            return names.isEmpty() && ranges.isEmpty();
        }

        boolean has(IpAddress address) {
            return ranges.stream().anyMatch(range -> range.contains(address));
        }

        private Language language() {
            return names.stream()
                    .map(Language::of)
                    .reduce(Language.none(Glob.Kind.HOST), Language::union);
        }
    }

    public static final Scope ALL =
            new Scope(
                    Hosts.NONE,
                    Hosts.NONE,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty());

    /// The names meant; empty if all are.
    Optional<Language> names() {
        if (hosts.isEmpty() && notHosts.isEmpty()) {
            return Optional.empty();
        }
        var in = hosts.isEmpty() ? Language.all(Glob.Kind.HOST) : hosts.language();
        return Optional.of(in.minus(notHosts.language()));
    }

    boolean has(IpAddress address) {
        return (hosts.isEmpty() || hosts.has(address)) && !notHosts.has(address);
    }

    boolean isAboutHosts() {
        return !hosts.isEmpty() || !notHosts.isEmpty();
    }
}
