package dev.clawhold.policy.reach;

import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.reach.Probe.Content;
import dev.clawhold.policy.reach.Probe.Transport;
import dev.clawhold.policy.reach.Ruling.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Says what the endpoints of an inspected connection decide about a probe: the language's rules
/// for inspected requests, without what only bytes can show.
///
/// @param middlewares that the host's traffic passes, in words
/// @param asked whether the operator is asked about the connection
record Judge(List<Part> parts, List<String> middlewares, boolean asked) {
    private static final List<String> UPGRADING = List.of("GET", "HEAD");

    private enum Side {
        ALLOW,
        ASK,
        DENY;

        <C> List<C> of(Clauses<C> clauses) {
            return switch (this) {
                case ALLOW -> clauses.allow();
                case ASK -> clauses.ask();
                case DENY -> clauses.deny();
            };
        }
    }

    /// A clause that matched, or the profile, and the endpoint it stands at.
    private record Hit(Part part, int line) {}

    Ruling rule(Probe probe) {
        var on = parts.stream().filter(p -> isOn(p, probe.path())).toList();
        if (on.isEmpty()) {
            return Ruling.NOT_LISTED;
        }
        var most = on.stream().mapToInt(Judge::specificity).max().orElse(0);
        var nearest = on.stream().filter(p -> specificity(p) == most).toList();
        var kind = governing(nearest, probe);
        if (kind.isEmpty() || !agree(nearest) || !isReadable(probe, kind.get(), nearest)) {
            return Ruling.NOT_LISTED;
        }
        return new Clausewise(on, nearest, kind.get(), probe).rule();
    }

    private static boolean isOn(Part part, String path) {
        return part.inspection().path().map(glob -> glob.matches(path)).orElse(true);
    }

    private static int specificity(Part part) {
        return part.inspection()
                .path()
                .map(glob -> (int) glob.toString().chars().filter(c -> c != '*').count())
                .orElse(0);
    }

    private static String kind(Part part) {
        return part.inspection().protocol().text();
    }

    /// The protocol that the nearest endpoints speak; empty if two claim the path.
    private static Optional<String> governing(List<Part> nearest, Probe probe) {
        var kinds = nearest.stream().map(Judge::kind).distinct().toList();
        var others = kinds.stream().filter(k -> !k.equals("rest")).toList();
        if (others.isEmpty()) {
            return Optional.of("rest");
        }
        if (others.size() > 1) {
            return Optional.empty();
        }
        boolean plain = probe.transport() == Transport.REQUEST && kinds.size() > 1;
        return Optional.of(
                others.getFirst().equals("websocket") && plain ? "rest" : others.getFirst());
    }

    /// Whether all put the same credential in place.
    private static boolean agree(List<Part> nearest) {
        var uses = nearest.stream().map(p -> p.inspection().credential()).toList();
        return uses.stream().map(CredentialUse::provider).distinct().count() == 1
                && uses.stream().map(CredentialUse::signing).distinct().count() == 1;
    }

    /// Whether the protocol takes such a message at all.
    private static boolean isReadable(Probe probe, String kind, List<Part> nearest) {
        var path = probe.path();
        boolean encoded = path.contains("%2F") || path.contains("%5C");
        if (encoded && !nearest.stream().allMatch(p -> p.inspection().encodedSlash())) {
            return false;
        }
        if (probe.transport() != Transport.REQUEST) {
            return kind.equals("websocket")
                    && (probe.transport() == Transport.UPGRADE
                            || !operationsOnSocket(nearest)
                            || probe.content() instanceof Content.Operation);
        }
        return switch (kind) {
            case "rest" -> true;
            case "websocket" -> UPGRADING.contains(probe.method());
            case "graphql" ->
                    probe.content() instanceof Content.Operation
                            && (probe.method().equals("GET") || probe.method().equals("POST"))
                            && probe.query().values().stream().allMatch(v -> v.size() <= 1);
            case "json-rpc" -> isCall(probe);
            default -> isSilent(probe) || (isCall(probe) && isNamed(probe, nearest));
        };
    }

    private static boolean operationsOnSocket(List<Part> nearest) {
        return nearest.stream()
                .anyMatch(p ->
                        p.inspection().protocol()
                                        instanceof Protocol.WebSocket(_, var operations, _)
                                && !operations.isEmpty());
    }

    private static boolean isCall(Probe probe) {
        return probe.method().equals("POST") && probe.content() instanceof Content.Call;
    }

    /// A stream of the server's messages is opened, or a session is ended.
    private static boolean isSilent(Probe probe) {
        return switch (probe.content()) {
            case Content.Plain _ -> probe.method().equals("GET") || probe.method().equals("DELETE");
            case Content.Operation _ -> probe.method().equals("GET"); // it is in the query
            case Content.Call _ -> false;
        };
    }

    private static boolean isNamed(Probe probe, List<Part> nearest) {
        boolean strict = mcp(nearest).anyMatch(McpSettings::strictNames);
        return !strict
                || !(probe.content() instanceof Content.Call(_, var tool))
                || tool.map(t -> isStrict(t.name())).orElse(true);
    }

    private static boolean isStrict(String name) {
        return !name.isEmpty()
                && name.length() <= 128
                && name.chars()
                        .allMatch(c ->
                                c < 128 && (Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0));
    }

    private static java.util.stream.Stream<McpSettings> mcp(List<Part> parts) {
        return parts.stream()
                .flatMap(p ->
                        p.inspection().protocol() instanceof Protocol.Mcp(_, var settings)
                                ? java.util.stream.Stream.of(settings)
                                : java.util.stream.Stream.empty());
    }

    /// The clauses of all endpoints on the path, tested in the order in which they decide.
    private final class Clausewise {
        private final List<Part> on;
        private final List<Part> nearest;
        private final String kind;
        private final Probe probe;

        Clausewise(List<Part> on, List<Part> nearest, String kind, Probe probe) {
            this.on = on;
            this.nearest = nearest;
            this.kind = kind;
            this.probe = probe;
        }

        Ruling rule() {
            boolean audit = nearest.stream().allMatch(p -> p.inspection().audit());
            var denied = hits(Side.DENY, _ -> true);
            if (!denied.isEmpty()) {
                return audit
                        ? permitted(Verdict.ALLOW, denied, "only recorded")
                        : new Ruling(
                                Verdict.DENIED,
                                Optional.of(denied.getFirst().part().rule().id()),
                                line(denied.getFirst()),
                                List.of());
            }
            var asking = hits(Side.ASK, _ -> true);
            if (!asking.isEmpty()) {
                return audit
                        ? permitted(Verdict.ALLOW, asking, "only recorded")
                        : permitted(Verdict.ASK, asking, "");
            }
            var allowed = hits(Side.ALLOW, p -> kind(p).equals(kind));
            if (!allowed.isEmpty()) {
                return permitted(asked ? Verdict.ASK : Verdict.ALLOW, allowed, "");
            }
            return audit
                    ? permitted(
                            asked ? Verdict.ASK : Verdict.ALLOW,
                            List.of(new Hit(nearest.getFirst(), 0)),
                            "only recorded")
                    : Ruling.NOT_LISTED;
        }

        private static int line(Hit hit) {
            return hit.line() > 0 ? hit.line() : hit.part().line();
        }

        private Ruling permitted(Verdict verdict, List<Hit> hits, String more) {
            var conditions =
                    new ConditionText(hits.stream().map(Hit::part).toList(), nearest, middlewares)
                            .of(verdict, probe.content());
            if (!more.isEmpty()) {
                conditions.add(more);
            }
            var first = hits.getFirst();
            return new Ruling(
                    asked ? Verdict.ASK : verdict,
                    Optional.of(first.part().rule().id()),
                    line(first),
                    conditions);
        }

        private List<Hit> hits(Side side, Predicate<Part> which) {
            return on.stream()
                    .filter(which)
                    .flatMap(
                            part -> line(side, part).stream().mapToObj(line -> new Hit(part, line)))
                    .toList();
        }

        private OptionalInt line(Side side, Part part) {
            var match = new ClauseMatch(side != Side.ALLOW);
            boolean governs = kind(part).equals(kind);
            return switch (part.inspection().protocol()) {
                case Protocol.Rest(var http) -> http(side, http, match);
                case Protocol.WebSocket socket when governs -> socket(side, socket, match);
                case Protocol.GraphQl(var operations, _) when governs ->
                        operation(side, operations, match);
                case Protocol.JsonRpc(var calls, _) when governs ->
                        probe.content() instanceof Content.Call call
                                ? first(
                                        side.of(calls),
                                        c -> match.matches(c, call),
                                        RpcClause::line)
                                : OptionalInt.empty();
                case Protocol.Mcp mcp when governs -> mcp(side, mcp, match);
                case Protocol.WebSocket _, Protocol.GraphQl _, Protocol.JsonRpc _, Protocol.Mcp _ ->
                        OptionalInt.empty();
            };
        }

        private OptionalInt socket(Side side, Protocol.WebSocket socket, ClauseMatch match) {
            return probe.transport() == Transport.TEXT && operationsOnSocket(nearest)
                    ? operation(side, socket.operations(), match)
                    : http(side, socket.http(), match);
        }

        private OptionalInt http(Side side, Clauses<HttpClause> http, ClauseMatch match) {
            return first(side.of(http), c -> match.matches(c, probe), HttpClause::line);
        }

        private OptionalInt operation(
                Side side, Clauses<GraphQlClause> operations, ClauseMatch match) {
            return probe.content() instanceof Content.Operation operation
                    ? first(
                            side.of(operations),
                            c -> match.matches(c, operation),
                            GraphQlClause::line)
                    : OptionalInt.empty();
        }

        private OptionalInt mcp(Side side, Protocol.Mcp mcp, ClauseMatch match) {
            if (!(probe.content() instanceof Content.Call call)) {
                return side == Side.ALLOW ? OptionalInt.of(0) : OptionalInt.empty();
            }
            var line = first(side.of(mcp.calls()), c -> match.matches(c, call), McpClause::line);
            boolean profile = side == Side.ALLOW && ClauseMatch.byProfile(mcp, call);
            return line.isEmpty() && profile ? OptionalInt.of(0) : line;
        }

        private static <C> OptionalInt first(
                List<C> clauses, Predicate<C> matches, Function<C, Integer> line) {
            return clauses.stream()
                    .filter(matches)
                    .flatMapToInt(c -> IntStream.of(line.apply(c)))
                    .findFirst();
        }
    }
}
