package dev.clawhold.policy.request;

import dev.clawhold.policy.clause.Clauses;
import java.util.List;

/// Which clauses of an endpoint are meant.
enum Side {
    DENY,
    ASK,
    ALLOW;

    <C> List<C> of(Clauses<C> clauses) {
        return switch (this) {
            case DENY -> clauses.deny();
            case ASK -> clauses.ask();
            case ALLOW -> clauses.allow();
        };
    }

    /// Whether a clause matches as soon as one part of a subject does, not only if every part does.
    boolean needsOnePart() {
        return this != ALLOW;
    }
}
