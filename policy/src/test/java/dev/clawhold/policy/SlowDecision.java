package dev.clawhold.policy;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.SlowGlob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.limit.Room;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The decision about a connection a second time: what the language's reference says, step by step,
/// as scans of the rules in file order.
final class SlowDecision {
    /// What a verdict comes to.
    ///
    /// @param parts the rules whose endpoints judge the requests, in file order
    record Outcome(String kind, String code, String rule, List<String> parts) {
        static Outcome of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Allow(var rule, boolean approved) ->
                        new Outcome("allow", approved ? "approved" : "rule", rule.key(), List.of());
                case Verdict.Inspect(var rule, var http) ->
                        new Outcome(
                                "inspect",
                                http.approved() ? "approved" : "rule",
                                rule.key(),
                                http.parts().stream().map(p -> p.rule().id().key()).toList());
                case Verdict.Ask(var rule) -> new Outcome("ask", "ask_rule", rule.key(), List.of());
                case Verdict.Deny(var reason) ->
                        new Outcome(
                                "deny",
                                reason.code().code(),
                                reason.rule().map(RuleId::key).orElse(""),
                                List.of());
            };
        }

        boolean denies() {
            return kind.equals("deny");
        }
    }

    private static final List<String> LOOPBACK =
            List.of(
                    "host.clawhold.internal",
                    "host.openshell.internal",
                    "host.docker.internal",
                    "host.containers.internal");
    private static final List<String> NEVER_NAMES =
            List.of(
                    "localhost",
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "instance-data",
                    "instance-data.ec2.internal");
    private static final List<String> NEVER =
            List.of(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8",
                    "64:ff9b:1::/48",
                    "2001::/32",
                    "100.100.100.200/32",
                    "168.63.129.16/32",
                    "192.0.0.192/32",
                    "fd00:ec2::254/128",
                    "fd00:ec2::23/128",
                    "fd20:ce::254/128",
                    "fd00:42::42/128");
    private static final List<String> PRIVATE =
            List.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "fc00::/7",
                    "2001:db8::/32");
    private static final Set<Integer> CONTROL_PLANE = Set.of(2379, 2380, 6443, 10250, 10255);

    /// Patterns met texts before: a table of so few is no shortcut of the decision.
    private static final Map<String, Boolean> MATCHES = new HashMap<>();

    private record Fit(Rule rule, Endpoint endpoint) {}

    private final List<Rule> rules;
    private final EgressRequest request;
    private final Circumstances circumstances;

    SlowDecision(List<Rule> rules, EgressRequest request, Circumstances circumstances) {
        this.rules = rules;
        this.request = request;
        this.circumstances = circumstances;
    }

    Outcome decide() {
        if (isNever(request.host())) {
            return deny("address_never", "");
        }
        for (var rule : rules) {
            for (var endpoint : rule.endpoints()) {
                if (rule.effect() == Rule.Effect.DENY
                        && endpoint.allowedIps().isEmpty()
                        && isMeant(rule, endpoint)
                        && deniesProgram(rule)) {
                    return deny("denied_by_rule", name(rule));
                }
            }
        }
        var fitting = fitting();
        return fitting.isEmpty() ? withoutRule() : among(fitting);
    }

    Outcome admit(List<IpAddress> answers) {
        var connect = decide();
        if (connect.kind().equals("deny") || connect.kind().equals("ask")) {
            return connect;
        }
        if (answers.isEmpty()) {
            return deny("dns_failed", "");
        }
        if (isLoopbackName(request.host())) {
            boolean own = answers.stream().allMatch(a -> in(a, "127.0.0.0/8") || in(a, "::1/128"));
            return own ? connect : deny("address_never", "");
        }
        if (answers.stream().anyMatch(a -> in(a, NEVER))) {
            return deny("address_never", "");
        }
        for (var rule : rules) {
            for (var endpoint : rule.endpoints()) {
                if (rule.effect() == Rule.Effect.DENY
                        && isMeant(rule, endpoint)
                        && deniesProgram(rule)
                        && answers.stream().anyMatch(a -> lists(endpoint, a))) {
                    return deny("denied_by_rule", name(rule));
                }
            }
        }
        boolean controlPlane = CONTROL_PLANE.contains(request.port());
        var fitting = fitting();
        if (fitting.isEmpty()) {
            return !answers.stream().allMatch(SlowDecision::isPublic)
                    ? deny(whyNotKept(fitting, answers), "")
                    : controlPlane ? deny("port_control_plane", "") : connect;
        }
        var kept = fitting.stream().filter(fit -> permits(fit.endpoint(), answers)).toList();
        if (kept.isEmpty()) {
            return deny(whyNotKept(fitting, answers), name(fitting.getFirst().rule()));
        }
        var open = kept.stream().filter(f -> !controlPlane || f.endpoint().controlPlane()).toList();
        return open.isEmpty()
                ? deny("port_control_plane", name(kept.getFirst().rule()))
                : among(open);
    }

    /// Steps 6 to 8 of the decision.
    private Outcome among(List<Fit> fitting) {
        var first = fitting.getFirst().rule();
        var open = fitting.stream().filter(f -> left(f) != Room.Left.NO_CONNECTIONS).toList();
        if (open.isEmpty()) {
            return deny("limit_connections", name(first));
        }
        var asking = fitting.stream().filter(f -> f.rule().effect() == Rule.Effect.ASK).toList();
        if (!asking.isEmpty() && !circumstances.approvals().covers(request)) {
            return new Outcome("ask", "ask_rule", name(asking.getFirst().rule()), List.of());
        }
        var code = asking.isEmpty() ? "rule" : "approved";
        var inspected =
                open.stream()
                        .filter(f -> f.endpoint() instanceof Endpoint.Inspected)
                        .map(f -> name(f.rule()))
                        .toList();
        if (!inspected.isEmpty()) {
            return new Outcome("inspect", code, inspected.getFirst(), inspected);
        }
        var roomy = open.stream().filter(f -> left(f) == Room.Left.ROOM).toList();
        if (roomy.isEmpty()) {
            boolean bytes = left(open.getFirst()) == Room.Left.NO_BYTES;
            return deny(bytes ? "limit_bytes" : "limit_requests", name(open.getFirst().rule()));
        }
        // What asks counts before what allows, what allows endlessly before what is used up by it.
        for (var effect : List.of(Rule.Effect.ASK, Rule.Effect.ALLOW)) {
            for (boolean limited : new boolean[] {false, true}) {
                for (var fit : roomy) {
                    boolean asks = effect == Rule.Effect.ASK;
                    if (fit.rule().effect() == effect
                            && (asks || fit.rule().isLimited() == limited)) {
                        return new Outcome("allow", code, name(fit.rule()), List.of());
                    }
                }
            }
        }
        throw new AssertionError("neither asks nor allows: " + roomy);
    }

    /// Whether one of the rules takes part in the verdict at all.
    boolean fitsAnything() {
        return !fitting().isEmpty();
    }

    /// Step 4, and the first half of step 5.
    private List<Fit> fitting() {
        var ordinary = fitting(false);
        return ordinary.isEmpty() ? fitting(true) : ordinary;
    }

    private List<Fit> fitting(boolean catchAll) {
        var fitting = new ArrayList<Fit>();
        for (var rule : rules) {
            for (var endpoint : rule.endpoints()) {
                if (rule.effect() != Rule.Effect.DENY
                        && (endpoint.host() instanceof HostPattern.CatchAll) == catchAll
                        && isMeant(rule, endpoint)
                        && program(rule) == Identity.FITS) {
                    fitting.add(new Fit(rule, endpoint));
                }
            }
        }
        return fitting;
    }

    /// The second half of step 5.
    private Outcome withoutRule() {
        if (circumstances.approvals().covers(request)) {
            var id = RuleId.approved(request.host(), request.port());
            return new Outcome("allow", "approved", id.key(), List.of());
        }
        if (rules.isEmpty()) {
            return deny("no_policy", "");
        }
        var named = new ArrayList<Fit>();
        for (var rule : rules) {
            for (var endpoint : rule.endpoints()) {
                if (rule.effect() != Rule.Effect.DENY
                        && !(endpoint.host() instanceof HostPattern.CatchAll)
                        && names(endpoint.host())) {
                    named.add(new Fit(rule, endpoint));
                }
            }
        }
        if (named.isEmpty()) {
            return deny("host_not_listed", "");
        }
        named.removeIf(fit -> !fit.endpoint().ports().contains(request.port()));
        if (named.isEmpty()) {
            return deny("port_not_listed", "");
        }
        var onPort = List.copyOf(named);
        named.removeIf(fit -> !isLive(fit.rule()));
        if (named.isEmpty()) {
            return deny("rule_expired", name(onPort.getFirst().rule()));
        }
        for (var identity : List.of(Identity.OTHER_HASH, Identity.CHANGED)) {
            for (var fit : named) {
                if (program(fit.rule()) == identity) {
                    return deny(
                            identity == Identity.CHANGED
                                    ? "binary_changed"
                                    : "binary_hash_mismatch",
                            name(fit.rule()));
                }
            }
        }
        return request.program() instanceof Program.Unknown
                ? deny("binary_unknown", "")
                : deny("binary_not_listed", "");
    }

    private boolean isMeant(Rule rule, Endpoint endpoint) {
        return names(endpoint.host()) && endpoint.ports().contains(request.port()) && isLive(rule);
    }

    private boolean isLive(Rule rule) {
        return rule.until().isEmpty() || rule.until().get().isAfter(circumstances.now());
    }

    private boolean names(HostPattern pattern) {
        boolean special = isLoopbackName(request.host());
        return switch (pattern) {
            case HostPattern.Exact(var name) ->
                    name.equals(request.host()) || (special && isLoopbackName(name));
            case HostPattern.Wildcard(var glob) ->
                    !special
                            && request.host() instanceof Host.Name(var text)
                            && matches(Glob.Kind.HOST, glob.toString(), text);
            case HostPattern.Range(var range) ->
                    request.host() instanceof Host.Address(var address)
                            && in(address, range.toString());
            case HostPattern.ByAddress _, HostPattern.CatchAll _ -> !special;
        };
    }

    private static boolean isLoopbackName(Host host) {
        return host instanceof Host.Name(var text) && LOOPBACK.contains(text);
    }

    private static boolean isNever(Host host) {
        return switch (host) {
            case Host.Name(var text) -> NEVER_NAMES.contains(text);
            case Host.Address(var address) -> in(address, NEVER);
        };
    }

    private enum Identity {
        FITS,
        OTHER_HASH,
        CHANGED,
        NO
    }

    /// The best that some listed program says about the asking one or those above it.
    private Identity program(Rule rule) {
        if (rule.programs() instanceof Programs.Listed(var patterns)) {
            var said = new ArrayList<Identity>();
            for (var pattern : patterns) {
                for (var executable : meantBy(pattern)) {
                    said.add(identity(pattern, executable));
                }
            }
            for (var identity : Identity.values()) {
                if (said.contains(identity)) {
                    return identity;
                }
            }
            return Identity.NO;
        }
        return Identity.FITS;
    }

    private List<Executable> meantBy(ProgramPattern pattern) {
        if (request.program() instanceof Program.Known(var own, var ancestors, _)) {
            var all = new ArrayList<>(List.of(own));
            if (pattern.descendants()) {
                all.addAll(ancestors);
            }
            return all;
        }
        return List.of();
    }

    private static Identity identity(ProgramPattern pattern, Executable executable) {
        var path = pattern.path().toString();
        boolean exact = path.indexOf('*') < 0 && path.indexOf('{') < 0;
        if (!matches(Glob.Kind.BINARY, path, executable.path())) {
            return Identity.NO;
        }
        if (!pattern.sha256().isEmpty()) {
            return pattern.sha256().contains(executable.sha256())
                    ? Identity.FITS
                    : Identity.OTHER_HASH;
        }
        return exact && executable.changed() ? Identity.CHANGED : Identity.FITS;
    }

    private boolean deniesProgram(Rule rule) {
        var identity = program(rule);
        return request.program() instanceof Program.Unknown
                || identity == Identity.FITS
                || identity == Identity.CHANGED;
    }

    private static boolean permits(Endpoint endpoint, List<IpAddress> answers) {
        if (!endpoint.allowedIps().isEmpty()) {
            return answers.stream().allMatch(a -> lists(endpoint, a));
        }
        boolean open = answers.stream().allMatch(SlowDecision::isPublic);
        boolean inside = answers.stream().noneMatch(SlowDecision::isPublic);
        return switch (endpoint.host()) {
            case HostPattern.Range(var range) ->
                    answers.stream().allMatch(a -> in(a, range.toString()));
            case HostPattern.Exact _ -> open || inside;
            case HostPattern.Wildcard _, HostPattern.CatchAll _ -> open;
            case HostPattern.ByAddress _ -> false;
        };
    }

    private static String whyNotKept(List<Fit> fitting, List<IpAddress> answers) {
        if (fitting.stream().anyMatch(fit -> !fit.endpoint().allowedIps().isEmpty())) {
            return "address_not_listed";
        }
        boolean mixed =
                answers.stream().anyMatch(SlowDecision::isPublic)
                        && !answers.stream().allMatch(SlowDecision::isPublic);
        return mixed ? "address_mixed" : "address_private";
    }

    private static boolean lists(Endpoint endpoint, IpAddress address) {
        return endpoint.allowedIps().stream().anyMatch(r -> in(address, r.toString()));
    }

    private static boolean isPublic(IpAddress address) {
        return !in(address, NEVER) && !in(address, PRIVATE);
    }

    private static boolean in(IpAddress address, List<String> ranges) {
        return ranges.stream().anyMatch(range -> in(address, range));
    }

    /// By the bits of the address, and by those of the IPv4 address that it carries.
    private static boolean in(IpAddress address, String range) {
        var parts = List.of(range.split("/", -1));
        var network = bits(IpAddress.parse(parts.get(0)).orElseThrow());
        int prefix = parts.size() == 1 ? network.length() : Integer.parseInt(parts.get(1));
        var own = bits(address);
        var carried =
                own.startsWith(bits(IpAddress.parse("64:ff9b::").orElseThrow()).substring(0, 96))
                        ? Optional.of(own.substring(96))
                        : own.startsWith("0010000000000010") && own.length() == 128
                                ? Optional.of(own.substring(16, 48))
                                : Optional.<String>empty();
        return begins(own, network, prefix)
                || carried.filter(v4 -> begins(v4, network, prefix)).isPresent();
    }

    private static boolean begins(String bits, String network, int prefix) {
        return bits.length() == network.length() && bits.startsWith(network.substring(0, prefix));
    }

    private static String bits(IpAddress address) {
        var bits = new StringBuilder();
        for (byte b : address.bytes()) {
            bits.append(Integer.toBinaryString((b & 255) | 256).substring(1));
        }
        return bits.toString();
    }

    private static boolean matches(Glob.Kind kind, String pattern, String text) {
        return MATCHES.computeIfAbsent(
                kind + " " + pattern + " " + text, _ -> SlowGlob.matches(kind, pattern, text));
    }

    private Room.Left left(Fit fit) {
        var rule = fit.rule();
        return rule.isLimited()
                ? circumstances
                        .room()
                        .of(name(rule), rule.conditions().limits(), circumstances.now())
                : Room.Left.ROOM;
    }

    private static String name(Rule rule) {
        return rule.id().key();
    }

    private static Outcome deny(String code, String rule) {
        return new Outcome("deny", code, rule, List.of());
    }
}
