package dev.clawhold.policy.request;

import dev.clawhold.policy.ReasonCode;
import java.util.Optional;

/// What the policy says about one request on an inspected connection.
public sealed interface RequestVerdict {

    /// It may go out, in the form that the value holds.
    record Allow(AllowedRequest request) implements RequestVerdict {}

    /// The operator decides.
    ///
    /// @param code `ask_rule`, or `secret_found` where the rule asks about secrets
    /// @param detector what found a secret, by its name
    record Ask(ReasonCode code, Basis basis, Optional<String> detector) implements RequestVerdict {}

    /// It does not go out.
    ///
    /// @param basis the rule that decided, where one did
    /// @param detector what found a secret, by its name
    record Deny(ReasonCode code, Optional<Basis> basis, Optional<String> detector)
            implements RequestVerdict {
        static Deny of(ReasonCode code) {
            return new Deny(code, Optional.empty(), Optional.empty());
        }

        static Deny of(ReasonCode code, Basis basis) {
            return new Deny(code, Optional.of(basis), Optional.empty());
        }
    }

    /// It cannot be judged before its body is read.
    ///
    /// @param mostBytes no longer body is allowed
    record NeedBody(int mostBytes) implements RequestVerdict {}
}
