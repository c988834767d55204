package dev.clawhold.policy.reach;

import dev.clawhold.policy.Egress;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.SpecialHosts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All hosts that policies can tell apart: names first, then literal addresses.
final class HostAtoms {
    private static final List<String> SPECIAL =
            List.of(
                    "host.clawhold.internal",
                    "host.openshell.internal",
                    "host.docker.internal",
                    "host.containers.internal",
                    "inference.local",
                    "localhost",
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "instance-data",
                    "instance-data.ec2.internal");

    /// Names that a policy with an inference section treats apart.
    private static final List<String> PROVIDERS =
            List.of(
                    "api.anthropic.com",
                    "api.openai.com",
                    "generativelanguage.googleapis.com",
                    "integrate.api.nvidia.com",
                    "api.deepinfra.com",
                    "openrouter.ai",
                    "api.mistral.ai",
                    "api.groq.com",
                    "bedrock-runtime.amazonaws.com",
                    "bedrock-runtime.**.amazonaws.com");

    private static final String AMONG = PatternAtoms.HIDDEN + "among";

    private final PatternAtoms names;
    private final List<IpAddress> literals;
    private final Atoms atoms;
    private final Map<String, BitSet> byPattern = new LinkedHashMap<>();
    private final BitSet asked;

    HostAtoms(List<Egress> policies, Scope scope) {
        var endpoints =
                policies.stream()
                        .flatMap(p -> p.rules().stream())
                        .flatMap(rule -> rule.endpoints().stream())
                        .toList();
        names = new PatternAtoms(Glob.Kind.HOST, names(policies, endpoints, scope), "any name");
        literals = literals(endpoints, scope);
        atoms = new Atoms(names.size() + literals.size(), named(endpoints));
        asked = scope.isAboutHosts() ? names.named(AMONG) : names.all();
        for (int i = 0; i < literals.size(); i++) {
            asked.set(names.size() + i, scope.has(literals.get(i)));
        }
    }

    private static Map<String, Language> names(
            List<Egress> policies, List<Endpoint> endpoints, Scope scope) {
        Map<String, Language> sets = new LinkedHashMap<>();
        for (var endpoint : endpoints) {
            switch (endpoint.host()) {
                case HostPattern.Exact(var name) -> exact(name.text(), sets);
                case HostPattern.Wildcard(var glob) -> put(glob.toString(), glob, sets);
                case HostPattern.Range _, HostPattern.ByAddress _, HostPattern.CatchAll _ -> {}
            }
        }
        SPECIAL.forEach(name -> exact(name, sets));
        if (policies.stream().anyMatch(p -> p.inference().isPresent())) {
            PROVIDERS.forEach(text -> put(text, glob(text), sets));
        }
        policies.stream()
                .flatMap(p -> p.middlewares().stream())
                .flatMap(m -> Stream.concat(m.include().stream(), m.exclude().stream()))
                .forEach(glob -> put(glob.toString(), glob, sets));
        scope.names().ifPresent(set -> sets.put(AMONG, set));
        return sets;
    }

    private static void exact(String name, Map<String, Language> sets) {
        sets.computeIfAbsent(name, _ -> Language.exactly(Glob.Kind.HOST, name));
    }

    private static void put(String name, Glob glob, Map<String, Language> sets) {
        sets.computeIfAbsent(name, _ -> Language.of(glob));
    }

    private static Glob glob(String pattern) {
        return switch (Glob.read(Glob.Kind.HOST, pattern)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new IllegalArgumentException(message);
        };
    }

    /// One address for each way in which the ranges of endpoints overlap.
    private static List<IpAddress> literals(List<Endpoint> endpoints, Scope scope) {
        boolean named =
                endpoints.stream()
                        .anyMatch(e ->
                                switch (e.host()) {
                                    case HostPattern.Range _,
                                            HostPattern.ByAddress _,
                                            HostPattern.CatchAll _ ->
                                            true;
                                    case HostPattern.Exact _, HostPattern.Wildcard _ -> false;
                                });
        return named ? AddressAtoms.between(ranges(endpoints, scope)) : List.of();
    }

    private static List<Cidr> ranges(List<Endpoint> endpoints, Scope scope) {
        return Stream.of(
                        AddressClass.ranges().stream(),
                        scope.hosts().ranges().stream(),
                        scope.notHosts().ranges().stream(),
                        endpoints.stream()
                                .flatMap(e ->
                                        Stream.concat(
                                                e.allowedIps().stream(),
                                                e.host() instanceof HostPattern.Range(var range)
                                                        ? Stream.of(range)
                                                        : Stream.empty())))
                .flatMap(ranges -> ranges)
                .distinct()
                .toList();
    }

    private List<Atoms.Named> named(List<Endpoint> endpoints) {
        var named = new ArrayList<Atoms.Named>();
        named.add(new Atoms.Named("any host", ordinary()));
        var ordinary = ordinary();
        ordinary.and(names.all());
        named.add(new Atoms.Named("any name", ordinary));
        for (var endpoint : endpoints) {
            var text = endpoint.host().text();
            if (!byPattern.containsKey(text)) {
                byPattern.put(text, covered(endpoint.host()));
                named.add(new Atoms.Named(text, byPattern.get(text)));
            }
        }
        var literal = ordinary();
        literal.andNot(names.all());
        named.add(new Atoms.Named("any address", literal));
        for (var name : SPECIAL) {
            named.add(new Atoms.Named(name, names.named(name)));
        }
        for (int i = 0; i < literals.size(); i++) {
            named.add(single(names.size() + i, "addresses such as " + literals.get(i)));
        }
        return named;
    }

    private static Atoms.Named single(int atom, String name) {
        var set = new BitSet();
        set.set(atom);
        return new Atoms.Named(name, set);
    }

    /// Without the names that patterns never match, and the addresses that no rule opens.
    private BitSet ordinary() {
        var ordinary = names.all();
        SPECIAL.forEach(name -> ordinary.andNot(names.named(name)));
        for (int i = 0; i < literals.size(); i++) {
            ordinary.set(names.size() + i, AddressClass.of(literals.get(i)) != AddressClass.NEVER);
        }
        return ordinary;
    }

    private BitSet covered(HostPattern pattern) {
        return switch (pattern) {
            case HostPattern.Exact(var name) -> exactly(name.text());
            case HostPattern.Wildcard(var glob) -> {
                var set = names.named(glob.toString());
                set.and(ordinary());
                yield set;
            }
            case HostPattern.Range(var range) -> {
                var set = new BitSet();
                for (int i = 0; i < literals.size(); i++) {
                    set.set(names.size() + i, range.contains(literals.get(i)));
                }
                yield set;
            }
            case HostPattern.ByAddress _, HostPattern.CatchAll _ -> ordinary();
        };
    }

    /// All names of the host's loopback are one.
    private BitSet exactly(String name) {
        var set = names.named(name);
        if (SpecialHosts.kind(name) == SpecialHosts.Kind.HOST_LOOPBACK) {
            SPECIAL.stream()
                    .filter(n -> SpecialHosts.kind(n) == SpecialHosts.Kind.HOST_LOOPBACK)
                    .forEach(n -> set.or(names.named(n)));
        }
        return set;
    }

    /// The atoms that are asked about.
    BitSet asked() {
        return (BitSet) asked.clone();
    }

    Host host(int atom) {
        return atom < names.size()
                ? new Host.Name(names.witness(atom))
                : new Host.Address(literals.get(atom - names.size()));
    }

    /// Whether an endpoint may be about an atom.
    boolean covers(Endpoint endpoint, int atom) {
        var set = byPattern.get(endpoint.host().text());
        return set != null && set.get(atom);
    }

    Shape shape(BitSet some) {
        return atoms.shape(some);
    }
}
