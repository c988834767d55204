package dev.clawhold.policy;

import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramMatch;
import dev.clawhold.policy.program.Programs;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// One endpoint of one rule, with the verdict that it gives when it is the strictest that fits.
/// Candidates sort the strictest first, then as the file has them.
final class Candidate {
    static final Comparator<Candidate> STRICTEST_FIRST =
            Comparator.comparing(Candidate::rank).thenComparingInt(Candidate::order);

    /// The order in which fitting candidates decide.
    enum Rank {
        DENY,
        ASK,
        INSPECT,
        ALLOW,
        /// Allows while it has room; another that allows comes first.
        ALLOW_LIMITED,
        /// Nothing fits.
        NONE
    }

    private static final Rule NO_RULE = Rule.of("", Rule.Effect.DENY, Programs.any());

    /// Later than all others; fits nothing.
    static final Candidate NONE =
            new Candidate(
                    NO_RULE,
                    Endpoint.opaque(new HostPattern.ByAddress(), Ports.any()),
                    Integer.MAX_VALUE,
                    Rank.NONE);

    private final Rule rule;
    private final Endpoint endpoint;
    private final int order;
    private final Rank rank;
    private final Verdict verdict;

    private Candidate(Rule rule, Endpoint endpoint, int order, Rank rank) {
        this.rule = rule;
        this.endpoint = endpoint;
        this.order = order;
        this.rank = rank;
        this.verdict = verdictOf(rule.id(), rank);
    }

    static Candidate of(Rule rule, Endpoint endpoint, int order) {
        return new Candidate(rule, endpoint, order, rankOf(rule, endpoint));
    }

    private static Rank rankOf(Rule rule, Endpoint endpoint) {
        return switch (rule.effect()) {
            case DENY -> Rank.DENY;
            case ASK -> Rank.ASK;
            case ALLOW -> {
                if (endpoint instanceof Endpoint.Inspected) {
                    yield Rank.INSPECT;
                }
                yield rule.isLimited() ? Rank.ALLOW_LIMITED : Rank.ALLOW;
            }
        };
    }

    /// What it says where nothing else has a say; the others are settled by `Fitting`.
    private static Verdict verdictOf(RuleId rule, Rank rank) {
        return switch (rank) {
            case DENY, NONE -> new Verdict.Deny(Reason.of(ReasonCode.DENIED_BY_RULE, rule));
            case ASK -> new Verdict.Ask(rule);
            case INSPECT, ALLOW_LIMITED, ALLOW -> new Verdict.Allow(rule);
        };
    }

    Rule rule() {
        return rule;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /// How requests are judged, where they are.
    Optional<HttpRules.Part> part() {
        return switch (endpoint) {
            case Endpoint.Opaque _ -> Optional.empty();
            case Endpoint.Inspected(var target, var inspection) ->
                    Optional.of(new HttpRules.Part(rule, inspection, target.line()));
        };
    }

    int order() {
        return order;
    }

    Rank rank() {
        return rank;
    }

    /// The verdict of a candidate that denies, or that allows without conditions.
    Verdict verdict() {
        return verdict;
    }

    /// Whether it denies some addresses only, which is known after resolving.
    boolean deniesAddresses() {
        return rank == Rank.DENY && !endpoint.allowedIps().isEmpty();
    }

    /// Whether it takes part in the verdict on this request, whose host it names.
    boolean fits(EgressRequest request, Instant now) {
        return hasPort(request) && isLive(now) && accepts(request.program());
    }

    boolean hasPort(EgressRequest request) {
        return endpoint.ports().contains(request.port());
    }

    boolean isLive(Instant now) {
        Optional<Instant> until = rule.until();
        return until.isEmpty() || now.isBefore(until.get());
    }

    /// A denial also accepts who might be meant: an unknown program, and a path whose content has
    /// changed.
    private boolean accepts(Program program) {
        var match = match(program);
        return match == ProgramMatch.YES
                || (rank == Rank.DENY
                        && (match == ProgramMatch.CHANGED || match == ProgramMatch.UNKNOWN));
    }

    ProgramMatch match(Program program) {
        return rule.programs().match(program);
    }

    /// Whether every one of these addresses is one that the endpoint means.
    boolean permits(Iterable<IpAddress> answers) {
        if (!endpoint.allowedIps().isEmpty()) {
            for (var answer : answers) {
                if (!endpoint.listsAddress(answer)) {
                    return false;
                }
            }
            return true;
        }
        return switch (endpoint.host()) {
            case HostPattern.Range(var range) -> all(answers, range);
            case HostPattern.Exact _ ->
                    all(answers, AddressClass.PUBLIC) || all(answers, AddressClass.PRIVATE);
            case HostPattern.Wildcard _, HostPattern.CatchAll _ ->
                    all(answers, AddressClass.PUBLIC);
            case HostPattern.ByAddress _ -> false;
        };
    }

    private static boolean all(Iterable<IpAddress> answers, Cidr range) {
        for (var answer : answers) {
            if (!range.contains(answer)) {
                return false;
            }
        }
        return true;
    }

    private static boolean all(Iterable<IpAddress> answers, AddressClass kind) {
        for (var answer : answers) {
            if (AddressClass.of(answer) != kind) {
                return false;
            }
        }
        return true;
    }

    boolean isStricterThan(Candidate other) {
        int byRank = rank.compareTo(other.rank);
        return byRank < 0 || (byRank == 0 && order < other.order);
    }
}
