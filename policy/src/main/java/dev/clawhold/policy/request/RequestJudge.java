package dev.clawhold.policy.request;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.ReasonCode;
import java.util.List;

/// Judges the requests on one inspected connection. A pure function of the rules, the request and
/// the circumstances: every request is judged anew, so that a change of the policy counts from the
/// next one.
public final class RequestJudge {
    private final HttpRules rules;
    private final Circumstances circumstances;

    public RequestJudge(HttpRules rules, Circumstances circumstances) {
        this.rules = rules;
        this.circumstances = circumstances;
    }

    /// The verdict about a request: malformed input first, then the clauses of every endpoint whose
    /// `path` matches: a denial before a question before an allowance; without one, deny.
    public RequestVerdict judge(RequestHead head, Body body) {
        return switch (CanonicalRequest.of(head, rules.connection())) {
            case CanonicalRequest.Read.Bad(var code) -> RequestVerdict.Deny.of(code);
            case CanonicalRequest.Read.Good(var request) -> judge(request, body);
        };
    }

    private RequestVerdict judge(CanonicalRequest request, Body body) {
        var scope = Scope.of(rules.parts(), request.path());
        if (scope.governing().isEmpty()) {
            return RequestVerdict.Deny.of(ReasonCode.REQUEST_NOT_LISTED);
        }
        var kind = scope.kind(request.isUpgrade());
        if (kind.isEmpty() || !scope.agreesOnCredential()) {
            return RequestVerdict.Deny.of(ReasonCode.POLICY_CONFLICT, scope.basis());
        }
        if (request.target().encodedSlash() && !scope.allowsEncodedSlash()) {
            return RequestVerdict.Deny.of(ReasonCode.ENCODED_SLASH, scope.basis());
        }
        var handshake = Handshake.fault(request, kind.get());
        if (handshake.isPresent()) {
            return RequestVerdict.Deny.of(handshake.get(), scope.basis());
        }
        return switch (new BodyReader(request, body, scope).read(kind.get())) {
            case BodyReader.Read.Bad(var code) -> RequestVerdict.Deny.of(code, scope.basis());
            case BodyReader.Read.NeedBody(int most) -> new RequestVerdict.NeedBody(most);
            case BodyReader.Read.Good(var subjects) ->
                    new Ruling(rules, circumstances, scope, kind.get(), request, subjects)
                            .verdict(body);
        };
    }

    /// The verdict with every endpoint that took part in it.
    public RequestExplanation explain(RequestHead head, Body body) {
        var verdict = judge(head, body);
        return switch (CanonicalRequest.of(head, rules.connection())) {
            case CanonicalRequest.Read.Bad _ -> new RequestExplanation(verdict, List.of());
            case CanonicalRequest.Read.Good(var request) ->
                    new RequestExplanation(verdict, candidacies(request, body));
        };
    }

    private List<RequestExplanation.Candidacy> candidacies(CanonicalRequest request, Body body) {
        var scope = Scope.of(rules.parts(), request.path());
        var kind = scope.kind(request.isUpgrade()).orElse(Kind.REST);
        var asked = new BodyReader(request, body, scope).read(kind);
        return new Candidacies(request, scope, kind, asked).of(rules.parts());
    }

    /// What an agent is told beside the general hint about a request that no clause lists: half a
    /// sentence, or nothing.
    public String nearest(RequestHead head) {
        return switch (CanonicalRequest.of(head, rules.connection())) {
            case CanonicalRequest.Read.Bad _ -> "";
            case CanonicalRequest.Read.Good(var request) ->
                    new RequestHint(rules, request.path()).text();
        };
    }

    /// The verdict about a client's message on a WebSocket whose upgrade was allowed.
    public RequestVerdict judge(AllowedRequest upgrade, Message message) {
        var request = upgrade.asMessage();
        var scope = Scope.of(rules.parts(), request.path());
        if (scope.kind(true).filter(Kind.WEBSOCKET::equals).isEmpty()) {
            return RequestVerdict.Deny.of(ReasonCode.WS_NOT_LISTED);
        }
        return switch (new MessageReader(request, scope).read(message)) {
            case BodyReader.Read.Bad(var code) -> RequestVerdict.Deny.of(code, scope.basis());
            case BodyReader.Read.NeedBody _ ->
                    throw new IllegalStateException("a message is its own body");
            case BodyReader.Read.Good(var subjects) ->
                    new Ruling(rules, circumstances, scope, Kind.WEBSOCKET, request, subjects)
                            .verdict(message.asBody());
        };
    }
}
