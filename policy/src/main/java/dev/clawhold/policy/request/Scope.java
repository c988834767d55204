package dev.clawhold.policy.request;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The endpoints that a path belongs to, and those of them that say how it is read.
///
/// @param matching whose `path` matches, in file order
/// @param governing those of them with the most specific `path`; where they disagree, the strictest
///   holds
record Scope(List<Part> matching, List<Part> governing) {

    static Scope of(List<Part> parts, String path) {
        var matching = new ArrayList<Part>(parts.size());
        int most = 0;
        for (var part : parts) {
            var pattern = part.inspection().path();
            if (pattern.isEmpty() || pattern.get().matches(path)) {
                matching.add(part);
                most = Math.max(most, specificity(part));
            }
        }
        var governing = new ArrayList<Part>(matching.size());
        for (var part : matching) {
            if (specificity(part) == most) {
                governing.add(part);
            }
        }
        return new Scope(matching, governing);
    }

    /// How many characters other than `*` the pattern has.
    private static int specificity(Part part) {
        return part.inspection()
                .path()
                .map(path -> (int) path.toString().chars().filter(c -> c != '*').count())
                .orElse(0);
    }

    /// The protocol that the request is read by; empty where two claim it.
    Optional<Kind> kind(boolean upgrade) {
        if (governing.size() == 1) {
            return Optional.of(Kind.of(first().inspection().protocol()));
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        governing.forEach(part -> kinds.add(Kind.of(part.inspection().protocol())));
        if (kinds.size() == 1) {
            return Optional.of(kinds.iterator().next());
        }
        if (kinds.equals(EnumSet.of(Kind.REST, Kind.WEBSOCKET))) {
            return Optional.of(upgrade ? Kind.WEBSOCKET : Kind.REST);
        }
        kinds.remove(Kind.REST);
        return kinds.size() == 1 ? Optional.of(kinds.iterator().next()) : Optional.empty();
    }

    boolean allowsEncodedSlash() {
        return governing.stream().allMatch(part -> part.inspection().encodedSlash());
    }

    boolean onlyAudits() {
        return governing.stream().allMatch(part -> part.inspection().audit());
    }

    /// The longest body that every endpoint that governs takes.
    int mostBytes() {
        return governing.stream().mapToInt(Scope::mostBytes).min().orElse(0);
    }

    private static int mostBytes(Part part) {
        return switch (part.inspection().protocol()) {
            case Protocol.Rest _ -> Integer.MAX_VALUE;
            case Protocol.WebSocket(_, _, var settings) -> settings.mostBytes();
            case Protocol.GraphQl(_, var settings) -> settings.mostBytes();
            case Protocol.JsonRpc(_, int most) -> most;
            case Protocol.Mcp(_, var settings) -> settings.mostBytes();
        };
    }

    /// What has to happen to a request that is allowed.
    AllowedRequest.Duties duties(List<Egress.Middleware> middlewares) {
        return new AllowedRequest.Duties(
                credential(),
                secrets(),
                middlewares,
                governing.stream().anyMatch(part -> part.inspection().metered()));
    }

    private CredentialUse credential() {
        if (governing.size() == 1) {
            return first().inspection().credential();
        }
        var all = governing.stream().map(part -> part.inspection().credential()).toList();
        var first = all.getFirst();
        return new CredentialUse(
                first.provider(),
                all.stream().allMatch(CredentialUse::inBodies),
                all.stream().allMatch(CredentialUse::inMessages),
                first.signing());
    }

    /// The strictest of the rules that govern.
    private Conditions.Secrets secrets() {
        return governing.stream()
                .map(part -> part.rule().conditions().secrets())
                .min(Comparator.naturalOrder())
                .orElse(Conditions.Secrets.DENY);
    }

    /// Whether every endpoint that governs puts the same credential in place.
    boolean agreesOnCredential() {
        if (governing.size() == 1) {
            return true;
        }
        var all = governing.stream().map(part -> part.inspection().credential()).toList();
        return all.stream().map(CredentialUse::provider).distinct().count() == 1
                && all.stream().map(CredentialUse::signing).distinct().count() == 1;
    }

    /// The first endpoint that governs.
    Part first() {
        return governing.getFirst();
    }

    /// The first endpoint that governs, where no clause decided.
    Basis basis() {
        return basis(first(), 0);
    }

    static Basis basis(Part part, int clauseLine) {
        return new Basis(part.rule().id(), part.line(), clauseLine);
    }
}
