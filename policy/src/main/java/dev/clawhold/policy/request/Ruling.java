package dev.clawhold.policy.request;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.limit.Room;
import java.util.List;
import java.util.Optional;

/// The clauses' say about a request that is well formed.
///
/// @param kind of the endpoints that govern
/// @param subjects what their own clauses are tested against
record Ruling(
        HttpRules rules,
        Circumstances circumstances,
        Scope scope,
        Kind kind,
        CanonicalRequest request,
        List<? extends Subject> subjects) {

    RequestVerdict verdict(Body body) {
        if (missesQuery()) {
            return RequestVerdict.Deny.of(ReasonCode.REQUEST_MALFORMED, scope.basis());
        }
        return switch (byClauses()) {
            case RequestVerdict.Allow(var allowed) ->
                    new Content(rules, circumstances, request, body).verdict(allowed);
            case RequestVerdict.Ask ask -> ask;
            case RequestVerdict.Deny deny -> deny;
            case RequestVerdict.NeedBody need -> need;
        };
    }

    private boolean missesQuery() {
        if (request.query().isPresent()) {
            return false;
        }
        return scope.matching().stream()
                .anyMatch(part ->
                        subjects(part).stream()
                                .filter(Subject.Http.class::isInstance)
                                .map(Subject.Http.class::cast)
                                .anyMatch(http -> missesQuery(part, http)));
    }

    private boolean missesQuery(Part part, Subject.Http subject) {
        for (var side : Side.values()) {
            if (new ClauseMatch(side).missesQuery(part.inspection().protocol(), subject)) {
                return true;
            }
        }
        return false;
    }

    private RequestVerdict byClauses() {
        var denied = first(Side.DENY);
        if (denied.isPresent()) {
            return denied(ReasonCode.DENIED_BY_RULE, denied.get());
        }
        var asked = first(Side.ASK);
        boolean approved = isApproved();
        if (asked.isPresent() && !approved) {
            return scope.onlyAudits()
                    ? audited(ReasonCode.ASK_RULE, asked.get())
                    : new RequestVerdict.Ask(ReasonCode.ASK_RULE, asked.get(), Optional.empty());
        }
        var allowed = allowed(true);
        if (allowed.isPresent()) {
            boolean needed = asked.isPresent() || rules.approved();
            return allow(
                    allowed.get(),
                    needed ? AllowedRequest.Grant.APPROVED : AllowedRequest.Grant.RULE);
        }
        var usedUp = allowed(false);
        if (usedUp.isPresent()) {
            return RequestVerdict.Deny.of(limit(), usedUp.get());
        }
        return approved
                ? withinLimits(allow(scope.basis(), AllowedRequest.Grant.APPROVED))
                : denied(notListed(), scope.basis());
    }

    private boolean isApproved() {
        return request.methods().stream()
                .allMatch(method ->
                        circumstances
                                .approvals()
                                .covers(rules.connection(), method, request.path()));
    }

    /// What the part's clauses are tested against: those of plain HTTP under every protocol, others
    /// only under their own.
    private List<? extends Subject> subjects(Part part) {
        var own = Kind.of(part.inspection().protocol());
        if (own == kind) {
            return subjects;
        }
        return own == Kind.REST ? request.subjects() : List.of();
    }

    /// The first clause in file order that matches any subject.
    private Optional<Basis> first(Side side) {
        var match = new ClauseMatch(side);
        for (var part : scope.matching()) {
            for (var subject : subjects(part)) {
                var line = match.line(part.inspection().protocol(), subject);
                if (line.isPresent()) {
                    return Optional.of(Scope.basis(part, line.getAsInt()));
                }
            }
        }
        return Optional.empty();
    }

    /// What allows the first subject, if every subject is allowed by an endpoint of the protocol.
    ///
    /// @param room whether only rules that are not used up may allow
    private Optional<Basis> allowed(boolean room) {
        Optional<Basis> first = Optional.empty();
        for (var subject : subjects) {
            var basis = allowed(subject, room);
            if (basis.isEmpty()) {
                return Optional.empty();
            }
            first = first.or(() -> basis);
        }
        return first;
    }

    private Optional<Basis> allowed(Subject subject, boolean room) {
        var match = new ClauseMatch(Side.ALLOW);
        for (var part : scope.matching()) {
            var protocol = part.inspection().protocol();
            if (Kind.of(protocol) == kind && (!room || left(part) == Room.Left.ROOM)) {
                var line = match.line(protocol, subject);
                if (line.isPresent()) {
                    return Optional.of(Scope.basis(part, line.getAsInt()));
                }
            }
        }
        return Optional.empty();
    }

    private Room.Left left(Part part) {
        var rule = part.rule();
        return rule.isLimited()
                ? circumstances
                        .room()
                        .of(rule.id().key(), rule.conditions().limits(), circumstances.now())
                : Room.Left.ROOM;
    }

    /// What is used up, of the first rule that has nothing left.
    private ReasonCode limit() {
        return scope.matching().stream()
                .map(this::left)
                .filter(left -> left != Room.Left.ROOM)
                .findFirst()
                .map(Ruling::code)
                .orElse(ReasonCode.LIMIT_REQUESTS);
    }

    private static ReasonCode code(Room.Left left) {
        return switch (left) {
            case ROOM, NO_REQUESTS -> ReasonCode.LIMIT_REQUESTS;
            case NO_BYTES -> ReasonCode.LIMIT_BYTES;
            case NO_CONNECTIONS -> ReasonCode.LIMIT_CONNECTIONS;
        };
    }

    private ReasonCode notListed() {
        return switch (kind) {
            case REST -> ReasonCode.REQUEST_NOT_LISTED;
            case WEBSOCKET ->
                    request.isMessage() ? ReasonCode.WS_NOT_LISTED : ReasonCode.REQUEST_NOT_LISTED;
            case GRAPHQL -> ReasonCode.GRAPHQL_NOT_LISTED;
            case JSON_RPC -> ReasonCode.RPC_NOT_LISTED;
            case MCP ->
                    subjects.stream().anyMatch(this::isToolThatNobodyAllows)
                            ? ReasonCode.MCP_TOOL_NOT_LISTED
                            : ReasonCode.RPC_NOT_LISTED;
        };
    }

    private boolean isToolThatNobodyAllows(Subject subject) {
        return subject instanceof Subject.Call(var call)
                && call.method().equals(McpMatch.TOOL_CALL)
                && allowed(subject, false).isEmpty();
    }

    private RequestVerdict denied(ReasonCode code, Basis basis) {
        return scope.onlyAudits() ? audited(code, basis) : RequestVerdict.Deny.of(code, basis);
    }

    private RequestVerdict audited(ReasonCode code, Basis basis) {
        return withinLimits(allow(basis, AllowedRequest.Grant.audit(code)));
    }

    /// What no allowing clause stands behind counts against the first rule that governs.
    private RequestVerdict withinLimits(RequestVerdict verdict) {
        var left = left(scope.first());
        return left == Room.Left.ROOM ? verdict : RequestVerdict.Deny.of(code(left), scope.basis());
    }

    private RequestVerdict allow(Basis basis, AllowedRequest.Grant grant) {
        return new RequestVerdict.Allow(
                new AllowedRequest(request, basis, grant, scope.duties(rules.middlewares())));
    }
}
