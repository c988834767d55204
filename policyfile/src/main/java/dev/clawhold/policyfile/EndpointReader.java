package dev.clawhold.policyfile;

import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.ProviderHosts;
import dev.clawhold.policy.inference.Inference;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// One endpoint: host, ports and addresses; what concerns requests is read by `InspectionReader`.
final class EndpointReader {
    private static final int MOST_PORTS = 64;
    private static final int MOST_ADDRESSES = 256;
    private static final Set<Integer> CONTROL_PLANE = Set.of(2379, 2380, 6443, 10250, 10255);
    private static final List<String> OWN_KEYS =
            List.of(
                    "host",
                    "port",
                    "ports",
                    "allowed_ips",
                    "protocol",
                    "tls",
                    "allow_control_plane",
                    "unmetered");
    private static final List<String> KEYS =
            Stream.concat(OWN_KEYS.stream(), InspectionReader.KEYS.stream()).toList();
    private static final List<Cidr> UNREACHABLE =
            Stream.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/96", "fe80::/10")
                    .map(text -> Cidr.parse(text).orElseThrow())
                    .toList();

    private final Problems problems;
    private final HostReader hosts;
    private final InspectionReader inspections;
    private final Optional<Inference> inference;
    private final Conflicts conflicts;

    EndpointReader(Problems problems, Optional<Inference> inference, Conflicts conflicts) {
        this.problems = problems;
        this.hosts = new HostReader(problems);
        this.inspections = new InspectionReader(problems);
        this.inference = inference;
        this.conflicts = conflicts;
    }

    Optional<Endpoint> read(Node node, Rule.Effect effect, Programs programs) {
        return Section.of(node, "an endpoint", "an endpoint", problems, KEYS)
                .map(section -> read(section, effect, programs));
    }

    private Endpoint read(Section section, Rule.Effect effect, Programs programs) {
        var traffic = inspections.read(section, effect);
        var allowed = allowedIps(section);
        var host = host(section, effect, traffic.protocol(), allowed);
        var ports = ports(section, effect);
        boolean controlPlane = controlPlane(section, effect, ports);
        var target =
                new Endpoint.Target(host, ports, allowed, controlPlane, section.place().line());
        return endpoint(target, section, traffic, effect, programs);
    }

    /// The endpoint of a short rule.
    Optional<Endpoint> readShort(Section section, Rule.Effect effect, Programs programs) {
        if (!section.has("host")) {
            problems.add(section.place(), Code.E06, "host is missing");
            return Optional.empty();
        }
        var traffic = inspections.readShort(section, effect);
        var host = host(section, effect, traffic.protocol(), List.of());
        var ports = ports(section, effect);
        controlPlane(section, effect, ports);
        var target = new Endpoint.Target(host, ports, List.of(), false, section.place().line());
        return Optional.of(endpoint(target, section, traffic, effect, programs));
    }

    private Endpoint endpoint(
            Endpoint.Target target,
            Section section,
            InspectionReader.Traffic traffic,
            Rule.Effect effect,
            Programs programs) {
        boolean skip =
                section.get("tls")
                        .filter(tls -> tls instanceof Node.Scalar s && s.text().equals("skip"))
                        .isPresent();
        boolean metered = isMetered(section, target.host(), effect);
        if (metered && skip && traffic.inspection().isEmpty()) {
            checkSkipped(section);
        }
        var inspection =
                traffic.inspection()
                        .or(() ->
                                metered ? Optional.of(everything(target.line())) : Optional.empty())
                        .map(i -> metered ? i.asMetered() : i);
        inspection.ifPresent(i -> conflicts.note(section.place(), target, i, programs));
        return inspection
                .map(i -> (Endpoint) new Endpoint.Inspected(target, i))
                .orElseGet(() -> new Endpoint.Opaque(target, !skip));
    }

    /// Opaque traffic that is counted all the same.
    private static Inspection everything(int line) {
        return Inspection.of(
                new Protocol.Rest(Clauses.allowing(List.of(AccessLevel.everything(line)))));
    }

    private void checkSkipped(Section section) {
        if (inference.filter(Inference::hasMoneyBudget).isPresent()) {
            problems.add(
                    section.place("tls"),
                    Code.E15,
                    "a budget in money cannot count what passes here unread",
                    "remove `tls: skip`, or write `unmetered: true`");
        } else {
            problems.add(
                    section.place("tls"), Code.W18, "an inspected endpoint is always decrypted");
        }
    }

    /// Where models are routed, calls that go to their makers directly are counted too.
    private boolean isMetered(Section section, HostPattern host, Rule.Effect effect) {
        boolean unmetered = section.bool("unmetered", false);
        return inference.isPresent()
                && !unmetered
                && effect != Rule.Effect.DENY
                && host instanceof HostPattern.Exact(var name)
                && ProviderHosts.contains(name);
    }

    private HostPattern host(
            Section section, Rule.Effect effect, ProtocolName protocol, List<Cidr> allowed) {
        if (section.has("host")) {
            return section.scalar("host", "a name, a pattern or an address")
                    .map(scalar -> hosts.read(scalar, effect))
                    .orElse(new HostPattern.ByAddress());
        }
        boolean needed = protocol == ProtocolName.TCP || protocol == ProtocolName.MCP;
        if (needed || !section.has("allowed_ips")) {
            problems.add(section.place(), Code.E06, "host is missing");
        } else if (allowed.isEmpty()) {
            problems.add(section.place(), Code.E06, "host is missing: allowed_ips is empty");
        } else {
            problems.add(
                    section.place(),
                    Code.W09,
                    "an endpoint without host is for every name that leads to allowed_ips");
        }
        return new HostPattern.ByAddress();
    }

    private Ports ports(Section section, Rule.Effect effect) {
        boolean hasPort = section.has("port");
        boolean hasPorts = section.has("ports");
        if (!hasPort && !hasPorts) {
            problems.add(section.place(), Code.E06, "port is missing");
            return Ports.any();
        }
        var one = isList(section) ? several(section) : section.whole("port", 1, 65_535);
        var many = hasPorts ? portList(section, effect) : Optional.<List<Integer>>empty();
        if (hasPort && hasPorts) {
            both(
                    section,
                    one.isPresent() && many.orElse(List.of()).contains((int) one.getAsLong()));
        }
        if (hasPorts) {
            return many.filter(ports -> !ports.isEmpty()).map(Ports::of).orElse(Ports.any());
        }
        return one.isPresent() ? Ports.of(List.of((int) one.getAsLong())) : Ports.any();
    }

    private static boolean isList(Section section) {
        return section.get("port")
                .filter(port ->
                        port instanceof Node.Items
                                || (port instanceof Node.Scalar s && s.text().contains(",")))
                .isPresent();
    }

    private OptionalLong several(Section section) {
        problems.add(
                section.valuePlace("port"),
                Code.E04,
                "port is one number",
                "write `ports: [80, 443]` for several");
        return OptionalLong.empty();
    }

    private void both(Section section, boolean contained) {
        if (contained) {
            problems.add(
                    section.place("port"), Code.W19, "port is in ports already: ports is taken");
        } else {
            section.exclude("port", "ports");
        }
    }

    /// The ports of a list; empty for `any`, or after a problem.
    private Optional<List<Integer>> portList(Section section, Rule.Effect effect) {
        var node = section.get("ports").orElseThrow();
        if (node instanceof Node.Scalar scalar && scalar.text().equals("any")) {
            if (effect == Rule.Effect.ALLOW) {
                problems.add(
                        node.place(),
                        Code.E05,
                        "ports cannot be `any` in a rule that allows",
                        "list the ports");
            }
            return Optional.empty();
        }
        var items = section.items(node, "ports");
        section.bound("ports", items.size(), MOST_PORTS);
        if (node instanceof Node.Items && items.isEmpty()) {
            problems.add(node.place(), Code.E08, "ports is empty: nothing could match");
        }
        var ports = new ArrayList<Integer>();
        for (var item : items) {
            section.whole(item, "port", 1, 65_535).ifPresent(port -> ports.add((int) port));
        }
        return Optional.of(ports);
    }

    private boolean controlPlane(Section section, Rule.Effect effect, Ports ports) {
        boolean meant = section.bool("allow_control_plane", false);
        boolean listed =
                !ports.equals(Ports.any()) && CONTROL_PLANE.stream().anyMatch(ports::contains);
        if (listed && !meant && effect != Rule.Effect.DENY) {
            problems.add(
                    section.place(section.has("ports") ? "ports" : "port"),
                    Code.W22,
                    "a port that controls machines stays closed",
                    "set `allow_control_plane: true` if that is meant");
        }
        return meant;
    }

    private List<Cidr> allowedIps(Section section) {
        var texts = section.texts("allowed_ips");
        section.bound("allowed_ips", texts.size(), MOST_ADDRESSES);
        var ranges = new ArrayList<Cidr>();
        for (var text : texts) {
            var range = Cidr.parse(text.text());
            range.ifPresent(ranges::add);
            if (range.isEmpty()) {
                problems.add(
                        text.place(),
                        Code.E14,
                        "allowed_ips " + Quote.of(text.text()) + " is no address and no range");
            } else {
                checkRange(text, range.get());
            }
        }
        return ranges;
    }

    private void checkRange(Node.Scalar text, Cidr range) {
        var shown = "allowed_ips " + Quote.of(text.text());
        if (UNREACHABLE.stream().anyMatch(range::touches)) {
            problems.add(
                    text.place(), Code.E14, shown + " holds addresses that are never reachable");
        } else if (range.prefix() < (range.network().isV4() ? 16 : 32)) {
            problems.add(text.place(), Code.W10, shown + " is a wide range");
        }
        HostReader.warnRange(text, range, problems);
    }
}
