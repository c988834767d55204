package dev.clawhold.policy.reach;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.host.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Goes through every connection that two policies can tell from others, asks both about it, and
/// collects where they differ.
final class Survey {
    private static final int MOST_PORT = 65_535;

    /// One rule's endpoint, of either policy.
    private record Mention(Rule rule, Endpoint endpoint) {}

    /// A difference without the connections that it is on.
    private record Difference(
            List<String> what, Shape paths, List<String> queries, Ruling before, Ruling after) {}

    /// Both policies about one connection.
    private record Pair(Outcome before, Outcome after) {}

    private record Port(int number, String text) {}

    private final Policy before;
    private final Policy after;
    private final Instant now;
    private final Scope scope;
    private final HostAtoms hosts;
    private final ProgramAtoms programs;
    private final List<Mention> mentions;
    private final Merging merging = new Merging();
    private final Map<Pair, List<Difference>> compared = new HashMap<>();

    Survey(Policy before, Policy after, Instant now, Scope scope) {
        this.before = before;
        this.after = after;
        this.now = now;
        this.scope = scope;
        hosts = new HostAtoms(List.of(before.egress(), after.egress()), scope);
        programs = new ProgramAtoms(rules(), scope.program().map(Language::of));
        mentions =
                rules().flatMap(rule -> rule.endpoints().stream().map(e -> new Mention(rule, e)))
                        .toList();
    }

    private Stream<Rule> rules() {
        return Stream.concat(before.egress().rules().stream(), after.egress().rules().stream());
    }

    List<Change> changes() {
        hosts.asked().stream()
                .forEach(host -> {
                    var on =
                            mentions.stream()
                                    .filter(m -> hosts.covers(m.endpoint(), host))
                                    .toList();
                    ports(on).forEach(port -> survey(host, port, on));
                });
        return merging.changes(hosts, programs);
    }

    private List<Port> ports(List<Mention> on) {
        var numbers = new TreeSet<Integer>();
        on.forEach(m -> numbers.addAll(m.endpoint().ports().listed()));
        boolean any = on.stream().anyMatch(m -> m.endpoint().ports().listed().isEmpty());
        if (scope.port().isPresent()) {
            int port = scope.port().getAsInt();
            return any || numbers.contains(port)
                    ? List.of(new Port(port, String.valueOf(port)))
                    : List.of();
        }
        var ports = new ArrayList<Port>();
        if (any) {
            numbers.addAll(CONTROL_PLANE);
        }
        numbers.forEach(n -> ports.add(new Port(n, String.valueOf(n))));
        for (int other = 1; any && other <= MOST_PORT; other++) {
            if (!numbers.contains(other)) {
                ports.add(new Port(other, Merging.OTHER_PORTS));
                break;
            }
        }
        return ports;
    }

    /// Ports that need a permission of their own.
    private static final List<Integer> CONTROL_PLANE = List.of(2379, 2380, 6443, 10250, 10255);

    private void survey(int host, Port port, List<Mention> onHost) {
        var on = onHost.stream().filter(m -> m.endpoint().ports().contains(port.number())).toList();
        var lists = on.stream().map(m -> m.rule().programs()).distinct().toList();
        var endpoints = on.stream().map(Mention::endpoint).distinct().toList();
        var answers = AddressAtoms.answers(hosts.host(host), endpoints);
        var times = times(on);
        var place = new Place(host, port, endpoints, answers, times);
        var groups = programs.groups(lists);
        var differing = new BitSet();
        for (var group : groups) {
            if (survey(place, group, List.of())) {
                differing.or(group.atoms());
            }
        }
        for (var chain : programs.chains(groups)) {
            if (!chain.atoms().intersects(differing)) {
                survey(place, chain, List.of("one below the other"));
            }
        }
    }

    /// One host and port.
    private record Place(
            int host,
            Port port,
            List<Endpoint> endpoints,
            List<List<IpAddress>> answers,
            List<Instant> times) {}

    /// From when on which rules are in force.
    private List<Instant> times(List<Mention> on) {
        var times = new TreeSet<Instant>();
        times.add(now);
        on.stream()
                .flatMap(m -> m.rule().until().stream())
                .filter(now::isBefore)
                .forEach(times::add);
        return List.copyOf(times);
    }

    /// Whether there is a difference for these programs.
    private boolean survey(Place place, ProgramAtoms.Group group, List<String> when) {
        var request =
                new EgressRequest(hosts.host(place.host()), place.port().number(), group.witness());
        var found = new LinkedHashMap<Difference, Map<Integer, BitSet>>();
        var open = new HashMap<Integer, BitSet>();
        for (int t = 0; t < place.times().size(); t++) {
            for (int a = 0; a < place.answers().size(); a++) {
                var pair =
                        new Pair(
                                outcome(before, request, place, t, a),
                                outcome(after, request, place, t, a));
                if (pair.before().ruling().permits() || pair.after().ruling().permits()) {
                    open.computeIfAbsent(t, _ -> new BitSet()).set(a);
                }
                for (var difference : compared(pair)) {
                    found.computeIfAbsent(difference, _ -> new LinkedHashMap<>())
                            .computeIfAbsent(t, _ -> new BitSet())
                            .set(a);
                }
            }
        }
        found.forEach(
                (difference, byTime) -> add(place, group.atoms(), when, difference, byTime, open));
        return !found.isEmpty();
    }

    private Outcome outcome(Policy policy, EgressRequest request, Place place, int t, int a) {
        return Outcome.of(policy, request, place.answers().get(a), place.times().get(t));
    }

    private List<Difference> compared(Pair pair) {
        var known = compared.get(pair);
        if (known == null) {
            known = compare(pair);
            compared.put(pair, known);
        }
        return known;
    }

    private List<Difference> compare(Pair pair) {
        return switch (pair) {
            case Pair(Outcome.Inspected(_, var one), Outcome.Inspected(_, var other)) ->
                    requests(one, other).toList();
            case Pair(Outcome.Closed(var closed), Outcome.Inspected(_, var judge)) ->
                    requests(Requests.nobody(), judge)
                            .filter(d -> d.after().permits())
                            .map(d ->
                                    new Difference(
                                            d.what(), d.paths(), d.queries(), closed, d.after()))
                            .toList();
            case Pair(Outcome.Inspected(_, var judge), Outcome.Closed(var closed)) ->
                    requests(judge, Requests.nobody())
                            .filter(d -> d.before().permits())
                            .map(d ->
                                    new Difference(
                                            d.what(), d.paths(), d.queries(), d.before(), closed))
                            .toList();
            case Pair(var one, var other) ->
                    one.ruling().saysTheSameAs(other.ruling())
                            ? List.of()
                            : List.of(
                                    new Difference(
                                            List.of(),
                                            Shape.of(),
                                            List.of(),
                                            one.ruling(),
                                            other.ruling()));
        };
    }

    private Stream<Difference> requests(Judge one, Judge other) {
        return new Requests(one, other, scope.path().map(Language::of))
                .groups().stream()
                        .map(g ->
                                new Difference(
                                        g.what(), g.paths(), g.queries(), g.before(), g.after()));
    }

    private void add(
            Place place,
            BitSet who,
            List<String> chained,
            Difference difference,
            Map<Integer, BitSet> byTime,
            Map<Integer, BitSet> open) {
        var addresses = new LinkedHashMap<List<String>, List<Integer>>();
        byTime.forEach((t, some) ->
                addresses
                        .computeIfAbsent(
                                told(place, some, open.getOrDefault(t, some)),
                                _ -> new ArrayList<>())
                        .add(t));
        addresses.forEach((told, times) -> {
            var when = new ArrayList<>(chained);
            when.addAll(told);
            when.addAll(told(place, times));
            if (!difference.queries().isEmpty()) {
                when.add(
                        "queries such as "
                                + String.join(
                                        " ", difference.queries().stream().limit(3).toList()));
            }
            merging.add(
                    new Merging.Cell(
                            place.host(),
                            place.port().text(),
                            who,
                            difference.what(),
                            difference.paths(),
                            when,
                            difference.before(),
                            difference.after()));
        });
    }

    /// Which addresses are meant; nothing where no others are reached at all.
    private static List<String> told(Place place, BitSet some, BitSet open) {
        var others = (BitSet) open.clone();
        others.andNot(some);
        return others.isEmpty()
                ? List.of()
                : some.stream()
                        .mapToObj(a -> AddressAtoms.text(place.answers().get(a), place.endpoints()))
                        .distinct()
                        .toList();
    }

    /// Which times are meant; nothing where it is all the time.
    private static List<String> told(Place place, List<Integer> times) {
        if (times.size() == place.times().size()) {
            return List.of();
        }
        return times.stream()
                .map(t -> {
                    var end =
                            t + 1 < place.times().size()
                                    ? Optional.of(place.times().get(t + 1))
                                    : Optional.<Instant>empty();
                    return Stream.concat(
                                    Stream.of("from " + place.times().get(t)).filter(_ -> t > 0),
                                    end.map(e -> "until " + e).stream())
                            .reduce((x, y) -> x + " " + y)
                            .orElse("");
                })
                .toList();
    }
}
