package dev.clawhold.policyfile;

import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Finds endpoints that judge the same requests and do not agree how. Only equal hosts, ports and
/// paths are compared; what overlaps otherwise is decided per request.
final class Conflicts {
    private record Claim(HostPattern host, String port, String path) {}

    private record Claimant(Place place, Endpoint.Target target, Inspection how, Programs who) {
        int line() {
            return place.line();
        }
    }

    private record Pair(Place first, Place second) {}

    private final Problems problems;
    private final Map<Claim, List<Claimant>> claims = new HashMap<>();
    private final Set<Pair> told = new HashSet<>();

    Conflicts(Problems problems) {
        this.problems = problems;
    }

    void note(Place place, Endpoint.Target target, Inspection how, Programs who) {
        var claimant = new Claimant(place, target, how, who);
        for (var port : target.ports().toString().split(",", -1)) {
            var claim = new Claim(target.host(), port, path(how));
            var claimants = claims.computeIfAbsent(claim, _ -> new ArrayList<>());
            if (claimants.size() < Problems.MOST) {
                claimants.add(claimant);
            }
        }
    }

    /// As specific as it is: `**` says no more than nothing.
    private static String path(Inspection how) {
        return how.path().map(Glob::toString).filter(text -> !text.equals("**")).orElse("");
    }

    void check() {
        for (var claimants : claims.values()) {
            for (int i = 1; i < claimants.size(); i++) {
                for (var earlier : claimants.subList(0, i)) {
                    check(earlier, claimants.get(i));
                }
            }
        }
    }

    private void check(Claimant first, Claimant second) {
        if (overlap(first.who, second.who) && told.add(new Pair(first.place, second.place))) {
            checkProtocols(first, second);
            checkCredentials(first, second);
            checkSettings(first, second);
        }
    }

    private void checkProtocols(Claimant first, Claimant second) {
        var one = first.how.protocol();
        var other = second.how.protocol();
        boolean rest = one instanceof Protocol.Rest || other instanceof Protocol.Rest;
        if (!rest && !one.text().equals(other.text())) {
            conflict(first, second, one.text() + " and " + other.text() + " both claim");
        }
    }

    private void checkCredentials(Claimant first, Claimant second) {
        var one = first.how.credential();
        var other = second.how.credential();
        if (one.provider().isEmpty() || other.provider().isEmpty()) {
            return;
        }
        if (!one.provider().equals(other.provider())) {
            conflict(first, second, "different credentials are put in place at");
        } else if (!one.signing().equals(other.signing())) {
            conflict(first, second, "requests are signed differently at");
        }
    }

    private void conflict(Claimant first, Claimant second, String what) {
        var target = second.target;
        var where = target.host().text() + ":" + target.ports() + " " + path(second.how);
        problems.add(
                second.place,
                Code.E16,
                what
                        + " "
                        + Quote.of(where.stripTrailing())
                        + ": lines "
                        + first.line()
                        + " and "
                        + second.line());
    }

    private void checkSettings(Claimant first, Claimant second) {
        var one = first.how;
        var other = second.how;
        strictest(one.audit() != other.audit(), first, second, "enforcement", "`enforce`");
        strictest(
                one.encodedSlash() != other.encodedSlash(),
                first,
                second,
                "allow_encoded_slash",
                "`false`");
        var body = mostBytes(one.protocol());
        var otherBody = mostBytes(other.protocol());
        strictest(
                body.isPresent() && otherBody.isPresent() && !body.equals(otherBody),
                first,
                second,
                "the largest body",
                "the smaller one");
        strictest(
                one.protocol() instanceof Protocol.Mcp(_, var mine)
                        && other.protocol() instanceof Protocol.Mcp(_, var theirs)
                        && mine.strictNames() != theirs.strictNames(),
                first,
                second,
                "strict_tool_names",
                "`true`");
        strictest(
                rewrites(one.credential(), other.credential()),
                first,
                second,
                "credential rewriting",
                "none");
    }

    private static boolean rewrites(CredentialUse one, CredentialUse other) {
        return one.inBodies() != other.inBodies() || one.inMessages() != other.inMessages();
    }

    private static OptionalInt mostBytes(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Rest _ -> OptionalInt.empty();
            case Protocol.WebSocket(_, _, var settings) -> OptionalInt.of(settings.mostBytes());
            case Protocol.GraphQl(_, var settings) -> OptionalInt.of(settings.mostBytes());
            case Protocol.JsonRpc(_, int most) -> OptionalInt.of(most);
            case Protocol.Mcp(_, var settings) -> OptionalInt.of(settings.mostBytes());
        };
    }

    private void strictest(
            boolean differ, Claimant first, Claimant second, String what, String holds) {
        if (differ) {
            problems.add(
                    second.place,
                    Code.W17,
                    what
                            + " is not what line "
                            + first.line()
                            + " says about the same requests: "
                            + holds
                            + " holds");
        }
    }

    private static boolean overlap(Programs one, Programs other) {
        return switch (one) {
            case Programs.Any _ -> true;
            case Programs.Listed(var mine) ->
                    switch (other) {
                        case Programs.Any _ -> true;
                        case Programs.Listed(var theirs) -> {
                            var paths = new HashSet<>(mine.stream().map(p -> p.path()).toList());
                            yield theirs.stream().anyMatch(p -> paths.contains(p.path()));
                        }
                    };
        };
    }
}
