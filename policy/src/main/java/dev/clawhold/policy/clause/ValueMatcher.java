package dev.clawhold.policy.clause;

import dev.clawhold.policy.glob.Glob;
import java.util.List;

/// What a value has to look like: one of these patterns matches it.
///
/// @param any at least one, of the kind `VALUE`
public record ValueMatcher(List<Glob> any) {
    public ValueMatcher {
        any = List.copyOf(any);
        if (any.isEmpty()) {
            throw new IllegalArgumentException("a matcher needs a pattern");
        }
    }

    public boolean matches(String value) {
        for (var glob : any) {
            if (glob.matches(value)) {
                return true;
            }
        }
        return false;
    }
}
