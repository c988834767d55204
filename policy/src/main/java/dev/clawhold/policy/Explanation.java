package dev.clawhold.policy;

import java.time.Instant;
import java.util.List;

/// A verdict, and how every endpoint that names the host came to take part in it or not.
///
/// @param candidates in file order, catch-alls among them
public record Explanation(Verdict verdict, List<Candidacy> candidates) {

    /// How far one endpoint fits the request.
    public enum Fit {
        FITS,
        OTHER_PORT,
        EXPIRED,
        OTHER_BINARY,
        OTHER_HASH,
        CHANGED_BINARY,
        UNKNOWN_BINARY
    }

    /// One endpoint that names the host.
    ///
    /// @param endpoint its host and ports, as the file spells them
    /// @param line where it begins in its file, from 1; 0 without a file
    public record Candidacy(RuleId rule, Rule.Effect effect, String endpoint, int line, Fit fit) {}

    public Explanation {
        candidates = List.copyOf(candidates);
    }

    static Explanation of(
            Verdict verdict, List<Candidate> candidates, EgressRequest request, Instant now) {
        return new Explanation(
                verdict, candidates.stream().map(c -> candidacy(c, request, now)).toList());
    }

    private static Candidacy candidacy(Candidate candidate, EgressRequest request, Instant now) {
        var endpoint = candidate.endpoint();
        return new Candidacy(
                candidate.rule().id(),
                candidate.rule().effect(),
                endpoint.host().text() + ":" + endpoint.ports(),
                endpoint.line(),
                fit(candidate, request, now));
    }

    private static Fit fit(Candidate candidate, EgressRequest request, Instant now) {
        if (candidate.fits(request, now)) {
            return Fit.FITS;
        }
        if (!candidate.hasPort(request)) {
            return Fit.OTHER_PORT;
        }
        if (!candidate.isLive(now)) {
            return Fit.EXPIRED;
        }
        return switch (candidate.match(request.program())) {
            case OTHER_HASH -> Fit.OTHER_HASH;
            case CHANGED -> Fit.CHANGED_BINARY;
            case UNKNOWN -> Fit.UNKNOWN_BINARY;
            case YES, NO -> Fit.OTHER_BINARY;
        };
    }
}
