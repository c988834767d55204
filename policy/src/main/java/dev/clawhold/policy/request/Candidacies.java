package dev.clawhold.policy.request;

import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.request.RequestExplanation.Candidacy;
import dev.clawhold.policy.request.RequestExplanation.Fit;
import java.util.List;
import java.util.OptionalInt;

/// How far the endpoints of a connection take part in the verdict about one request.
///
/// @param asked what the request was read as
record Candidacies(CanonicalRequest request, Scope scope, Kind kind, BodyReader.Read asked) {

    List<Candidacy> of(List<Part> parts) {
        return parts.stream().map(this::candidacy).toList();
    }

    private Candidacy candidacy(Part part) {
        if (!scope.matching().contains(part)) {
            return candidacy(part, Fit.OTHER_PATH, 0);
        }
        var own = Kind.of(part.inspection().protocol());
        if (own != kind && own != Kind.REST) {
            return candidacy(part, Fit.OTHER_PROTOCOL, 0);
        }
        return switch (asked) {
            case BodyReader.Read.Good(var subjects) ->
                    clauses(part, own == kind ? subjects : request.subjects(), own == kind);
            case BodyReader.Read.Bad _, BodyReader.Read.NeedBody _ ->
                    candidacy(part, Fit.UNREADABLE, 0);
        };
    }

    private static Candidacy clauses(
            Part part, List<? extends Subject> subjects, boolean mayAllow) {
        var denies = any(part, subjects, Side.DENY);
        if (denies.isPresent()) {
            return candidacy(part, Fit.DENIES, denies.getAsInt());
        }
        var asks = any(part, subjects, Side.ASK);
        if (asks.isPresent()) {
            return candidacy(part, Fit.ASKS, asks.getAsInt());
        }
        var match = new ClauseMatch(Side.ALLOW);
        var protocol = part.inspection().protocol();
        boolean allows =
                mayAllow && subjects.stream().allMatch(s -> match.line(protocol, s).isPresent());
        return allows
                ? candidacy(part, Fit.ALLOWS, any(part, subjects, Side.ALLOW).orElse(0))
                : candidacy(part, Fit.NO_CLAUSE, 0);
    }

    private static OptionalInt any(Part part, List<? extends Subject> subjects, Side side) {
        var match = new ClauseMatch(side);
        return subjects.stream()
                .map(subject -> match.line(part.inspection().protocol(), subject))
                .flatMapToInt(OptionalInt::stream)
                .findFirst();
    }

    private static Candidacy candidacy(Part part, Fit fit, int clauseLine) {
        return new Candidacy(
                part.rule().id(),
                part.inspection().protocol().text(),
                clauseLine > 0 ? clauseLine : part.line(),
                fit);
    }
}
