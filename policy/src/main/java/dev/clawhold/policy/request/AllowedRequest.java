package dev.clawhold.policy.request;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.HttpClause;
import java.util.List;
import java.util.Optional;

/// A request that may go out. Only the decision point makes one, so that nothing else is forwarded.
public final class AllowedRequest {
    private final CanonicalRequest request;
    private final Basis basis;
    private final Grant grant;
    private final Duties duties;

    /// Why it may go out.
    ///
    /// @param replaced under `enforcement: audit`, the denial that this stands for
    public record Grant(boolean approved, Optional<ReasonCode> replaced) {
        static final Grant RULE = new Grant(false, Optional.empty());
        static final Grant APPROVED = new Grant(true, Optional.empty());

        static Grant audit(ReasonCode replaced) {
            return new Grant(false, Optional.of(replaced));
        }

        /// The code as records spell it.
        public String code() {
            if (replaced.isPresent()) {
                return "audit";
            }
            return approved ? "approved" : "rule";
        }
    }

    /// What has to happen on the way out.
    ///
    /// @param secrets what becomes of a body that holds a secret
    /// @param metered whether it counts against the budgets of models
    public record Duties(
            CredentialUse credential,
            Conditions.Secrets secrets,
            List<Egress.Middleware> middlewares,
            boolean metered) {
        public Duties {
            middlewares = List.copyOf(middlewares);
        }
    }

    AllowedRequest(CanonicalRequest request, Basis basis, Grant grant, Duties duties) {
        this.request = request;
        this.basis = basis;
        this.grant = grant;
        this.duties = duties;
    }

    /// In capitals.
    public String method() {
        return request.method();
    }

    /// The canonical target, which is what is forwarded.
    public RequestTarget target() {
        return request.target();
    }

    /// The request under which messages on the WebSocket that it opens are judged.
    CanonicalRequest asMessage() {
        return new CanonicalRequest(
                request.head(),
                List.of(HttpClause.WEBSOCKET_TEXT),
                request.target(),
                request.query());
    }

    public Basis basis() {
        return basis;
    }

    public Grant grant() {
        return grant;
    }

    public Duties duties() {
        return duties;
    }
}
