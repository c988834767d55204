package dev.clawhold.policy;

import dev.clawhold.policy.Rule.Effect;
import dev.clawhold.policy.limit.Room;
import java.util.List;

/// The endpoints that fit a connection and deny nothing, in file order, and what they say together.
///
/// @param candidates at least one
record Fitting(
        Egress egress,
        List<Candidate> candidates,
        EgressRequest request,
        Circumstances circumstances) {

    Verdict verdict() {
        var open = candidates.stream().filter(c -> left(c) != Room.Left.NO_CONNECTIONS).toList();
        if (open.isEmpty()) {
            return denied(ReasonCode.LIMIT_CONNECTIONS, candidates.getFirst());
        }
        // A question stays one when its own rule has no room: another's allowance does not answer
        // it.
        var asking = candidates.stream().filter(c -> c.rule().effect() == Effect.ASK).findFirst();
        if (asking.isPresent() && !circumstances.approvals().covers(request)) {
            return new Verdict.Ask(asking.get().rule().id());
        }
        var parts = open.stream().flatMap(c -> c.part().stream()).toList();
        return parts.isEmpty()
                ? opaque(open, asking.isPresent())
                : new Verdict.Inspect(
                        parts.getFirst().rule().id(),
                        new HttpRules(
                                request,
                                parts,
                                egress.middlewaresOver(request.host()),
                                asking.isPresent()));
    }

    /// A rule that is used up does not allow; another may.
    private Verdict opaque(List<Candidate> open, boolean approved) {
        return open.stream()
                .filter(c -> left(c) == Room.Left.ROOM)
                .min(Candidate.STRICTEST_FIRST)
                .map(c -> allowed(c.rule().id(), approved))
                .orElseGet(() -> usedUp(open.getFirst()));
    }

    private Verdict allowed(RuleId rule, boolean approved) {
        return egress.throughMiddlewares(request.host(), rule)
                .orElseGet(() -> new Verdict.Allow(rule, approved));
    }

    private Verdict usedUp(Candidate candidate) {
        return denied(
                left(candidate) == Room.Left.NO_BYTES
                        ? ReasonCode.LIMIT_BYTES
                        : ReasonCode.LIMIT_REQUESTS,
                candidate);
    }

    private static Verdict denied(ReasonCode code, Candidate candidate) {
        return new Verdict.Deny(Reason.of(code, candidate.rule().id()));
    }

    private Room.Left left(Candidate candidate) {
        var rule = candidate.rule();
        return rule.isLimited()
                ? circumstances
                        .room()
                        .of(rule.id().key(), rule.conditions().limits(), circumstances.now())
                : Room.Left.ROOM;
    }
}
