package dev.clawhold.policyfile.learn;

import dev.clawhold.policy.Policy;
import java.time.Instant;
import java.util.Optional;

/// How to learn.
///
/// @param ids whether places of paths where several ids were seen are taken for any id
/// @param pin whether programs are held to the content that was seen
/// @param base the policy that the learned one will be merged into; what it decides already is not
///   learned, and then only denials are
/// @param now the moment for which `base` is asked
public record LearnOptions(boolean ids, boolean pin, Optional<Policy> base, Instant now) {
    /// Nothing beyond what was seen, from allowances and denials alike.
    public static final LearnOptions PLAIN =
            new LearnOptions(false, false, Optional.empty(), Instant.EPOCH);
}
